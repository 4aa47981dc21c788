using System.Text.Json;
using HarEdge.Cli.Monitoring;
using HarEdge.Cli.Web;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Tests.Web;

/// <summary>What is in a picture.</summary>
public sealed class WebViewTests
{
    private readonly DeviceWatch watch = new();
    private readonly TelemetryReader reader = new();
    private readonly SnapshotFeed feed = new();
    private readonly SessionClock clock = new(isPort: false, TimeProvider.System);

    [Fact]
    public void A_picture_holds_what_the_device_has_said()
    {
        var picture = Read(Link.TwinOutput.OfHealthy, [TwinModel()]);
        Assert.Equal(watch.Decision!.Sample, picture.Window!.Sample);
        Assert.Equal(watch.Decision.Name, picture.Window.Name);
        Assert.All(picture.Activities, activity => Assert.True(activity.Class >= -1));
        Assert.Equal(watch.Decisions * 1.28, picture.Activities.Sum(activity => activity.Seconds), 1.0);
        Assert.Equal(["MODEL", "SENSOR"], picture.SelfTests.Select(test => test.Test));
        Assert.InRange(picture.Health!.RateHz, 49, 51);
        Assert.Equal(100, picture.Link.Quality);
        Assert.Empty(picture.Alarms);
        Assert.Empty(picture.Notes);
    }

    [Fact]
    public void Everything_shown_of_a_window_belongs_to_it_at_every_moment()
    {
        var view = View([BuiltInModel(), TwinModel()]);
        var compared = 0;
        foreach (var line in Link.TwinOutput.OfHealthy.Split('\n'))
        {
            Take(view, line + "\n");
            view.Refresh(watch, reader.Statistics, null);
            if (view.Snapshot(watch, reader.Statistics, null).Window is { Scores: { } scores } window)
            {
                var ordered = scores.Where(one => one.BehindBest is not null).OrderByDescending(one => one.BehindBest).ToList();
                Assert.Equal(window.Window, ordered[0].Name);
                Assert.Equal(window.Margin, -ordered[1].BehindBest!.Value, 0.011);
                Assert.True(window.Agrees);
                compared++;
            }
        }

        Assert.InRange(compared, 200, 1000);
        var picture = view.Snapshot(watch, reader.Statistics, null);
        Assert.InRange(picture.Parity.Windows, 50, 70);
        Assert.Equal(0, picture.Parity.Divergences);
    }

    [Fact]
    public void The_reasons_for_a_window_add_up_to_its_margin()
    {
        var view = View([TwinModel()]);
        Take(view, Link.TwinOutput.OfHealthy);
        view.Refresh(watch, reader.Statistics, null);
        var looked = 0;
        for (var index = 0; index < 80; index++)
        {
            if (view.Inside(index) is { } json && JsonSerializer.Deserialize<SnapshotInside>(json, JsonSerializerOptions.Web) is { Accel: not null, Reasons.Count: > 0 } inside)
            {
                // Two scores are rounded to 1/256 each, and each reason to a hundredth.
                Assert.Equal(inside.Window.Margin, inside.Always + inside.Reasons.Sum(reason => reason.Amount), 0.02 + (0.006 * inside.Reasons.Count));
                Assert.Equal(128, inside.Accel[0].Length);
                Assert.InRange(inside.Window.Posture!.FromUpright!.Value, 0, 180);
                looked++;
            }
        }

        Assert.InRange(looked, 50, 70);
    }

    [Fact]
    public void Signals_have_their_scale_and_gravity_is_one_g()
    {
        var picture = Read(Link.TwinOutput.OfHealthy, [TwinModel()]);
        Assert.Equal(65.5, picture.Signals!.CountsPerDps, 3);
        var g = picture.Window!.Posture!;
        Assert.InRange(Math.Sqrt((g.X * g.X) + (g.Y * g.Y) + (g.Z * g.Z)), 0.9, 1.1);
    }

    [Fact]
    public void A_device_with_another_model_gets_no_scores_and_no_alarm()
    {
        var picture = Read(Link.TwinOutput.OfHealthy, [TwinModel() with { Id = "000000000000" }]);
        Assert.Null(picture.Window!.Scores);
        Assert.False(picture.Parity.Model);
        Assert.Empty(picture.Alarms);
    }

