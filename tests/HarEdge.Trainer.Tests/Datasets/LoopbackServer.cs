using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>
/// An HTTP server on the loopback for one file that answers ranges and breaks connections on demand: plain sockets, so that a broken
/// connection really ends before the promised length.
/// </summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly byte[] content;
    private readonly Queue<int> breakAfterBytes;
    private readonly bool allowsRanges;
    private readonly Task loop;

    /// <param name="content">What is served.</param>
    /// <param name="allowsRanges">Whether Range is honored.</param>
    /// <param name="breakAfterBytes">The first connections end after so many bytes; later ones are complete.</param>
    public LoopbackServer(byte[] content, bool allowsRanges, params int[] breakAfterBytes)
    {
        this.content = content;
        this.allowsRanges = allowsRanges;
        this.breakAfterBytes = new Queue<int>(breakAfterBytes);
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hapt.zip");
        loop = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    /// <summary>First byte asked for by each request.</summary>
    public List<int> RequestedFrom { get; } = [];

    public void Dispose()
    {
        listener.Stop();
        loop.Wait(TimeSpan.FromSeconds(5));
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                try
                {
                    var stream = client.GetStream();
                    await AnswerAsync(stream);

                    // The end of sending first and then the client's own: a socket closed under bytes on their way would take them back.
                    client.Client.Shutdown(SocketShutdown.Send);
                    while (await stream.ReadAsync(new byte[256]) > 0)
                    {
                    }
                }
                catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
                {
                    // The client had enough; the next one is served all the same.
                }
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var from = 0;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
            {
                from = int.Parse(line["Range: bytes=".Length..].TrimEnd('-'));
            }
        }

        RequestedFrom.Add(from);
        var isRange = allowsRanges && from > 0;
        if (isRange && from >= content.Length)
        {
            await WriteAsync(stream, $"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */{content.Length}\r\nContent-Length: 0");
            return;
        }

        var start = isRange ? from : 0;
        var range = isRange ? $"\r\nContent-Range: bytes {start}-{content.Length - 1}/{content.Length}" : "";
        await WriteAsync(stream, $"HTTP/1.1 {(isRange ? "206 Partial Content" : "200 OK")}\r\nContent-Length: {content.Length - start}{range}");
        var length = breakAfterBytes.TryDequeue(out var limit) ? Math.Min(limit, content.Length - start) : content.Length - start;
        await stream.WriteAsync(content.AsMemory(start, length));
        await stream.FlushAsync();
    }

    private static Task WriteAsync(NetworkStream stream, string head) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(head + "\r\nConnection: close\r\n\r\n")).AsTask();
}
