using System.Net;
using HarEdge.Cli.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace HarEdge.Cli.Tests.Web;

/// <summary><c>play</c>: one command, no device, no data.</summary>
public sealed class PlayTests(Chromium chromium)
{
    [Fact]
    public async Task The_truth_stands_beside_the_decision_and_each_button_does_what_it_says()
    {
        await using var play = await RunningMonitor.Play();
        var page = await chromium.Open();
        await page.GotoAsync(play.Address.ToString());
        await Expect(page.Locator("#now-truth")).Not.ToHaveTextAsync("");
        await Expect(page.Locator("#lanes")).ToContainTextAsync("truth");
        await Expect(page.Locator("#play-wearer")).ToContainTextAsync("invented people");
        await Expect(page.Locator("#parity-text")).ToContainTextAsync("all are equal");

        await page.ClickAsync("[data-action=crooked]");
        await Expect(page.Locator("[data-action=crooked]")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator("#play-actions")).ToContainTextAsync("40° askew");
        await page.ClickAsync("[data-action=place]");
        await Expect(page.Locator("#play-actions")).ToContainTextAsync("worn on the wrist");
        await page.ClickAsync("[data-action=wire]");
        await Expect(page.Locator("#state")).ToHaveTextAsync("sensor lost");
        await Expect(page.Locator("#alarms")).ToContainTextAsync("Check the four wires");
        await page.ClickAsync("[data-action=wire]");
        await Expect(page.Locator("#state")).ToHaveTextAsync("live");
        await page.Context.CloseAsync();
    }

    [Fact]
    public void A_real_board_is_not_given_recordings() => CliRun.Of("play", "--port", "COM1", "--data", "walks.csv").AssertRefused(2, "--port and --data");

    [Fact]
    public void A_board_that_is_not_there_is_named() => CliRun.Of("play", "--no-browser", "--port", "/dev/no-such-port").AssertRefused(1, "/dev/no-such-port");

    [Fact]
    public async Task Only_the_page_itself_may_press_its_buttons()
    {
        await using var play = await RunningMonitor.Play();
        using var client = new HttpClient { BaseAddress = play.Address };
        foreach (var origin in new[] { null, "null", "http://evil.example", "http://localhost:1" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await Press("crooked", origin));
        }

        var own = play.Address.ToString().TrimEnd('/');
        Assert.Equal(HttpStatusCode.NotFound, await Press("nothing", own));
        Assert.Equal(HttpStatusCode.OK, await Press("crooked", own));

        async Task<HttpStatusCode> Press(string button, string? origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "actions/" + button);
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }

            using var answer = await client.SendAsync(request);
            return answer.StatusCode;
        }
    }
}
