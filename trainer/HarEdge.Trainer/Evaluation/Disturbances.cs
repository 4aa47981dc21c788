using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Evaluation;

/// <summary>Everything the robustness table tries, in its order.</summary>
internal static class Disturbances
{
    private static readonly int[] Degrees = [5, 10, 15, 20, 30];
    private static readonly int[] MissingPercents = [5, 10, 20];
    private static readonly int[] BurstMilliseconds = [100, 200, 500];
    private static readonly Filling[] Fillings = [Filling.Interpolated, Filling.Held, Filling.Dropped];

    /// <summary>Some of each kind, for a training's report.</summary>
    public static IReadOnlyList<Disturbance> Few { get; } =
    [
        .. Enumerable.Range(0, 3).Select(axis => Rotation.About(axis, 10)),
        .. Enumerable.Range(0, 3).Select(axis => Rotation.About(axis, 20)),
        SensorError.AccelOffset(50, -1),
        SensorError.GyroOffset(5),
        SensorError.Scale(3),
        SensorError.Noise(50, 5),
        RateError.Of(3),
        MissingSamples.Singly(10, Filling.Held),
        MissingSamples.InBursts(500, Filling.Held),
    ];

    /// <summary>The list.</summary>
    public static IReadOnlyList<Disturbance> All { get; } =
    [
        .. Degrees.SelectMany(degrees => Enumerable.Range(0, 3).Select(axis => Rotation.About(axis, degrees))),
        .. Enumerable.Range(0, 3).Select(axis => SensorError.AccelOffset(50, axis)),
        SensorError.AccelOffset(50, -1),
        SensorError.AccelOffset(-50, -1),
        SensorError.GyroOffset(5),
        SensorError.Scale(3),
        SensorError.Scale(-3),
        SensorError.OffsetAndScale(50, 3),
        SensorError.OffsetAndScale(-50, -3),
        SensorError.Noise(10, 1),
        SensorError.Noise(50, 5),
        RateError.Of(3),
        RateError.Of(-3),
        .. MissingPercents.SelectMany(percent => Fillings.Select(filling => MissingSamples.Singly(percent, filling))),
        .. BurstMilliseconds.SelectMany(length => Fillings.Select(filling => MissingSamples.InBursts(length, filling))),
    ];
}

/// <summary>Something that goes wrong between a body and a window, done to a recording in counts.</summary>
/// <param name="Kind">Group in the table, for example "worn rotated".</param>
/// <param name="Name">Which and how much, for example "10° about x".</param>
/// <param name="Apply">The recording as a disturbed sensor would have given it; the random numbers are the disturbance's own.</param>
internal sealed record Disturbance(string Kind, string Name, Func<Recording, SensorRange, Random, Recording> Apply);

/// <summary>The sensor worn at an angle: both vectors turned about one of its axes.</summary>
internal static class Rotation
{
    private static readonly string[] AxisNames = ["x", "y", "z"];

    /// <summary>A turn about an axis.</summary>
    /// <param name="axis">0 to 2.</param>
    /// <param name="degrees">Angle, right-handed.</param>
    public static Disturbance About(int axis, double degrees) => new(
        "worn rotated",
        $"{degrees}° about {AxisNames[axis]}",
        (recording, _, _) => Turned(recording, axis, degrees * Math.PI / 180));

    private static Recording Turned(Recording recording, int axis, double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        var channels = recording.Channels.Select(channel => (short[])channel.Clone()).ToArray();
        foreach (var first in new[] { 0, 3 })
        {
            var u = recording.Channels[first + ((axis + 1) % 3)];
            var v = recording.Channels[first + ((axis + 2) % 3)];
            for (var i = 0; i < u.Length; i++)
            {
                channels[first + ((axis + 1) % 3)][i] = Counts.Of((cos * u[i]) - (sin * v[i]));
                channels[first + ((axis + 2) % 3)][i] = Counts.Of((sin * u[i]) + (cos * v[i]));
            }
        }

        return recording with { Channels = channels };
    }
}

