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
    private readonly WebView view = new(new PictureFeed(), "test");

    [Fact]
    public void A_picture_holds_what_the_device_has_said()
    {
        Read(Link.TwinOutput.OfHealthy);
        var picture = view.Picture(watch, reader.Statistics, null);
        Assert.Equal(picture.Timeline[^1], picture.Now);
        Assert.Equal(watch.Decisions, picture.Timeline.Count);
        Assert.All(picture.Activities, activity => Assert.True(activity.Class >= -1));
        Assert.Equal(["MODEL", "SENSOR"], picture.SelfTests.Select(test => test.Test));
        Assert.InRange(picture.Health!.RateHz, 49, 51);
        Assert.Equal(100, picture.Link.Quality);
        Assert.Empty(picture.Alarms);
        Assert.Empty(picture.Notes);
    }

    [Fact]
    public void Signals_have_their_scale_and_gravity_is_one_g()
    {
        Read(Link.TwinOutput.OfHealthy);
        var signals = view.Picture(watch, reader.Statistics, null).Signals!;
        Assert.All(signals.Accel.Concat(signals.Gyro), channel => Assert.Equal(SignalHistory.Length, channel.Length));
        var lengths = Enumerable.Range(0, SignalHistory.Length)
            .Select(i => Math.Sqrt(signals.Accel.Sum(channel => Math.Pow(channel[i]!.Value / signals.CountsPerG, 2))));
        Assert.InRange(lengths.Average(), 0.9, 1.1);
        Assert.Equal(65.5, signals.CountsPerDps, 3);
    }

    [Fact]
    public void Scores_are_made_of_the_raw_samples_and_agree_with_the_device()
    {
        view.Scores = new ScoreWatch([BuiltInModel(), TwinModel()], reader.Statistics);
        Read(Link.TwinOutput.OfHealthy);
        var picture = view.Picture(watch, reader.Statistics, null);
        Assert.InRange(picture.Scores!.Windows, 50, 70);
        Assert.Equal(0, picture.Scores.Divergences);
        Assert.Equal(100, picture.Scores.Classes.Sum(one => one.Percent), 0);
        var ordered = picture.Scores.Classes.OrderByDescending(one => one.Percent).ToList();
        Assert.Equal(picture.Now!.Window, ordered[0].Name);
        Assert.Equal(picture.Now.Margin, -ordered[1].BehindBest!.Value, 0.011);
    }

    [Fact]
    public void A_device_with_another_model_gets_no_scores_and_no_alarm()
    {
        view.Scores = new ScoreWatch([TwinModel() with { Id = "000000000000" }], reader.Statistics);
        Read(Link.TwinOutput.OfHealthy);
        var picture = view.Picture(watch, reader.Statistics, null);
        Assert.Null(picture.Scores);
        Assert.Empty(picture.Alarms);
    }

    [Fact]
    public void A_missing_sample_stays_a_hole_and_a_restart_begins_anew()
    {
        var history = new SignalHistory();
        history.Take(Block(1, 7));
        history.Take(Block(4, 9));
        Assert.Equal([null, (short)7, (short)7, null, (short)9, (short)9], history.Channel(0)[^6..]);
        history.Take(Block(2, 3));
        Assert.Equal([null, null, (short)3, (short)3], history.Channel(0)[^4..]);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(int.MaxValue - 1)]
    [InlineData(int.MaxValue - RawBlockRecord.MostSamples)]
    public void Any_sample_number_is_survived(int first)
    {
        var history = new SignalHistory();
        history.Take(Block(first, 5));
        Assert.Equal(SignalHistory.Length, history.Channel(5).Length);
    }

    [Fact]
    public void Two_devices_on_the_link_are_an_alarm()
    {
        var lines = Link.TwinOutput.OfHealthy.Split('\n');
        Read(string.Join('\n', lines.Take(20).Zip(lines.Skip(100)).SelectMany(pair => new[] { pair.First, pair.Second })) + "\n");
        Assert.Contains("Two devices", Assert.Single(view.Picture(watch, reader.Statistics, null).Alarms).What, StringComparison.Ordinal);
    }

    private static FixedPointModel BuiltInModel() => ModelFile.Read(Path.Combine(Running.Repository.Root, "firmware/Core/Generated/model.json"));

    private static FixedPointModel TwinModel() => ModelFile.Read(Path.Combine(Running.Repository.Root, "trainer/HarEdge.Cli/synthetic-model.json"));

    private static RawBlockRecord Block(int first, short value) => new(0, first, [.. Enumerable.Repeat(value, 12)]);

    private void Read(string text) => reader.Read(System.Text.Encoding.ASCII.GetBytes(text), record =>
    {
        watch.Take(record);
        view.Show(record, watch);
    });
}
