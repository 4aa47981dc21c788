using HarEdge.Core;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Evaluation.Robustness;

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