/// <summary>A sensor that is off, scaled wrongly, or noisy; each sample by itself.</summary>
internal static class SensorError
{
    private const string OffsetKind = "offset";
    private const string ScaleKind = "scale";
    private const string NoiseKind = "noise";

    /// <summary>An offset of the accelerometer on one axis (0 to 2), or on all (−1).</summary>
    public static Disturbance AccelOffset(int milliG, int axis) => new(
        OffsetKind,
        $"{Signed(milliG)} mg on {(axis < 0 ? "all axes" : ((char)('x' + axis)).ToString())}",
        (recording, range, _) => PerSample(recording, (channel, value) =>
            channel < 3 && (axis < 0 || channel == axis) ? value + (milliG * SensorScale.AccelCountsPerG(range.AccelG) / 1000.0) : value));

    /// <summary>An offset of the gyroscope on all axes.</summary>
    public static Disturbance GyroOffset(int dps) => new(
        OffsetKind,
        $"{Signed(dps)} °/s on all axes",
        (recording, range, _) => PerSample(recording, (channel, value) =>
            channel >= 3 ? value + (dps * SensorScale.GyroCountsPer10Dps(range.GyroDps) / 10.0) : value));

    /// <summary>A gain that is off on accelerometer and gyroscope alike.</summary>
    public static Disturbance Scale(int percent) => new(
        ScaleKind, $"{Signed(percent)} %", (recording, _, _) => PerSample(recording, (_, value) => value * (1 + (percent / 100.0))));

    /// <summary>An offset on all accelerometer axes together with a gain.</summary>
    public static Disturbance OffsetAndScale(int milliG, int percent) => new(
        "offset and scale",
        $"{Signed(milliG)} mg on all axes, {Signed(percent)} %",
        (recording, range, random) => AccelOffset(milliG, -1).Apply(Scale(percent).Apply(recording, range, random), range, random));

    /// <summary>White Gaussian noise.</summary>
    /// <param name="milliG">Standard deviation on the accelerometer's axes.</param>
    /// <param name="dps">Standard deviation on the gyroscope's axes.</param>
    public static Disturbance Noise(int milliG, int dps) => new(
        NoiseKind,
        $"{milliG} mg and {dps} °/s",
        (recording, range, random) =>
        {
            var accel = milliG * SensorScale.AccelCountsPerG(range.AccelG) / 1000.0;
            var gyro = dps * SensorScale.GyroCountsPer10Dps(range.GyroDps) / 10.0;
            return PerSample(recording, (channel, value) => value + ((channel < 3 ? accel : gyro) * Normal(random)));
        });

    private static Recording PerSample(Recording recording, Func<int, double, double> disturbed) => recording with
    {
        Channels = [.. recording.Channels.Select((channel, index) => Array.ConvertAll(channel, value => Counts.Of(disturbed(index, value))))],
    };

    // Box and Muller's transform.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static string Signed(int value) => value < 0 ? $"−{-value}" : $"+{value}";
}

/// <summary>A sensor whose clock runs fast or slow: the same motion in more or fewer samples, which everybody takes for 50 a second.</summary>
internal static class RateError
{
    /// <summary>A clock that is off.</summary>
    /// <param name="percent">Above 0: too many samples.</param>
    public static Disturbance Of(int percent) => new(
        "sample rate",
        percent < 0 ? $"−{-percent} %" : $"+{percent} %",
        (recording, _, _) => Resampled(recording, 1 + (percent / 100.0)));

    private static Recording Resampled(Recording recording, double samplesPerSample)
    {
        var runs = recording.Runs.Select(run => new Run((int)Math.Ceiling(run.Start * samplesPerSample), (int)Math.Floor((run.End - 1) * samplesPerSample) + 1)).ToList();
        var count = runs.Count == 0 ? 0 : runs[^1].End;
        var labels = Enumerable.Repeat((short)-1, count).ToArray();
        var channels = recording.Channels.Select(_ => new short[count]).ToArray();
        for (var r = 0; r < runs.Count; r++)
        {
            for (var i = runs[r].Start; i < runs[r].End; i++)
            {
                var at = i / samplesPerSample;
                labels[i] = recording.Labels[Math.Min((int)Math.Round(at), recording.Runs[r].End - 1)];
                for (var c = 0; c < channels.Length; c++)
                {
                    channels[c][i] = Counts.Of(Cubic(recording.Channels[c], recording.Runs[r], at));
                }
            }
        }

        return recording with { Channels = channels, Labels = labels, Runs = runs };
    }

