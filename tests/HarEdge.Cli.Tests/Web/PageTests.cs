using System.Globalization;
using System.Text;
using HarEdge.Cli.Tests.Link;
using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer.Telemetry.Sources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HarEdge.Cli.Tests.Web;

/// <summary>The page in a real browser.</summary>
public sealed class PageTests(Chromium chromium) : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public async Task A_twin_on_a_port_is_shown_live_with_its_raw_signals()
    {
        await using var twin = await RunningTwin.Start("--record");
        await using var monitor = await RunningMonitor.Start("--port", twin.Port, "--log", folder.At("log"));
        var page = await chromium.Open();
        var errors = Errors(page);
        await page.GotoAsync(monitor.Address.ToString());
        await Expect(page.Locator("#state")).ToHaveTextAsync("live");
        await Expect(page.Locator("#recording")).ToBeVisibleAsync();
        await Expect(page.Locator("#source")).ToHaveTextAsync(twin.Port);
        await Expect(page.Locator("#model")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9a-f]{12}$"));
        var newest = await Newest(page);
        await Expect(page.Locator("#timeline")).Not.ToHaveAttributeAsync("aria-valuemax", newest.ToString(CultureInfo.InvariantCulture));
        Assert.True(await Newest(page) > newest);
        await Expect(page.Locator("#health")).ToContainTextAsync("pass, 12 checked");
        await Expect(page.Locator("#link")).ToContainTextAsync("100.0 %");
        await Expect(page.Locator("#parity-text")).ToContainTextAsync("bit for bit: all are equal.");
        Assert.True(await page.EvaluateAsync<bool>(
            "() => { const c = document.getElementById('accel'); return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0); }"));
        Assert.Empty(errors);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_lost_sensor_is_an_alarm_with_its_remedy_and_a_pulled_port_is_told()
    {
        // A name of its own: the system gives the number of a closed pseudo-terminal to the next one.
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        using var wire = new PseudoTerminal();
        File.CreateSymbolicLink(folder.At("port"), wire.PortName);
        await using var monitor = await RunningMonitor.Start("--port", folder.At("port"));
        wire.WriteAll(Encoding.ASCII.GetBytes(TwinOutput.OfDetached), CancellationToken.None);
        var page = await chromium.Open();
        await page.GotoAsync(monitor.Address.ToString());
        var alarms = page.Locator("#alarms");
        await Expect(alarms).ToContainTextAsync("Sensor lost: nobody answers");
        await Expect(alarms).ToContainTextAsync("Check the four wires");
        await Expect(page.Locator("#state")).ToHaveTextAsync("sensor lost");
        await Expect(page.Locator("#state")).ToHaveAttributeAsync("data-state", "trouble");
        File.Delete(folder.At("port"));
        await Expect(alarms).ToContainTextAsync("has gone away. Plug it in again");
        await Expect(page.Locator("#state")).ToHaveTextAsync("no data");
        await Expect(page).ToHaveTitleAsync("⚠ no data – HarEdge");
        await Expect(page.Locator("#events")).ToContainTextAsync("Samples were lost");
        await Expect(page.Locator("#now-title")).ToHaveTextAsync("Last activity");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Nothing_is_cut_off_and_all_text_stands_out(ColorScheme scheme, int width)
    {
        await using var monitor = await Replay(TwinOutput.OfHealthy);
        var page = await chromium.Open(scheme, width);
        var errors = Errors(page);
        await page.GotoAsync(monitor.Address.ToString());
        await Expect(page.Locator("#state")).ToHaveTextAsync("all is read");
        await Expect(page.Locator("#activities tr")).Not.ToHaveCountAsync(0);
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Equal(scheme == ColorScheme.Dark, await page.EvaluateAsync<double>(Contrast.Luminance, "body") < 0.1);
        Assert.Empty(await page.EvaluateAsync<string[]>(Contrast.TooLow));
        Assert.Empty(errors);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Everything_can_be_reached_and_used_by_keyboard()
    {
        await using var monitor = await Replay(TwinOutput.OfHealthy);
        var page = await chromium.Open();
        await page.GotoAsync(monitor.Address.ToString());
        await Expect(page.Locator("#state")).ToHaveTextAsync("all is read");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#pause")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(page.Locator("#pause")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator("#state")).ToHaveTextAsync("paused");
        foreach (var tool in new[] { "#zoom-out", "#zoom-in", "#save-csv", "#save-png" })
        {
            await page.Keyboard.PressAsync("Tab");
            await Expect(page.Locator(tool)).ToBeFocusedAsync();
        }

        await page.Keyboard.PressAsync("Tab");
        var timeline = page.Locator("#timeline");
        await Expect(timeline).ToBeFocusedAsync();
        var newest = await Newest(page);
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(timeline).ToHaveAttributeAsync("aria-valuenow", (newest - 2).ToString(CultureInfo.InvariantCulture));
        await Expect(page.Locator("#timeline-readout")).ToContainTextAsync("1:26: ");
        await page.Keyboard.PressAsync("Home");
        await Expect(timeline).ToHaveAttributeAsync("aria-valuenow", "0");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#timeline-readout")).ToContainTextAsync("arrow keys");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_page_is_told_when_the_monitor_has_ended()
    {
        var page = await chromium.Open();
        await using (var monitor = await Replay(TwinOutput.OfHealthy))
        {
            await page.GotoAsync(monitor.Address.ToString());
            await Expect(page.Locator("#state")).ToHaveTextAsync("all is read");
            Assert.Equal(0, await monitor.Stop());
        }

        await Expect(page.Locator("#state")).ToHaveTextAsync("monitor has ended");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Names_from_the_wire_stay_text()
    {
        const string Markup = "<img src=x onerror=alert(1)>";
        await using var monitor = await Replay(string.Concat(ForgedLines.Decisions(Markup, 5)));
        var page = await chromium.Open();
        var errors = Errors(page);
        await page.GotoAsync(monitor.Address.ToString());
        await Expect(page.Locator("#now-name")).ToHaveTextAsync(Markup);
        Assert.Equal(1, await page.Locator("img").CountAsync());
        Assert.Empty(errors);
        await page.Context.CloseAsync();
    }

    public void Dispose() => folder.Dispose();

    private static async Task<int> Newest(IPage page) =>
        int.Parse(await page.Locator("#timeline").GetAttributeAsync("aria-valuemax") ?? "", CultureInfo.InvariantCulture);

    // What the browser complains about: a file that is missing, a violated content policy, an exception.
    private static List<string> Errors(IPage page)
    {
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => errors.Add(error);
        return errors;
    }

    private async Task<RunningMonitor> Replay(string capture)
    {
        await File.WriteAllTextAsync(folder.At("capture"), capture);
        return await RunningMonitor.Start("--file", folder.At("capture"));
    }
}
