using HarEdge.Cli.Tests.Web;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace HarEdge.Cli.Tests.Web;

/// <summary>The browser of this machine, started once for all tests that need it; they are skipped where there is none.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    // A busy runner may take long; what is there is found at once.
    private const float PatienceMs = 60_000;

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> started = new(Start);

    /// <summary>Opens an empty page in a context of its own.</summary>
    public async Task<IPage> Open(ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 800, bool hasTouch = false, float scale = 1)
    {
        Assert.SkipWhen(Executable() is null, "Chromium was not found: install it (Debian: apt-get install chromium), or name it in HAREDGE_CHROMIUM");
        var context = await (await started.Value).Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            HasTouch = hasTouch,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            DeviceScaleFactor = scale,
        });
        context.SetDefaultTimeout(PatienceMs);
        return await context.NewPageAsync();
    }

    /// <summary>What the browser complains about from now on: a file that is missing, a violated content policy, an exception.</summary>
    public static List<string> ErrorsOf(IPage page)
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

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
        {
            var (driver, browser) = await started.Value;
            await browser.DisposeAsync();
            driver.Dispose();
        }
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> Start()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        var driver = await Playwright.CreateAsync();
        return (driver, await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable(), Args = Arguments }));
    }

    private static string? Executable() =>
        Environment.GetEnvironmentVariable("HAREDGE_CHROMIUM") is { Length: > 0 } named ? named : Places.FirstOrDefault(File.Exists);
}