    // Catmull and Rom's spline through the four nearest samples; at the ends the outermost sample stands for those beyond.
    private static double Cubic(short[] data, Run run, double at)
    {
        var i = (int)at;
        var t = at - i;
        double P(int k) => data[Math.Clamp(k, run.Start, run.End - 1)];
        var (a, b, c, d) = (P(i - 1), P(i), P(i + 1), P(i + 2));
        return b + (0.5 * t * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * ((3 * (b - c)) + d - a))))));
    }
}

/// <summary>Values as the sensor reports them: rounded and clipped to 16 bits.</summary>
internal static class Counts
{
    public static short Of(double value) => (short)Math.Clamp(Math.Round(value), short.MinValue, short.MaxValue);
}

/// <summary>A model on undisturbed recordings, and on the same recordings with everything in <see cref="Disturbances"/>.</summary>
/// <param name="Undisturbed">What is lost is lost against this.</param>
/// <param name="Rows">One a disturbance.</param>
internal sealed record RobustnessTrial(ModelTrial Undisturbed, IReadOnlyList<RobustnessRow> Rows)
{
    /// <summary>Runs the model over every disturbance.</summary>
    /// <param name="model">A valid model.</param>
    /// <param name="sets">Recordings in counts of the model's ranges.</param>
    /// <param name="disturbances">What to try, in order.</param>
    /// <param name="prepare">Done to the disturbed recordings before the model sees them, for example wear calibration.</param>
    /// <param name="leastLabelShare">See <see cref="Windows.WindowLabel"/>.</param>
    /// <param name="seed">Seed of the random disturbances.</param>
    /// <param name="progress">Receives the share of disturbances done.</param>
    /// <param name="cancellation">Stops between recordings.</param>
    /// <exception cref="InputException">No window of the data has one of the model's classes (exit code 2).</exception>
    public static RobustnessTrial Of(
        FixedPointModel model,
        IReadOnlyList<DataSet> sets,
        IReadOnlyList<Disturbance> disturbances,
        Func<IReadOnlyList<DataSet>, IReadOnlyList<DataSet>> prepare,
        double leastLabelShare,
        int seed,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        var undisturbed = ModelTrial.Of(model, prepare(sets), leastLabelShare, null, cancellation);
        var trials = new ModelTrial[disturbances.Count];
        var done = 0;
        Parallel.For(0, disturbances.Count, new ParallelOptions { CancellationToken = cancellation }, index =>
        {
            trials[index] = ModelTrial.Of(model, prepare(Disturbed(sets, disturbances[index], seed)), leastLabelShare, null, cancellation);
            progress?.Report(new StepProgress("disturbing recordings", (double)Interlocked.Increment(ref done) / disturbances.Count, disturbances[index].Name));
        });
        return new RobustnessTrial(undisturbed, [.. disturbances.Select((disturbance, index) => new RobustnessRow(disturbance, trials[index]))]);
    }

    // Each recording has random numbers of its own, the same for every disturbance: only the disturbance differs.
    private static IReadOnlyList<DataSet> Disturbed(IReadOnlyList<DataSet> sets, Disturbance disturbance, int seed) =>
    [
        .. sets.Select((set, s) => set with
        {
            Recordings = [.. set.Recordings.Select((recording, r) => disturbance.Apply(recording, set.Range, new Random((seed * 7919) + (s * 104729) + r)))],
        }),
    ];
}

/// <summary>A disturbance and what the model makes of it.</summary>
internal sealed record RobustnessRow(Disturbance Disturbance, ModelTrial Trial);
