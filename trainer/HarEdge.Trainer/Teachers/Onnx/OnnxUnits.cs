using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers.Onnx;

/// <summary>Counts to the units a model was trained in.</summary>
/// <param name="Accel">Unit of acceleration.</param>
/// <param name="Gyro">Unit of rotation.</param>
internal sealed record OnnxUnits(AccelUnit Accel, GyroUnit Gyro)
{
    private const double StandardGravity = 9.80665;
    private const string MetadataKey = "units";

    /// <summary>As "g,rad/s".</summary>
    internal string Text => $"{UnitNames.Of(Accel)},{UnitNames.Of(Gyro)}";

    /// <summary>What the user said, else the file's metadata under "units" ("g,rad/s"), else g and rad/s.</summary>
    internal static OnnxUnits Of(OnnxOptions options, IReadOnlyDictionary<string, string> metadata)
    {
        var stated = metadata.TryGetValue(MetadataKey, out var text) ? text.Split(',') : [];
        return new OnnxUnits(
            options.AccelUnit ?? (stated.Length == 2 ? UnitNames.ParseAccel(stated[0]) : AccelUnit.G),
            options.GyroUnit ?? (stated.Length == 2 ? UnitNames.ParseGyro(stated[1]) : GyroUnit.RadiansPerSecond));
    }

    /// <summary>The other usual pairs.</summary>
    internal IEnumerable<OnnxUnits> Others =>
        from accel in new[] { AccelUnit.G, AccelUnit.MetersPerSecondSquared }
        from gyro in new[] { GyroUnit.RadiansPerSecond, GyroUnit.DegreesPerSecond }
        where accel != Accel || gyro != Gyro
        select new OnnxUnits(accel, gyro);

    /// <summary>Writes one window in these units, in the order a model wants.</summary>
    internal void WindowInto(WindowTable table, int row, SensorRange range, bool isChannelMajor, Span<float> values)
    {
        for (var channel = 0; channel < SensorScale.ChannelCount; channel++)
        {
            var counts = table.Samples(row, channel);
            var factor = channel < 3 ? AccelFactor(range) : GyroFactor(range);
            for (var i = 0; i < counts.Length; i++)
            {
                values[isChannelMajor ? (channel * counts.Length) + i : (i * SensorScale.ChannelCount) + channel] = (float)(counts[i] * factor);
            }
        }
    }

    private double AccelFactor(SensorRange range) => Accel switch
    {
        AccelUnit.G => 1.0 / SensorScale.AccelCountsPerG(range.AccelG),
        AccelUnit.MetersPerSecondSquared => StandardGravity / SensorScale.AccelCountsPerG(range.AccelG),
        _ => 1,
    };

    private double GyroFactor(SensorRange range)
    {
        var dpsPerCount = 10.0 / SensorScale.GyroCountsPer10Dps(range.GyroDps);
        return Gyro switch
        {
            GyroUnit.RadiansPerSecond => dpsPerCount * Math.PI / 180,
            GyroUnit.DegreesPerSecond => dpsPerCount,
            _ => 1,
        };
    }
}
