using HarEdge.Cli.Monitoring;
using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Web;

/// <summary>Windows as the page shows them: what was decided, and on request the samples and the reasons.</summary>
/// <param name="scores">Knows the device's model.</param>
internal sealed class WindowSnapshots(ScoreWatch scores)
{
    // Six channels: three of acceleration, three of turning.
    private const int Axes = SensorScale.ChannelCount / 2;
    private const double Degrees = 180 / Math.PI;

    private (FixedPointModel Model, FeatureLayout Layout)? layout;
    private (SessionWindow Window, SnapshotWindow Picture)? last;

    /// <summary>What the counts of the samples mean.</summary>
    public static SnapshotSignals Scales(DeviceWatch watch, SignalHistory signals) => new(
        signals.Last,
        watch.RateHz,
        SensorScale.AccelCountsPerG(watch.Banner?.AccelRangeG ?? SensorScale.DefaultAccelRangeG),
        SensorScale.GyroCountsPer10Dps(watch.Banner?.GyroRangeDps ?? SensorScale.DefaultGyroRangeDps) / 10.0);

    /// <summary>What was decided.</summary>
    public SnapshotWindow Of(SessionWindow window, SignalHistory signals)
    {
        if (last is { } made && ReferenceEquals(made.Window, window))
        {
            return made.Picture;
        }

        var said = window.Said;
        var model = window.Answer is null ? null : scores.Model;
        var shown = new SnapshotWindow(
            window.Index,
            said.Sample,
            Math.Round((double)said.Sample / window.Context.RateHz, 2),
            said.Decision,
            said.Name,
            said.WindowClass,
            window.Context.WindowName,
            said.ConfidencePercent,
            Math.Round(said.MarginQ8 / 256.0, 2),
            scores.Model?.Stages.ElementAtOrDefault(said.Stage)?.Name ?? said.Stage.ToString(System.Globalization.CultureInfo.InvariantCulture),
            window.Agrees,
            window.Context.Truth,
            model is null ? null : ScoreWatch.ScoresOf(model, window.Answer!.Scores),
            model is null ? null : Posture(window, model, signals));
        last = (window, shown);
        return shown;
    }

    /// <summary>What is inside: samples and reasons, as far as they are known.</summary>
    public SnapshotInside Inside(SessionWindow window, SignalHistory signals)
    {
        var shown = Of(window, signals);
        if (scores.Model is not { } model || window.Answer is not { } answer)
        {
            return new SnapshotInside(shown, null, null, null, 0, []);
        }

        var (best, second) = (answer.WindowClass, SecondBest(answer.Scores, answer.WindowClass));
        var margin = second < 0 ? null : WindowReasons.Of(model, answer.Stage, answer.Features, best, second);
        return new SnapshotInside(
            shown,
            Scaled(window, signals, model, 0, SensorScale.AccelCountsPerG(model.Signal.Range.AccelG)),
            Scaled(window, signals, model, Axes, SensorScale.GyroCountsPer10Dps(model.Signal.Range.GyroDps) / 10.0),
            second < 0 ? null : model.Classes[second],
            Math.Round(margin?.Always ?? 0, 2),
            margin is null ? [] : WindowReasons.InWords(model, margin, answer.Features, LayoutOf(model)));
    }

    private static int SecondBest(int[] scores, int best)
    {
        var second = -1;
        for (var c = 0; c < scores.Length; c++)
        {
            if (c != best && scores[c] != Classifier.NotScored && (second < 0 || scores[c] > scores[second]))
            {
                second = c;
            }
        }

        return second;
    }

    private static List<double?[]> Scaled(SessionWindow window, SignalHistory signals, FixedPointModel model, int first, double countsPerUnit) =>
    [
        .. Enumerable.Range(first, Axes).Select(channel => signals.Channel(channel, window.Context.LastSample, model.Signal.WindowSamples)
            .Select(count => count is { } value ? Math.Round(value / countsPerUnit, 3) : (double?)null).ToArray()),
    ];

    // The mean acceleration of the window, turned as the device turns its samples.
    private static SnapshotPosture? Posture(SessionWindow window, FixedPointModel model, SignalHistory signals)
    {
        var raw = Enumerable.Range(0, Axes).Select(axis => signals.Channel(axis, window.Context.LastSample, model.Signal.WindowSamples)).ToList();
        if (raw.Any(channel => channel.Any(value => value is null)))
        {
            return null;
        }

        var scale = (double)SensorScale.AccelCountsPerG(model.Signal.Range.AccelG);
        var mean = raw.Select(channel => channel.Average(value => value!.Value) / scale).ToArray();
        var rotation = window.Context.Calibration?.RotationQ14;
        var g = rotation is null ? mean : [.. Enumerable.Range(0, Axes).Select(row => Enumerable.Range(0, Axes).Sum(column => rotation[(row * Axes) + column] * mean[column]) / GravityReference.One)];
        var length = Math.Sqrt(g.Sum(value => value * value));
        var upright = model.NominalGravity is { } nominal ? Unit([.. nominal.Select(value => (double)value)]) : null;
        double? degrees = upright is null || length == 0 ? null : Math.Acos(Math.Clamp(g.Zip(upright, (a, b) => a * b).Sum() / length, -1, 1)) * Degrees;
        return new SnapshotPosture(
            Math.Round(g[0], 3), Math.Round(g[1], 3), Math.Round(g[2], 3), degrees is { } angle ? Math.Round(angle, 1) : null, upright?.Select(value => Math.Round(value, 4)).ToArray());
    }

    private static double[] Unit(double[] v)
    {
        var length = Math.Sqrt(v.Sum(value => value * value));
        return [.. v.Select(value => value / length)];
    }

    private FeatureLayout LayoutOf(FixedPointModel model)
    {
        if (layout is not { } made || made.Model != model)
        {
            layout = made = (model, model.NewLayout());
        }

        return made.Layout;
    }
}
