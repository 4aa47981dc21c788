using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

/// <summary><c>data get</c> up to the network; the download itself is tested with the trainer.</summary>
public sealed class DataGetTests
{
    [Fact]
    public void Another_file_under_the_name_of_the_download_is_neither_trusted_nor_touched()
    {
        using var folder = new TempFolder();
        var path = new SmallHapt().WriteZip(folder, "hapt.zip");
        var before = File.ReadAllBytes(path);
        CliRun.Of("data", "get", "hapt", "--out", folder.Path).AssertRefused(1, "hapt.zip");
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_data_set_it_cannot_fetch_is_refused()
    {
        CliRun.Of("data", "get", "imagenet").AssertRefused(2, "imagenet");
    }
}