    [Fact]
    public void Who_joins_late_is_told_what_is_assumed_and_sees_no_wrong_name_color_or_verdict()
    {
        var late = Link.TwinOutput.OfHealthy.Split('\n').SkipWhile(line => !line.StartsWith("$HD", StringComparison.Ordinal)).Take(150).ToList();
        Assert.DoesNotContain(late, line => line.StartsWith("$HB", StringComparison.Ordinal));
        var picture = Read(string.Join('\n', late) + "\n", [BuiltInModel(), TwinModel()]);
        Assert.Contains("are assumed", Assert.Single(picture.Notes), StringComparison.Ordinal);
        Assert.Empty(picture.Alarms);
        Assert.Equal(0, picture.Parity.Windows);
        var names = TwinModel().Classes;
        Assert.All(picture.Activities, activity => Assert.Equal(activity.Name, activity.Class < 0 ? "UNKNOWN" : names[activity.Class]));
        Assert.All(picture.State.Classes.Select((name, number) => (name, number)), known => Assert.True(known.name is null || known.name == names[known.number]));
        Assert.Equal(1.28, picture.State.HopSeconds);
        Assert.Equal(watch.Decisions * 1.28, picture.Activities.Sum(activity => activity.Seconds), 1.0);
    }

    [Fact]
    public void A_page_at_rest_gets_less_than_twenty_kilobytes_a_second()
    {
        var view = View([TwinModel()]);
        var page = feed.Open()!;
        var seen = 0L;
        feed.Since(ref seen);
        long bytes = 0;
        var decisions = 0;

        // A decision every 1.28 s, five refreshes between two, as the session does.
        foreach (var part in Link.TwinOutput.OfHealthy.Split('\n').Chunk(2))
        {
            Take(view, string.Join('\n', part) + "\n");
            view.Refresh(watch, reader.Statistics, null);
            bytes += feed.Since(ref seen)?.Length ?? 0;
            decisions += part.Count(line => line.StartsWith("$HD", StringComparison.Ordinal));
            bytes += part.Any(line => line.StartsWith("$HD", StringComparison.Ordinal)) && view.Inside(decisions - 1) is { } inside ? inside.Length : 0;
        }

        feed.Leave(page);
        Assert.InRange(bytes / (decisions * 1.28), 1_000, 20_000);
    }

    [Fact]
    public void A_missing_sample_stays_a_hole_and_a_restart_goes_on()
    {
        var history = new SignalHistory();
        history.Take(Block(1, 7));
        history.Take(Block(4, 9));
        Assert.Equal([(short)7, null, (short)9], history.Channel(0, 4, 3));
        history.Take(Block(2, 3));
        Assert.Equal(5 + 3, history.Last);
        Assert.Equal([(short)9, null, (short)3], history.Channel(0, 7, 3));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(int.MaxValue - 1)]
    [InlineData(int.MaxValue - RawBlockRecord.MostSamples)]
    public void Any_sample_number_is_survived(int first)
    {
        var history = new SignalHistory();
        history.Take(Block(first, 5));
        history.Take(Block(first, 5));
        Assert.Equal((short)5, Assert.Single(history.Channel(5, first, 1)));
    }

    [Fact]
    public void Two_devices_on_the_link_are_an_alarm()
    {
        var lines = Link.TwinOutput.OfHealthy.Split('\n');
        var picture = Read(string.Join('\n', lines.Take(20).Zip(lines.Skip(100)).SelectMany(pair => new[] { pair.First, pair.Second })) + "\n", [TwinModel()]);
        Assert.Contains("Two devices", Assert.Single(picture.Alarms).What, StringComparison.Ordinal);
    }

    private static FixedPointModel BuiltInModel() => ModelFile.Read(Path.Combine(Running.Repository.Root, "firmware/Core/Generated/model.json"));

    private static FixedPointModel TwinModel() => ModelFile.Read(Path.Combine(Running.Repository.Root, "trainer/HarEdge.Cli/synthetic-model.json"));

    private static RawBlockRecord Block(int first, short value) => new(0, first, [.. Enumerable.Repeat(value, 12)]);

    private WebView View(IReadOnlyList<FixedPointModel> models) => new(feed, "test", clock, new ScoreWatch(models, reader.Statistics));

    private MonitorSnapshot Read(string text, IReadOnlyList<FixedPointModel> models)
    {
        var view = View(models);
        Take(view, text);
        view.Refresh(watch, reader.Statistics, null);
        return view.Snapshot(watch, reader.Statistics, null);
    }

    private void Take(WebView view, string text) => reader.Read(System.Text.Encoding.ASCII.GetBytes(text), record =>
    {
        watch.Take(record);
        view.Show(record, watch, reader.Statistics);
    });
}
