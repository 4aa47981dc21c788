using System.Net;
using System.Net.Sockets;
using System.Text;
using HarEdge.Cli.Tests.Link;
using HarEdge.Cli.Tests.Running;
using Microsoft.Playwright;

namespace HarEdge.Cli.Tests.Web;

/// <summary>What a page from elsewhere can do with ours, in a real browser that is on both.</summary>
public sealed class OtherPagesTests(Chromium chromium) : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public async Task Another_page_can_neither_read_nor_write_nor_frame_nor_run_it()
    {
        await File.WriteAllTextAsync(folder.At("capture"), TwinOutput.OfHealthy);
        await using var monitor = await RunningMonitor.Start("--file", folder.At("capture"));
        using var elsewhere = new TcpListener(IPAddress.Loopback, 0);
        elsewhere.Start();
        var serving = Serve(elsewhere);
        var page = await chromium.Open();

        // Another port is another origin; another name is another site.
        foreach (var origin in new[] { "127.0.0.1", "localhost" })
        {
            await page.GotoAsync($"http://{origin}:{((IPEndPoint)elsewhere.LocalEndpoint).Port}/");
            var outcomes = await page.EvaluateAsync<string[]>(Attempts, monitor.Address.ToString());
            Assert.Equal(
                ["read: refused", "read blindly: refused", "write: refused", "write blindly: refused", "stream: refused", "run: refused", "frame: refused"], outcomes);
        }

        // The link itself works.
        await page.EvaluateAsync("url => { location.href = url; }", monitor.Address.ToString());
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("all is read");
        await page.Context.CloseAsync();
        elsewhere.Stop();
        await serving;
    }

    public void Dispose() => folder.Dispose();

    private const string Attempts = """
        async (url) => {
          const attempt = async (name, act) => { try { return `${name}: ${await act()}`; } catch { return `${name}: refused`; } };
          const loaded = (element) => new Promise((done, fail) => {
            element.onload = () => done('done');
            element.onerror = () => fail();
            document.body.append(element);
          });
          const make = (tag, values) => Object.assign(document.createElement(tag), values);
          return [
            await attempt('read', async () => (await fetch(url)).ok),
            await attempt('read blindly', async () => (await fetch(url + 'snapshots', { mode: 'no-cors' })).type),
            await attempt('write', async () => (await fetch(url, { method: 'POST', body: 'x' })).ok),
            await attempt('write blindly', async () => (await fetch(url, { method: 'POST', body: 'x', mode: 'no-cors' })).type),
            await attempt('stream', () => new Promise((done, fail) => {
              const stream = new EventSource(url + 'snapshots');
              stream.onmessage = () => done('done');
              stream.onerror = () => { stream.close(); fail(); };
            })),
            await attempt('run', () => loaded(make('script', { src: url + 'monitor.js', type: 'module' }))),
            await attempt('frame', async () => {
              const frame = make('iframe', { src: url });
              await loaded(frame);
              return frame.contentDocument === null ? Promise.reject() : frame.contentDocument.title;
            }),
          ];
        }
        """;

    // An empty page for whoever asks.
    private static async Task Serve(TcpListener listener)
    {
        var answer = Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\nConnection: close\r\n\r\n<!doctype html>");
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                var request = new byte[8192];
                var read = await client.GetStream().ReadAsync(request);
                await client.GetStream().WriteAsync(answer.AsMemory(0, read > 0 ? answer.Length : 0));
            }
        }
        catch (SocketException)
        {
            // Stopped.
        }
    }
}
