using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using HarEdge.Cli.Web;
using HarEdge.Trainer;

namespace HarEdge.Cli.Tests.Web;

/// <summary>What the server answers, and to whom.</summary>
public sealed class PageServerTests : IDisposable
{
    private const int SnapshotBytes = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SnapshotFeed feed = new();
    private readonly PageServer server;
    private readonly HttpClient client;

    public PageServerTests()
    {
        server = new PageServer(0, feed);
        client = new HttpClient { BaseAddress = server.Address, Timeout = Patience };
    }

    [Fact]
    public async Task Every_file_is_served_with_its_type_and_all_security_headers()
    {
        foreach (var path in PageFiles.Paths)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains(answer.Content.Headers.ContentType!.MediaType, new[] { "text/html", "text/css", "text/javascript", "image/svg+xml" });
            AssertProtected(answer);
        }
    }

    [Fact]
    public void Nothing_on_the_page_is_inline_or_from_elsewhere()
    {
        foreach (var path in PageFiles.Paths)
        {
            var text = Encoding.UTF8.GetString(PageFiles.Find(path)!.Content).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
            Assert.DoesNotContain("://", text, StringComparison.Ordinal);
            Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
            Assert.DoesNotMatch("<script(?![^>]*src=)|<style|\\sstyle=|\\son[a-z]+=\"", text);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/snapshots")]
    [InlineData("/monitor.js")]
    public async Task Another_name_for_this_machine_is_refused(string path)
    {
        foreach (var host in new[] { "evil.example", "localhost.evil.example", "192.168.1.5", "127.0.0.1.evil.example:80", "0.0.0.0" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
            AssertProtected(answer);
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:9000")]
    [InlineData("127.0.0.1:1")]
    [InlineData("[::1]:8077")]
    public async Task A_tunnel_to_this_machine_is_answered(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = host } };
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    public async Task Nothing_can_be_written(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/snapshots");
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
        AssertProtected(answer);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_request_of_another_page_is_refused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/snapshots") { Headers = { { header, value } } };
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task What_is_not_there_is_said()
    {
        using var answer = await client.GetAsync(new Uri("/../secret", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void A_port_that_is_taken_is_refused_with_the_next_one_as_the_remedy()
    {
        var refused = Assert.Throws<InputException>(() => new PageServer(server.Address.Port, new SnapshotFeed()));
        Assert.Contains($"Port {server.Address.Port} ", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"--web-port {server.Address.Port + 1}", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_comes_late_gets_the_newest_picture_first()
    {
        Publish("1"u8.ToArray());
        Publish("2"u8.ToArray());
        using var reader = new StreamReader(await client.GetStreamAsync(new Uri("snapshots", UriKind.Relative)));
        Assert.Equal("data: {\"isFirst\":true,\"set\":{\"n\":2},\"add\":{}}", await reader.ReadLineAsync().WaitAsync(Patience));
        Assert.Equal("", await reader.ReadLineAsync().WaitAsync(Patience));
        Publish("3"u8.ToArray());
        Assert.Equal("data: {\"isFirst\":false,\"set\":{\"n\":3},\"add\":{}}", await reader.ReadLineAsync().WaitAsync(Patience));
        feed.Close();
        Assert.Equal("\n", await reader.ReadToEndAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_reader_that_does_not_read_costs_one_picture_of_memory_and_nobody_else_anything()
    {
        using var lazy = new TcpClient { ReceiveBufferSize = 4096 };
        await lazy.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await lazy.GetStream().WriteAsync("GET /snapshots HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        using var eager = new StreamReader(await client.GetStreamAsync(new Uri("snapshots", UriKind.Relative)));
        while (feed.Readers < 2)
        {
            await Task.Delay(5);
        }

        // A hundred megabytes: the kernel and the server hold a few, the rest is dropped.
        var pictures = new List<WeakReference>();
        for (var i = 0; i < 100; i++)
        {
            pictures.Add(PublishSnapshot((byte)i));
            Assert.InRange((await eager.ReadLineAsync().WaitAsync(Patience))!.Length, SnapshotBytes, SnapshotBytes + 100);
            await eager.ReadLineAsync();
        }

        GC.Collect();

        // The newest, the one being sent to each reader, and what a thread still has on its stack; the process's memory says nothing, other
        // tests run in it.
        Assert.InRange(pictures.Count(picture => picture.IsAlive), 1, 6);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference PublishSnapshot(byte first)
    {
        var picture = Enumerable.Repeat((byte)'x', SnapshotBytes).ToArray();
        picture[0] = (byte)('0' + (first % 2));
        Publish(picture);
        return new WeakReference(picture);
    }

    private void Publish(byte[] json)
    {
        feed.Set("n", json);
        feed.Publish();
    }

    [Fact]
    public async Task Too_many_readers_are_refused_and_a_place_becomes_free_again()
    {
        var readers = Enumerable.Range(0, SnapshotFeed.MostReaders).Select(_ => feed.Open()!).ToList();
        using (var answer = await client.GetAsync(new Uri("snapshots", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }

        feed.Leave(readers[0]);
        using var stream = await client.GetStreamAsync(new Uri("snapshots", UriKind.Relative));
        Assert.Equal(SnapshotFeed.MostReaders, feed.Readers);
    }

    [Fact]
    public async Task A_reader_that_has_gone_is_forgotten()
    {
        using (await client.GetStreamAsync(new Uri("snapshots", UriKind.Relative)))
        {
            Assert.Equal(1, feed.Readers);
        }

        for (var waits = 0; feed.Readers > 0 && waits < 2000; waits++)
        {
            Publish(Encoding.ASCII.GetBytes(waits.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            await Task.Delay(5);
        }

        Assert.Equal(0, feed.Readers);
    }

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    private static void AssertProtected(HttpResponseMessage answer)
    {
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.False(answer.Headers.Contains("Server"));
    }
}
