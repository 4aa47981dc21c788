using HarEdge.Core;

namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>Physical values to the counts an MPU6050 would report: rounded to the nearest, half away from zero, limited to 16 bits.</summary>
internal sealed class CountConverter(SensorRange range)
{
    /// <summary>Counts per g, for example 8192 at ±4 g.</summary>
    public double CountsPerG { get; } = SensorScale.AccelCountsPerG(range.AccelG);

    /// <summary>Counts per °/s, for example 65.5 at ±500 °/s.</summary>
    public double CountsPerDps { get; } = SensorScale.GyroCountsPer10Dps(range.GyroDps) / 10.0;

    /// <summary>Values limited so far.</summary>
    public long ValuesClipped => AccelClipped + GyroClipped;

    /// <summary>Those of the accelerometer.</summary>
    public long AccelClipped { get; private set; }

    /// <summary>Those of the gyroscope.</summary>
    public long GyroClipped { get; private set; }

    /// <summary>Counts of an acceleration in g.</summary>
    public short FromG(double g)
    {
        var counts = ToCounts(g * CountsPerG, out var isClipped);
        AccelClipped += isClipped ? 1 : 0;
        return counts;
    }

    /// <summary>Counts of a rotation in °/s.</summary>
    public short FromDps(double dps)
    {
        var counts = ToCounts(dps * CountsPerDps, out var isClipped);
        GyroClipped += isClipped ? 1 : 0;
        return counts;
    }

    /// <summary>Counts of a value of channel 0..5 in g or °/s.</summary>
    public short FromChannel(int channel, double value) => channel < 3 ? FromG(value) : FromDps(value);

    private static short ToCounts(double exact, out bool isClipped)
    {
        isClipped = false;
        var rounded = Math.Round(exact, MidpointRounding.AwayFromZero);
        if (rounded is >= short.MinValue and <= short.MaxValue)
        {
            return (short)rounded;
        }

        if (double.IsNaN(rounded))
        {
            throw new ArgumentException("A missing value has no counts; gaps are filled or cut before.", nameof(exact));
        }

        isClipped = true;
        return rounded > 0 ? short.MaxValue : short.MinValue;
    }
}

/// <summary>Units a file's values are taken to be in, and the factors to g and °/s.</summary>
/// <param name="Accel">Of the accelerometer.</param>
/// <param name="Gyro">Of the gyroscope; null where the file has none.</param>
/// <param name="Range">Ranges that values in counts are counts of.</param>
internal sealed record FileUnits(AccelUnit Accel, GyroUnit? Gyro, SensorRange Range)
{
    /// <summary>Standard gravity in m/s² (ISO 80000-3).</summary>
    public const double StandardGravity = 9.80665;

    private readonly CountConverter converter = new(Range);

    /// <summary>g per unit of the accelerometer.</summary>
    public double ToG => Accel switch
    {
        AccelUnit.G => 1,
        AccelUnit.MilliG => 1e-3,
        AccelUnit.MetersPerSecondSquared => 1 / StandardGravity,
        _ => 1 / converter.CountsPerG,
    };

    /// <summary>°/s per unit of the gyroscope; 1 without one, whose values are 0.</summary>
    public double ToDps => Gyro switch
    {
        null => 1,
        GyroUnit.RadiansPerSecond => 180 / Math.PI,
        GyroUnit.DegreesPerSecond => 1,
        GyroUnit.MilliDegreesPerSecond => 1e-3,
        _ => 1 / converter.CountsPerDps,
    };

    /// <summary>The units as they are typed, counts with their range: "g, deg/s" or "counts of ±4 g, counts of ±500 °/s".</summary>
    public string Names =>
        $"{(Accel == AccelUnit.Counts ? $"counts of ±{Range.AccelG} g" : UnitNames.Of(Accel))}, "
        + (Gyro is not { } gyro ? "no gyroscope" : gyro == GyroUnit.Counts ? $"counts of ±{Range.GyroDps} °/s" : UnitNames.Of(gyro));

    /// <summary>Factor of channel 0..5.</summary>
    public double Factor(int channel) => channel < 3 ? ToG : ToDps;
}
