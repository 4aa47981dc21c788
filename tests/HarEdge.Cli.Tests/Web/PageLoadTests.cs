using System.Globalization;
using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer.FixedPoint;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HarEdge.Cli.Tests.Web;

/// <summary>
/// What the page costs a browser that leaves it open, by counts. Times are measured on request only, because they are those of a machine: with HAREDGE_MEASURE
/// set to a file, the figures of docs/MONITOR.md are written there.
/// </summary>
public sealed class PageLoadTests(Chromium chromium)
{
    // Five minutes and half an hour at a hop of 64 samples.
    private const int FiveMinutes = 235;
    private const int HalfAnHour = 1407;

    private static readonly string[] Six = ["WALKING", "WALKING_UPSTAIRS", "WALKING_DOWNSTAIRS", "SITTING", "STANDING", "LAYING"];

    // Goes along the timeline, a step a frame, as a finger does; tells the moment of each frame and the work of each step in milliseconds.
    private const string Scrub =
        """
        async (steps) => {
          const plot = document.getElementById('timeline');
          const box = document.getElementById('timeline-canvas').getBoundingClientRect();
          const moments = [], work = [];
          for (let i = 0; i < steps; i++) {
            moments.push(await new Promise(requestAnimationFrame));
            const begin = performance.now();
            plot.dispatchEvent(new PointerEvent('pointermove', { clientX: box.left + box.width * (0.02 + 0.96 * Math.abs(1 - (2 * i / steps))), clientY: box.top + 20, bubbles: true }));
            work.push(performance.now() - begin);
          }
          return [moments.slice(1).map((moment, i) => moment - moments[i]), work];
        }
        """;

    [Fact]
    public async Task Half_an_hour_more_adds_no_element_to_the_page_and_little_memory()
    {
        using var session = new ShownSession();
        session.Introduce(Six);
        session.Decide(Six, Decisions(60));
        var page = await chromium.Open();
        await page.GotoAsync(session.Address);
        await Expect(page.Locator("#timeline")).ToHaveAttributeAsync("aria-valuemax", "59");
        var (elements, bytes) = await Held(page);
        session.Decide(Six, Decisions(HalfAnHour));
        await Expect(page.Locator("#timeline")).ToHaveAttributeAsync("aria-valuemax", (59 + HalfAnHour).ToString(CultureInfo.InvariantCulture));
        var (later, laterBytes) = await Held(page);
        Assert.Equal(elements, later);
        Assert.InRange(laterBytes - bytes, -2_000_000, 2_000_000);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_step_along_five_minutes_draws_each_window_a_few_times_and_asks_the_server_nothing()
    {
        using var session = new ShownSession();
        session.Introduce(Six);
        session.Decide(Six, Decisions(FiveMinutes));
        var page = await chromium.Open();
        await page.GotoAsync(session.Address);
        await Expect(page.Locator("#timeline")).ToHaveAttributeAsync("aria-valuemax", (FiveMinutes - 1).ToString(CultureInfo.InvariantCulture));
        var requests = 0;
        page.Request += (_, _) => requests++;
        var calls = await page.EvaluateAsync<int>(
            """
            async () => {
              let calls = 0;
              const methods = Object.entries(Object.getOwnPropertyDescriptors(CanvasRenderingContext2D.prototype)).filter(([, one]) => typeof one.value === 'function');
              for (const [name, one] of methods) {
                CanvasRenderingContext2D.prototype[name] = function (...values) { calls++; return one.value.apply(this, values); };
              }

              const plot = document.getElementById('timeline');
              plot.focus();
              const frame = () => new Promise(requestAnimationFrame);
              await frame();
              await frame();
              calls = 0;
              plot.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
              await frame();
              await frame();
              return calls;
            }
            """);
        Assert.InRange(calls, FiveMinutes, 20 * FiveMinutes);
        Assert.Equal(0, requests);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Times_are_measured_when_asked_for()
    {
        var file = Environment.GetEnvironmentVariable("HAREDGE_MEASURE") ?? "";
        Assert.SkipWhen(file.Length == 0, "HAREDGE_MEASURE is not set: it names the file that the figures go to");
        var console = CliRun.Of("twin", "--speed", "fast", "--seconds", "1800", "--record").AssertDone().Out;
        var lines = console.Split('\n');
        var decided = 0;
        var after = Array.FindIndex(lines, line => line.StartsWith("$HD", StringComparison.Ordinal) && ++decided == FiveMinutes);
        using var session = new ShownSession(ModelFile.Read(Path.Combine(Repository.Root, "trainer/HarEdge.Cli/synthetic-model.json")));
        session.Play(string.Join('\n', lines[..after]));
        var firsts = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var fresh = await chromium.Open();
            await fresh.GotoAsync(session.Address);
            firsts.Add(await (await fresh.WaitForFunctionAsync("() => document.getElementById('now-name').textContent && document.getElementById('health').textContent && performance.now()")).EvaluateAsync<double>("ms => ms"));
            await fresh.Context.CloseAsync();
        }

        var page = await chromium.Open();
        await page.GotoAsync(session.Address);
        await Expect(page.Locator("#now-name")).Not.ToBeEmptyAsync();
        var scrubbed = await page.EvaluateAsync<double[][]>(Scrub, 600);
        var (intervals, work) = (scrubbed[0], scrubbed[1]);
        var (elements, bytes) = await Held(page);
        var server = GC.GetTotalMemory(true);
        session.Play(string.Join('\n', lines[after..]));
        await page.WaitForTimeoutAsync(3000);
        var (later, laterBytes) = await Held(page);
        await File.WriteAllLinesAsync(file, [
            .. new[]
            {
                $"first picture, from the address to decision and health: {firsts.Order().ElementAt(2):0} ms, the median of 5; the slowest {firsts.Max():0} ms",
                $"scrubbing five minutes, 600 steps: {1000 / intervals.Average():0.0} frames a second, {intervals.Count(ms => ms > 25)} of {intervals.Length} frames late, {work.Order().ElementAt(570):0.0} ms of work at the 95th percentile of steps",
                $"page after 5 and after 30 minutes in recording mode: {bytes / 1e6:0.0} and {laterBytes / 1e6:0.0} MB of script memory, {elements} and {later} elements",
                $"monitor after 5 and after 30 minutes: {server / 1e6:0.0} and {GC.GetTotalMemory(true) / 1e6:0.0} MB managed, tests included",
            }.Select(line => line.ToString(CultureInfo.InvariantCulture)),
        ]);
        await page.Context.CloseAsync();
    }

    private static IEnumerable<(int Decision, int Window, int Confidence)> Decisions(int count) =>
        Enumerable.Range(0, count).Select(i => (i % 50 == 7 ? -1 : i / 5 % 6, i / 5 % 6, 55 + (i % 45)));

    // What is left after the garbage is collected.
    private static async Task<(int Elements, double Bytes)> Held(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("HeapProfiler.collectGarbage");
        var heap = await session.SendAsync("Runtime.getHeapUsage");
        await session.DetachAsync();
        return (await page.EvaluateAsync<int>("() => document.querySelectorAll('*').length"), heap!.Value.GetProperty("usedSize").GetDouble());
    }
}
