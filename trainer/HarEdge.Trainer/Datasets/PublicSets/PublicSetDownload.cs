using System.Security.Cryptography;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.PublicSets;

/// <summary>
/// Fetches a public set from its archive: interrupted downloads are taken up again, what arrived is verified, and the file appears under its name only then.
/// Where hashes of the files inside are known they are compared; of other sets nobody publishes one, and the zip must be whole and in the set's layout.
/// </summary>
internal sealed class PublicSetDownload(HttpClient client, PublicSet set, TimeSpan? retryDelay = null)
{
    private static readonly TimeSpan UsualDelay = TimeSpan.FromSeconds(2);

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
            return Verify(targetPath, progress, cancellation);
        }

        if (set.Download is null)
        {
            throw new InputException(
                $"{set.Title} has no address that a program may fetch it from.",
                $"Open {set.Page} in a browser, follow its authors' way to the files, and name the folder or zip with --data.");
        }

        string partialPath = targetPath + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(targetPath))!);
            await new ResumableDownload(client, set.Download, retryDelay ?? UsualDelay).FetchAsync(partialPath, progress, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (ResumableDownload.IsConnectionFault(e, cancellation))
        {
            throw new InputException(
                $"{set.Download.Host} could not deliver {set.Title}: {e.Message}",
                $"Try again later (what arrived is kept), or open {set.Page} in a browser, download the zip and put it at '{targetPath}'.",
                1,
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{targetPath}' cannot be written: {e.Message}", "Choose another place with --out, or make room there.", 1, e);
        }

        string verified = VerifyPartial(partialPath, progress, cancellation);
        File.Move(partialPath, targetPath);
        return verified;
    }

    private string VerifyPartial(string partialPath, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            return Verify(partialPath, progress, cancellation);
        }
        catch (InputException)
        {
            // Complete and yet wrong: taking it up again would keep the fault.
            File.Delete(partialPath);
            throw;
        }
    }

    private string Verify(string path, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new StepProgress("Verifying", 0));
        using SourceTree source = SourceTree.Open(path);
        if (set.Sha256ByFileName is { } known)
        {
            return VerifyHashes(path, source, known, progress, cancellation);
        }

        if (!set.Fits(source))
        {
            throw new InputException(
                $"'{path}' holds nothing in the layout of {set.Title}.",
                $"Remove the file and download it again; if it is the same then, its archive has published another form: open {set.Page} and compare with docs/DATASETS.md.");
        }

        foreach (SourceEntry entry in source.Entries)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadThrough(source, entry);
        }

        progress?.Report(new StepProgress("Verifying", 1));
        using FileStream zip = File.OpenRead(path);
        return $"{set.Title}: all {source.Entries.Count} files can be read. Nobody publishes a hash of it; the SHA-256 of this zip is {Convert.ToHexStringLower(SHA256.HashData(zip))}.";
    }

    /// <summary>Every byte once: a zip that was cut short or damaged shows there.</summary>
    private static void ReadThrough(SourceTree source, SourceEntry entry)
    {
        using var hashing = new HashingStream(source.Open(entry));
        try
        {
            hashing.Finish();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new InputException($"'{source.Describe(entry)}' is damaged.", "Remove the file and download it again.", 1, e);
        }
    }

    private static string VerifyHashes(
        string path, SourceTree source, IReadOnlyDictionary<string, string> known, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
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
        HaptIdentity identity = KnownHaptFiles.Compare(files, known);
        return identity.IsComplete
            ? identity.Sentence()!
            : throw new InputException(
                $"'{path}' is not HAPT 2.1 as it was published: {identity.Sentence() ?? "none of its files is there."}",
                "Remove the file and download it again; if it still differs, the archive has published another version: read it with --data as it is.");
    }
}
