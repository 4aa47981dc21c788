using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using HarEdge.Trainer.Datasets.PublicSets;

namespace HarEdge.Trainer.Tests.Datasets;

public class PublicSetDownloadTests
{
    private static readonly HaptArchive Archive = new(1, 2);

    private static readonly byte[] Zip = Archive.ToZip();

    private static readonly Dictionary<string, string> Known = Archive.Files
        .Where(file => file.Key.StartsWith("RawData/", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetFileName(file.Key), file => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Value))));

    [Fact]
    public async Task A_whole_file_is_fetched_verified_and_named()
    {
        using var folder = new TempFolder();
        using var server = new LoopbackServer(Zip, allowsRanges: true);
        var target = Path.Combine(folder.Path, "data", "hapt.zip");
        var verified = await GetAsync(server.Address, target);

        Assert.Equal("All 5 files match the known SHA-256 hashes of HAPT 2.1.", verified);
        Assert.Equal(Zip, File.ReadAllBytes(target));
        Assert.Equal([target], Directory.GetFiles(Path.GetDirectoryName(target)!));
        Assert.Equal([0], server.RequestedFrom);
    }

    [Fact]
    public async Task A_broken_connection_is_taken_up_where_it_ended()
    {
        using var folder = new TempFolder();
        using var server = new LoopbackServer(Zip, allowsRanges: true, 5000, 0, 7000);
        var target = Path.Combine(folder.Path, "hapt.zip");
        await GetAsync(server.Address, target);

        Assert.Equal(Zip, File.ReadAllBytes(target));
        Assert.Equal([0, 5000, 5000, 12000], server.RequestedFrom);
    }

    [Fact]
    public async Task A_server_without_ranges_is_asked_from_the_start()
    {
        using var folder = new TempFolder();
        using var server = new LoopbackServer(Zip, allowsRanges: false, 5000);
        var target = Path.Combine(folder.Path, "hapt.zip");
        await GetAsync(server.Address, target);
        Assert.Equal(Zip, File.ReadAllBytes(target));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public async Task The_next_run_goes_on_with_the_partial_file(double share)
    {
        using var folder = new TempFolder();
        using var server = new LoopbackServer(Zip, allowsRanges: true);
        var target = Path.Combine(folder.Path, "hapt.zip");
        var have = (int)(share * Zip.Length);
        File.WriteAllBytes(target + ".part", Zip[..have]);
        await GetAsync(server.Address, target);

        Assert.Equal(Zip, File.ReadAllBytes(target));
        Assert.Equal([have], server.RequestedFrom);
    }

    [Fact]
    public async Task A_connection_that_never_delivers_fails_with_the_way_by_hand_and_keeps_the_part()
    {
        using var folder = new TempFolder();
        using var server = new LoopbackServer(Zip, allowsRanges: true, 5000, 0, 0, 0, 0);
        var target = Path.Combine(folder.Path, "hapt.zip");
        var error = await Assert.ThrowsAsync<InputException>(() => GetAsync(server.Address, target));

        Assert.Contains(HaptReader.Set.Page.ToString(), error.Remedy);
        Assert.Contains(target, error.Remedy);
        Assert.False(File.Exists(target));
        Assert.Equal(5000, new FileInfo(target + ".part").Length);
    }

    [Fact]
    public async Task Offline_says_how_to_get_it_by_hand()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var unusedPort = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var folder = new TempFolder();
        var error = await Assert.ThrowsAsync<InputException>(
            () => GetAsync(new Uri($"http://127.0.0.1:{unusedPort}/"), Path.Combine(folder.Path, "hapt.zip")));
        Assert.Contains("in a browser", error.Remedy);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_changed_file_is_refused_and_nothing_stays()
    {
        using var folder = new TempFolder();
        var changed = new HaptArchive(1, 2);
        changed.ReplaceLine(HaptArchive.Gyro(2, 2), 9, "0 0 0");
        using var server = new LoopbackServer(changed.ToZip(), allowsRanges: true);
        var error = await Assert.ThrowsAsync<InputException>(
            () => GetAsync(server.Address, Path.Combine(folder.Path, "hapt.zip")));
        Assert.Contains("1 differ: gyro_exp02_user02.txt", error.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_zip_inside_the_zip_is_verified_too()
    {
        using var folder = new TempFolder();
        using var outer = new MemoryStream();
        using (var zip = new ZipArchive(outer, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("HAPT Data Set.zip").Open();
            entry.Write(Zip);
        }

        using var server = new LoopbackServer(outer.ToArray(), allowsRanges: true);
        Assert.StartsWith("All 5 files", await GetAsync(server.Address, Path.Combine(folder.Path, "hapt.zip")));
    }

    [Fact]
    public async Task A_verified_file_is_not_fetched_again_and_another_file_is_not_overwritten()
    {
        using var folder = new TempFolder();
        using var server = new LoopbackServer(Zip, allowsRanges: true);
        var target = Path.Combine(folder.Path, "hapt.zip");
        File.WriteAllBytes(target, Zip);
        await GetAsync(server.Address, target);
        Assert.Empty(server.RequestedFrom);

        File.WriteAllBytes(target, new HaptArchive(7).ToZip());
        await Assert.ThrowsAsync<InputException>(() => GetAsync(server.Address, target));
        Assert.True(File.Exists(target));
    }

    [Fact]
    public void The_known_hashes_are_those_of_61_experiments_and_their_labels()
    {
        Assert.Equal(123, KnownHaptFiles.Sha256ByFileName.Count);
        Assert.All(KnownHaptFiles.Sha256ByFileName.Values, sha256 => Assert.Matches("^[0-9a-f]{64}$", sha256));
    }

    [Fact]
    public async Task A_set_without_published_hashes_must_be_whole_and_in_its_layout()
    {
        using var folder = new TempFolder();
        var zip = PublicSetSamples.Zip(PublicSetSamples.SisFall());
        var set = ColumnFileReader.SisFall with { Sha256ByFileName = null };
        using var server = new LoopbackServer(zip, allowsRanges: true, 300);
        var target = Path.Combine(folder.Path, "sisfall.zip");
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(zip)), await GetAsync(server.Address, target, set));
        Assert.Equal(zip, File.ReadAllBytes(target));

        using var other = new LoopbackServer(Zip, allowsRanges: true);
        var error = await Assert.ThrowsAsync<InputException>(() => GetAsync(other.Address, Path.Combine(folder.Path, "other.zip"), set));
        Assert.Contains(set.Page.ToString(), error.Remedy);
        Assert.Equal([target], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_set_that_no_program_may_fetch_names_its_page()
    {
        using var folder = new TempFolder();
        using var client = new HttpClient();
        var error = await Assert.ThrowsAsync<InputException>(
            () => new PublicSetDownload(client, ColumnFileReader.SisFall).GetAsync(Path.Combine(folder.Path, "sisfall.zip")));
        Assert.Contains(ColumnFileReader.SisFall.Page.ToString(), error.Remedy);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static async Task<string> GetAsync(Uri address, string target, PublicSet? set = null)
    {
        using var client = new HttpClient();
        var known = set ?? HaptReader.Set with { Sha256ByFileName = Known };
        return await new PublicSetDownload(client, known with { Download = address }, TimeSpan.FromMilliseconds(5)).GetAsync(target);
    }
}
