using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.PublicSets;

/// <summary>
/// Fetches HAPT from the UCI Machine Learning Repository: interrupted downloads are taken up again, the recordings are compared with their
/// known hashes, and the file appears under its name only when they match.
/// </summary>
internal sealed class HaptDownload
{
    /// <summary>The archive's own address of the data set.</summary>
    public static readonly Uri Address = new(
        "https://archive.ics.uci.edu/static/public/341/smartphone+based+recognition+of+human+activities+and+postural+transitions.zip");

    /// <summary>The page that describes it.</summary>
    public static readonly Uri Page = new(
        "https://archive.ics.uci.edu/dataset/341/smartphone+based+recognition+of+human+activities+and+postural+transitions");

    private readonly Uri _address;
    private readonly IReadOnlyDictionary<string, string> _knownSha256;
    private readonly ResumableDownload _download;

    /// <summary>From the UCI archive.</summary>
    public HaptDownload(HttpClient client)
        : this(client, Address, KnownHaptFiles.Sha256ByFileName, TimeSpan.FromSeconds(2))
    {
    }

    internal HaptDownload(HttpClient client, Uri address, IReadOnlyDictionary<string, string> knownSha256, TimeSpan retryDelay)
    {
        _address = address;
        _knownSha256 = knownSha256;
        _download = new ResumableDownload(client, address, retryDelay);
    }

    /// <summary>Downloads and verifies; a verified file that is already there is left as it is.</summary>
    /// <param name="targetPath">The zip to make; its folder is created. What is incomplete stays beside it as <c>.part</c> for the next time.</param>
    /// <param name="progress">Steps "Downloading" and "Verifying".</param>
    /// <param name="cancellation">Stops; the partial file stays.</param>
    /// <returns>One sentence that says what was verified.</returns>
    /// <exception cref="InputException">Offline, refused, damaged, another file in the way, or not writable; the remedy tells how to get it by hand.</exception>
    public async Task<string> GetAsync(string targetPath, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (File.Exists(targetPath))
        {
            return Verify(targetPath, progress, cancellation).Sentence()!;
        }

        string partialPath = targetPath + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(targetPath))!);
            await _download.FetchAsync(partialPath, progress, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (ResumableDownload.IsConnectionFault(e, cancellation))
        {
            throw new InputException(
                $"{_address.Host} could not deliver HAPT: {e.Message}",
                $"Try again later (what arrived is kept), or open {Page} in a browser, download the zip and put it at '{targetPath}'.",
                1,
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{targetPath}' cannot be written: {e.Message}", "Choose another place, or make room there.", 1, e);
        }

        string verified = VerifyPartial(partialPath, progress, cancellation);
        File.Move(partialPath, targetPath);
        return verified;
    }

    private string VerifyPartial(string partialPath, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            return Verify(partialPath, progress, cancellation).Sentence()!;
        }
        catch (InputException)
        {
            // Complete and yet wrong: taking it up again would keep the fault.
            File.Delete(partialPath);
            throw;
        }
    }

    private HaptIdentity Verify(string path, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        using SourceTree source = SourceTree.Open(path);
        SourceEntry[] entries = [.. source.Entries.Where(entry => HaptExperiment.IsSensorFile(entry) || entry.Name.EndsWith("RawData/labels.txt", StringComparison.Ordinal))];
        List<SourceFile> files = [];
        foreach (SourceEntry entry in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StepProgress("Verifying", files.Count / (double)entries.Length, entry.FileName));
            source.ReadAll(entry, out string sha256);
            files.Add(new SourceFile(entry.Name, sha256));
        }

        progress?.Report(new StepProgress("Verifying", 1));
        HaptIdentity identity = KnownHaptFiles.Compare(files, _knownSha256);
        return identity.IsComplete
            ? identity
            : throw new InputException(
                $"'{path}' is not HAPT 2.1 as it was published: {identity.Sentence() ?? "none of its files is there."}",
                "Remove the file and download it again; if it still differs, the archive has published another version: read it with --data as it is.");
    }
}
