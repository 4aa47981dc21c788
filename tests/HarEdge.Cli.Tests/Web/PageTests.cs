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
        var errors = Chromium.ErrorsOf(page);
        await page.GotoAsync(monitor.Address.ToString());
        await Expect(page.Locator("#state")).ToHaveTextAsync("live");
        await Expect(page.Locator("#recording")).ToBeVisibleAsync();
        await Expect(page.Locator("#source")).ToHaveTextAsync(twin.Port);
        await Expect(page.Locator("#model")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9a-f]{12}$"));
        var newest = await Newest(page);
        await Expect(page.Locator("#timeline")).Not.ToHaveAttributeAsync("aria-valuemax", newest.ToString(CultureInfo.InvariantCulture));
        Assert.True(await Newest(page) > newest);
        await Expect(page.Locator("#health")).ToContainTextAsync("pass, 7 checked");
        await Expect(page.Locator("#link")).ToContainTextAsync("100.0 %");
        await Expect(page.Locator("#parity-text")).ToContainTextAsync("bit for bit: all are equal.");
        Assert.True(await page.EvaluateAsync<bool>(
            "() => { const c = document.getElementById('accel'); return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0); }"));
        Assert.Empty(errors);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_a_decision_took_on_the_chip_stands_beside_the_estimate()
    {
        await using var monitor = await Replay(TwinOutput.OfTimed);
        var page = await chromium.Open();
        await page.GotoAsync(monitor.Address.ToString());
        var health = page.Locator("#health");
        await Expect(health).ToContainTextAsync("61.5 ms, worst 70.3 ms");
        await Expect(health).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"estimated\s*\d+\.\d ms \(\d+\.\d to \d+\.\d\), at most \d+\.\d ms"));
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
        var errors = Chromium.ErrorsOf(page);
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
    public async Task Eight_tabs_share_one_stream()
    {
        using var session = new ShownSession();
        session.Introduce("WALKING", "SITTING");
        session.Decide(["WALKING", "SITTING"], Enumerable.Repeat((0, 0, 97), 5));
        var page = await chromium.Open();
        var tabs = new List<IPage> { page };
        for (var i = 0; i < 7; i++)
        {
            tabs.Add(await page.Context.NewPageAsync());
        }

        foreach (var tab in tabs)
        {
            await tab.GotoAsync(session.Address);
        }

        foreach (var tab in tabs)
        {
            await Expect(tab.Locator("#now-name")).ToHaveTextAsync("walking");
        }

        Assert.Equal(1, session.Readers);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_nobody_renews_turns_grey_and_its_age_counts_up()
    {
        var page = await chromium.Open();
        using (var session = new ShownSession())
        {
            session.Introduce("WALKING", "SITTING");
            session.Decide(["WALKING", "SITTING"], Enumerable.Repeat((0, 0, 97), 5));
            await page.GotoAsync(session.Address);
            await Expect(page).ToHaveTitleAsync("walking – HarEdge");
        }

        await Expect(page.Locator("#state")).ToHaveTextAsync("monitor has ended");
        await Expect(page).ToHaveTitleAsync("⚠ monitor has ended – HarEdge");
        await Expect(page.Locator("#now-title")).ToHaveTextAsync("Last activity");
        await Expect(page.Locator("#now")).ToHaveCSSAsync("filter", "grayscale(1)");
        await Expect(page.Locator("#dead")).ToContainTextAsync("goes on by itself");
        var age = await page.Locator("#dead-age").TextContentAsync() ?? "";
        await Expect(page.Locator("#dead-age")).Not.ToHaveTextAsync(age);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Percent_belong_to_what_the_window_looked_like_and_a_tap_tells_them()
    {
        string[] classes = ["WALKING", "WALKING_UPSTAIRS"];
        using var session = new ShownSession();
        session.Introduce(classes);
        session.Decide(classes, Enumerable.Repeat((-1, 1, 99), 20));
        var page = await chromium.Open(hasTouch: true);
        await page.GotoAsync(session.Address);
        await Expect(page.Locator("#now-name")).ToHaveTextAsync("unknown");
        await Expect(page.Locator("#now")).ToContainTextAsync("but this window looked like");
        await Expect(page.Locator("#now-window")).ToHaveTextAsync("walking upstairs");
        var box = await page.Locator("#timeline-canvas").BoundingBoxAsync();
        await page.Touchscreen.TapAsync(box!.X + (box.Width * 0.9f), box.Y + 40);
        await Expect(page.Locator("#timeline-readout")).ToContainTextAsync("unknown; the window looked like walking upstairs, 99 %");
        await Expect(page.Locator("#inside-title")).ToContainTextAsync("Inside the window of");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Names_from_the_wire_stay_text()
    {
        const string Markup = "<img src=x onerror=alert(1)>";
        await using var monitor = await Replay(string.Concat(ForgedLines.Decisions(Markup, 5)));
        var page = await chromium.Open();
        var errors = Chromium.ErrorsOf(page);
        await page.GotoAsync(monitor.Address.ToString());
        await Expect(page.Locator("#now-name")).ToHaveTextAsync(Markup);
        Assert.Equal(1, await page.Locator("img").CountAsync());
        Assert.Empty(errors);
        await page.Context.CloseAsync();
    }

    public void Dispose() => folder.Dispose();

    private static async Task<int> Newest(IPage page) =>
        int.Parse(await page.Locator("#timeline").GetAttributeAsync("aria-valuemax") ?? "", CultureInfo.InvariantCulture);

    private async Task<RunningMonitor> Replay(string capture)
    {
        await File.WriteAllTextAsync(folder.At("capture"), capture);
        return await RunningMonitor.Start("--file", folder.At("capture"));
    }
}
