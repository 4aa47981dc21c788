using System.Text;
using System.Text.Json;
using HarEdge.Cli.Monitoring;
using HarEdge.Cli.Web;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Tests.Web;

/// <summary>The session as stretches of time.</summary>
public sealed class SessionTimelineTests
{
    private const long HopMs = 1280;

    private readonly ManualTime time = new();
    private readonly DeviceWatch watch = new();
    private readonly TelemetryReader reader = new();
    private readonly SnapshotFeed feed = new();
    private readonly SessionClock clock;
    private readonly WebView view;
    private long seen;

    public SessionTimelineTests()
    {
        clock = new SessionClock(isPort: true, time);
        view = new WebView(feed, "test", clock, new ScoreWatch([], reader.Statistics));
    }

    [Fact]
    public void A_sensor_that_is_gone_for_a_while_leaves_a_hole_of_that_length_with_its_reason()
    {
        foreach (var line in Link.TwinOutput.OfDetached.Split('\n'))
        {
            time.Now += line.StartsWith("$HD", StringComparison.Ordinal) ? TimeSpan.FromMilliseconds(HopMs) : TimeSpan.Zero;
            Take(line);
        }

        var before = Spans().Count;
        time.Now += TimeSpan.FromSeconds(25);
        var sample = watch.Decision!.Sample + 128;
        Take(ForgedLines.Decision(sample, 0, 0, 97, "WALKING", reader.Statistics.Records));
        var hole = Spans().Single(span => span.Why is not null);
        Assert.StartsWith("no samples: nobody answers", hole.Why, StringComparison.Ordinal);
        Assert.InRange(hole.To - hole.From, 25_000 - HopMs - 1, 25_000);
        Assert.Equal(before + 2, Spans().Count);
        AssertWhole();
    }

    [Fact]
    public void Lost_lines_leave_a_hole_that_counts_them()
    {
        foreach (var number in Enumerable.Range(1, 20).Where(number => number is not (8 or 9 or 10)))
        {
            time.Now = TimeSpan.FromMilliseconds(number * HopMs);
            Take(ForgedLines.Decision(64 + (64 * number), 0, 0, 97, "WALKING", number));
        }

        var hole = Spans().Single(span => span.Why is not null);
        Assert.Equal("3 lines were lost on the wire", hole.Why);
        Assert.Equal((7 * HopMs, 10 * HopMs), (hole.From, hole.To));
        AssertWhole();
    }

    [Fact]
    public void Lines_that_come_together_are_dated_by_the_devices_own_count()
    {
        time.Now = TimeSpan.FromMilliseconds(100_000);
        var burst = string.Concat(Enumerable.Range(1, 10).Select(number => ForgedLines.Decision(64 + (64 * number), 0, 0, 97, "WALKING", number)));
        Take(burst);
        Assert.Equal([.. Enumerable.Range(-9, 10).Select(i => 100_000 + (i * HopMs))], Spans().Select(span => span.To));
        AssertWhole();
    }

    [Fact]
    public void A_board_that_starts_anew_is_no_loss_of_time()
    {
        foreach (var number in Enumerable.Range(1, 80))
        {
            time.Now = TimeSpan.FromMilliseconds(number * HopMs);
            Take(ForgedLines.Decision(64 + (64 * number), 0, 0, 97, "WALKING", number));
        }

        time.Now += TimeSpan.FromSeconds(10);
        Take(ForgedLines.Decision(128, 0, 0, 97, "WALKING", 3));
        Assert.Equal("the board started anew", Spans().Single(span => span.Why is not null).Why);
        AssertWhole();
    }

    [Fact]
    public void The_last_decision_gets_older_as_time_passes_and_the_open_end_says_why()
    {
        Take(Link.TwinOutput.OfDetached);
        time.Now += TimeSpan.FromSeconds(36);
        var state = view.Snapshot(watch, reader.Statistics, null).State;
        Assert.Equal(36, state.LateSeconds);
        Assert.Equal(36, state.NowSeconds - (Spans()[^1].To / 1000.0), 0.1);
        Assert.Contains("nobody answers", state.Why, StringComparison.Ordinal);
        Assert.NotNull(state.BeganMs);
    }

    // No stretch is missing, none overlaps.
    private void AssertWhole()
    {
        var spans = Spans();
        Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.All(spans, span => Assert.True(span.To > span.From));
    }

    private void Take(string text)
    {
        clock.Note(new SourceRead(SourceState.Bytes, text.Length, -1));
        reader.Read(Encoding.ASCII.GetBytes(text + "\r\n"), record =>
        {
            watch.Take(record);
            view.Show(record, watch, reader.Statistics);
        });
        view.Refresh(watch, reader.Statistics, null);
    }

    private List<(long From, long To, string? Why)> Spans()
    {
        seen = 0;
        using var picture = JsonDocument.Parse(feed.Since(ref seen)!);
        return
        [
            .. picture.RootElement.GetProperty("add").GetProperty("spans").EnumerateArray()
                .Select(span => (span[1].GetInt64(), span[2].GetInt64(), span[3].ValueKind == JsonValueKind.String ? span[3].GetString() : null)),
        ];
    }

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
