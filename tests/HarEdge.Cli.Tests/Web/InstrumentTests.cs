using HarEdge.Trainer.FixedPoint;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HarEdge.Cli.Tests.Web;

/// <summary>What can be done with a session on the page: look into it, take it away, write on it, print it.</summary>
public sealed class InstrumentTests(Chromium chromium)
{
    private static readonly string[] Classes = ["WALKING", "SITTING"];

    [Fact]
    public async Task A_window_chosen_by_keyboard_shows_its_reasons_and_stays_while_others_come()
    {
        using var session = new ShownSession(TwinModel());
        var lines = Link.TwinOutput.OfHealthy.Split('\n');
        session.Play(string.Join('\n', lines.Take(300)) + "\n");
        var page = await chromium.Open();
        await page.GotoAsync(session.Address);
        await Expect(page.Locator("#why-title")).ToContainTextAsync("above");
        await page.Locator("#timeline").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#inside-title")).ToContainTextAsync("Inside the window of 09:3");
        var title = await page.Locator("#inside-title").TextContentAsync() ?? "";
        Assert.InRange(await page.Locator("#reasons tr").CountAsync(), 3, 7);
        await page.Locator("#reasons summary").First.ClickAsync();
        await Expect(page.Locator("#reasons details[open] li").First).ToContainTextAsync(" = ");
        session.Play(string.Join('\n', lines.Skip(300).Take(30)) + "\n");
        await Expect(page.Locator("#now-since")).Not.ToHaveTextAsync("");
        await Expect(page.Locator("#inside-title")).ToHaveTextAsync(title);
        await page.ClickAsync("#timeline-now");
        await Expect(page.Locator("#inside-title")).ToContainTextAsync("Inside the last window");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_window_on_which_device_and_desktop_differ_is_a_cross_with_its_sample()
    {
        using var session = new ShownSession(TwinModel());
        var lines = Link.TwinOutput.OfHealthy.Split('\n').Take(200).ToList();
        var at = lines.FindIndex(150, line => line.StartsWith("$HD,", StringComparison.Ordinal));
        var fields = lines[at].Split(',');
        fields[8] = fields[8] == "0000" ? "0001" : "0000";
        lines[at] = ForgedLines.Sealed(string.Join(',', fields));
        session.Play(string.Join('\n', lines) + "\n");
        var page = await chromium.Open();
        await page.GotoAsync(session.Address);
        await Expect(page.Locator("#heartbeat .differs")).ToHaveCountAsync(1);
        await Expect(page.Locator("#parity-first")).ToContainTextAsync($"ends with sample {fields[2]}");
        await Expect(page.Locator("#alarms")).ToContainTextAsync("differ between device and desktop");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_session_can_be_taken_away_with_its_notes()
    {
        using var session = Decided();
        var page = await chromium.Open();
        await page.GotoAsync(session.Address);
        await Expect(page.Locator("#now-name")).ToHaveTextAsync("sitting");
        await page.FillAsync("#note-text", "=stood up, \"late\"");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#own-notes")).ToContainTextAsync("stood up");
        await page.ReloadAsync();
        await Expect(page.Locator("#own-notes")).ToContainTextAsync("stood up");

        var csv = await File.ReadAllTextAsync(await Saved(page, "#save-csv"));
        var rows = csv.TrimEnd('\n').Split('\n');
        Assert.Equal("fromSeconds,toSeconds,at,decision,window,confidencePercent,sameOnDesktop,truth,why", rows[0]);
        Assert.Equal(1 + 20 + 1, rows.Length);
        Assert.Contains("\"WALKING\",\"WALKING\",97", rows[1], StringComparison.Ordinal);
        Assert.EndsWith("\"note: =stood up, \"\"late\"\"\"", rows[^1], StringComparison.Ordinal);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await File.ReadAllBytesAsync(await Saved(page, "#save-png")))[..4]);
        await page.ClickAsync("#own-notes button");
        await Expect(page.Locator("#own-notes li")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_print_says_when_it_was_made()
    {
        using var session = Decided();
        var page = await chromium.Open();
        await page.GotoAsync(session.Address);
        await page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await Expect(page.Locator("#printed")).ToBeVisibleAsync();
        await Expect(page.Locator("#printed")).ToContainTextAsync("Printed ");
        await Expect(page.Locator("#pause")).ToBeHiddenAsync();
        await page.Context.CloseAsync();
    }

    private static ShownSession Decided()
    {
        var session = new ShownSession();
        session.Introduce(Classes);
        session.Decide(Classes, Enumerable.Repeat((0, 0, 97), 10).Concat(Enumerable.Repeat((1, 1, 88), 10)));
        return session;
    }

    private static async Task<string> Saved(IPage page, string button)
    {
        var saved = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(button));
        return await saved.PathAsync();
    }

    private static FixedPointModel TwinModel() => ModelFile.Read(Path.Combine(Running.Repository.Root, "trainer/HarEdge.Cli/synthetic-model.json"));
}
