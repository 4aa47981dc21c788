using Deque.AxeCore.Playwright;
using HarEdge.Trainer.FixedPoint;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HarEdge.Cli.Tests.Web;

/// <summary>
/// What holds of the page in every state and on every screen: nothing sticks out, all text stands out, axe-core finds nothing serious, the browser has nothing
/// to complain about. With HAREDGE_SCREENSHOTS set to a folder the pictures are left there, to be looked at.
/// </summary>
public sealed class VisualContractTests(Chromium chromium)
{
    private static readonly string[] Six = ["WALKING", "WALKING_UPSTAIRS", "WALKING_DOWNSTAIRS", "SITTING", "STANDING", "LAYING"];
    private static readonly string[] Twelve = [.. Six, "RUNNING", "CYCLING", "ROWING", "JUMPING", "SWIMMING", "STRETCHING"];
    private static readonly string[] Long = ["PICKING_UP_SOMETHING_HEAVY_FROM_A_LOW_SHELF_", "WALKINGSLOWLYUPSTAIRSWITHASHOPPINGBAGINHANDS"];

    // The pages of other tests run beside this one.
    private static readonly (string Name, int Width, int Height, ColorScheme Scheme, Media Media, ForcedColors Forced)[] Screens =
    [
        ("wide", 1280, 800, ColorScheme.Light, Media.Screen, ForcedColors.None),
        ("dark", 1280, 800, ColorScheme.Dark, Media.Screen, ForcedColors.None),
        ("phone", 390, 844, ColorScheme.Light, Media.Screen, ForcedColors.None),
        ("narrow", 320, 640, ColorScheme.Dark, Media.Screen, ForcedColors.None),
        ("forced", 1280, 800, ColorScheme.Dark, Media.Screen, ForcedColors.Active),
        ("print", 794, 1123, ColorScheme.Light, Media.Print, ForcedColors.None),
    ];

    public static TheoryData<string> States => ["start", "live", "late", "sensor-lost", "link-lost", "dead", "twelve", "long-names", "half-an-hour"];

    [Theory]
    [MemberData(nameof(States))]
    public async Task The_page_keeps_its_contract(string state)
    {
        var session = new ShownSession(TwinModel());
        var page = await chromium.Open();
        var errors = Chromium.ErrorsOf(page);
        try
        {
            var pill = Bring(session, state);
            await page.GotoAsync(session.Address);
            await Expect(page.Locator("#state")).ToHaveTextAsync(pill);
            if (state == "dead")
            {
                session.Dispose();
                await Expect(page.Locator("#state")).ToHaveTextAsync("monitor has ended");
                errors.RemoveAll(error => error.Contains("ERR_CONNECTION_REFUSED", StringComparison.Ordinal) || error.Contains("ERR_INCOMPLETE_CHUNKED_ENCODING", StringComparison.Ordinal));
            }

            foreach (var screen in Screens)
            {
                await page.SetViewportSizeAsync(screen.Width, screen.Height);
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = screen.Scheme, Media = screen.Media, ForcedColors = screen.Forced });
                Assert.Equal((screen.Name, screen.Width), (screen.Name, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")));
                if (screen.Forced == ForcedColors.None)
                {
                    Assert.Empty(await page.EvaluateAsync<string[]>(Contrast.TooLow));
                }

                await Keep(page, $"{state}-{screen.Name}");
            }

            await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Screen, ForcedColors = ForcedColors.None });
            var found = await page.RunAxe();
            Assert.Empty(found.Violations.Where(one => one.Impact is "serious" or "critical").Select(one => $"{one.Id}: {string.Join(", ", one.Nodes.Select(node => node.Html))}"));
            errors.RemoveAll(error => state == "dead" && error.Contains("net::ERR", StringComparison.Ordinal));
            Assert.Empty(errors);
        }
        finally
        {
            await page.Context.CloseAsync();
            session.Dispose();
        }
    }

    // What the label on top then says.
    private static string Bring(ShownSession session, string state)
    {
        switch (state)
        {
            case "start":
                return "waiting";
            case "live":
                session.Play(string.Join('\n', Link.TwinOutput.OfHealthy.Split('\n').Take(350)) + "\n");
                return "live";
            case "late":
                session.Play(string.Join('\n', Link.TwinOutput.OfHealthy.Split('\n').Skip(40).Take(150)) + "\n");
                return "live";
            case "sensor-lost":
                session.Play(Link.TwinOutput.OfDetached);
                session.Wait(TimeSpan.FromSeconds(25));
                return "sensor lost";
            case "link-lost":
                session.Play(Link.TwinOutput.OfHealthy[..8000]);
                session.Trouble = "/dev/ttyUSB0 has gone away. Plug it in again; when it is back under this name, the monitor goes on by itself.";
                session.Wait(TimeSpan.FromSeconds(36));
                return "no data";
            case "dead":
                session.Play(string.Join('\n', Link.TwinOutput.OfHealthy.Split('\n').Take(200)) + "\n");
                return "live";
            case "twelve":
                session.Introduce(Twelve);
                session.Decide(Twelve, Enumerable.Range(0, 120).Select(i => (i / 9 % 12, i / 9 % 12, 60 + (i % 40))));
                return "live";
            case "long-names":
                session.Introduce(Long);
                session.Decide(Long, Enumerable.Range(0, 60).Select(i => (i % 7 == 0 ? -1 : i / 20 % 2, i / 20 % 2, 99)));
                return "live";
            default:
                session.Introduce(Six);
                session.Decide(Six, Enumerable.Range(0, 1400).Select(i => (i % 50 < 3 ? -1 : i / 50 % 6, i / 50 % 6, 55 + (i % 45))));
                return "live";
        }
    }

    private static async Task Keep(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("HAREDGE_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }

    private static FixedPointModel TwinModel() => ModelFile.Read(Path.Combine(Running.Repository.Root, "trainer/HarEdge.Cli/synthetic-model.json"));
}
