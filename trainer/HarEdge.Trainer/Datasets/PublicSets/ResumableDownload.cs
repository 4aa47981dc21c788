using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace HarEdge.Trainer.Datasets.PublicSets;

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
    /// <param name="progress">Told about every megabyte.</param>
    /// <param name="cancellation">Stops; the partial file stays.</param>
    /// <exception cref="HttpRequestException">The server refuses, or cannot be reached; the partial file stays.</exception>
    /// <exception cref="IOException">The connection keeps breaking, or the file cannot be written.</exception>
    public async Task FetchAsync(string partialPath, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        int fruitless = 0;
        while (true)
        {
            long before = Length(partialPath);
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

        using HttpResponseMessage response =
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
        bool resumes = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have;
        long start = resumes ? have : 0;
        long? total = response.Content.Headers.ContentLength is { } length ? start + length : null;
        using var file = new FileStream(partialPath, resumes ? FileMode.Append : FileMode.Create, FileAccess.Write);
        using Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
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
        long done = start;
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        while (true)
        {
            stall.CancelAfter(StallLimit);
            int count = await body.ReadAsync(buffer, stall.Token).ConfigureAwait(false);
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
