using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
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
    /// <exception cref="InputException">Offline, refused, damaged, another file in the way, or not writable; the remedy says how to get it by hand.</exception>
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

        var partialPath = targetPath + ".part";
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

        var verified = VerifyPartial(partialPath, progress, cancellation);
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
        using var source = SourceTree.Open(path);
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

        foreach (var entry in source.Entries)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadThrough(source, entry);
        }

        progress?.Report(new StepProgress("Verifying", 1));
        using var zip = File.OpenRead(path);
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
        foreach (var entry in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StepProgress("Verifying", files.Count / (double)entries.Length, entry.FileName));
            source.ReadAll(entry, out var sha256);
            files.Add(new SourceFile(entry.Name, sha256));
        }

        progress?.Report(new StepProgress("Verifying", 1));
        var identity = KnownHaptFiles.Compare(files, known);
        return identity.IsComplete
            ? identity.Sentence()!
            : throw new InputException(
                $"'{path}' is not HAPT 2.1 as it was published: {identity.Sentence() ?? "none of its files is there."}",
                "Remove the file and download it again; if it still differs, the archive has published another version: read it with --data as it is.");
    }
}

/// <summary>
/// Fetches a file over HTTP into a partial file that survives interruptions: a broken connection is taken up where it ended, within a run
/// and in the next one, if the server allows ranges; otherwise from the start.
/// </summary>
internal sealed class ResumableDownload(HttpClient client, Uri address, TimeSpan retryDelay)
{
    /// <summary>Attempts without a single new byte before giving up.</summary>
    private const int MostFruitlessAttempts = 3;

    /// <summary>A connection that delivers nothing for so long is broken.</summary>
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(60);

    /// <summary>Appends to the partial file until it is complete.</summary>
    /// <param name="partialPath">The file to fill; what it holds is kept.</param>
    /// <param name="progress">Receives a report about every megabyte.</param>
    /// <param name="cancellation">Stops; the partial file stays.</param>
    /// <exception cref="HttpRequestException">The server refuses, or cannot be reached; the partial file stays.</exception>
    /// <exception cref="IOException">The connection keeps breaking, or the file cannot be written.</exception>
    public async Task FetchAsync(string partialPath, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var fruitless = 0;
        while (true)
        {
            var before = Length(partialPath);
            try
            {
                await FetchRestAsync(partialPath, before, progress, cancellation).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (IsBroken(e, cancellation))
            {
                fruitless = Length(partialPath) > before ? 1 : fruitless + 1;
                if (fruitless >= MostFruitlessAttempts)
                {
                    throw;
                }
            }

            await Task.Delay(retryDelay * fruitless, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the connection is at fault, rather than the disk or the user's wish to stop.</summary>
    public static bool IsConnectionFault(Exception e, CancellationToken cancellation) => e switch
    {
        HttpRequestException or HttpIOException or IOException { InnerException: SocketException } => true,
        OperationCanceledException => !cancellation.IsCancellationRequested,
        _ => false,
    };

    /// <summary>A refusal by the server and an unknown name are final; a connection that fails or stalls may work the next time.</summary>
    private static bool IsBroken(Exception e, CancellationToken cancellation) =>
        IsConnectionFault(e, cancellation)
        && e is not HttpRequestException { StatusCode: not null }
        && e is not HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError };

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private async Task FetchRestAsync(string partialPath, long have, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("haredge", "0.1"));
        if (have > 0)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
        }

        using var response =
            await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && have > 0)
        {
            if (response.Content.Headers.ContentRange?.Length != have)
            {
                File.Delete(partialPath);
                await FetchRestAsync(partialPath, 0, progress, cancellation).ConfigureAwait(false);
            }

            return;
        }

        response.EnsureSuccessStatusCode();
        var resumes = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have;
        var start = resumes ? have : 0;
        long? total = response.Content.Headers.ContentLength is { } length ? start + length : null;
        using var file = new FileStream(partialPath, resumes ? FileMode.Append : FileMode.Create, FileAccess.Write);
        using var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await CopyAsync(body, file, start, total, progress, cancellation).ConfigureAwait(false);
    }

    private static async Task CopyAsync(
        Stream body,
        FileStream file,
        long start,
        long? total,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        var buffer = new byte[1 << 17];
        var done = start;
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        while (true)
        {
            stall.CancelAfter(StallLimit);
            var count = await body.ReadAsync(buffer, stall.Token).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            await file.WriteAsync(buffer.AsMemory(0, count), cancellation).ConfigureAwait(false);
            if ((done + count) >> 20 != done >> 20)
            {
                progress?.Report(new StepProgress(
                    "Downloading",
                    total > 0 ? Math.Min(1, (done + count) / (double)total) : 0,
                    $"{(done + count) >> 20} MB"));
            }

            done += count;
        }
    }
}
