namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>Units a file's values are taken to be in, and the factors to g and °/s.</summary>
internal sealed record FileUnits(AccelUnit Accel, GyroUnit Gyro, SensorRange Range)
{
    /// <summary>Standard gravity in m/s² (ISO 80000-3).</summary>
    public const double StandardGravity = 9.80665;

    private readonly CountConverter _converter = new(Range);

    /// <summary>g per unit of the accelerometer.</summary>
    public double ToG => Accel switch
    {
        AccelUnit.G => 1,
        AccelUnit.MilliG => 1e-3,
        AccelUnit.MetersPerSecondSquared => 1 / StandardGravity,
        _ => 1 / _converter.CountsPerG,
    };

    /// <summary>°/s per unit of the gyroscope.</summary>
    public double ToDps => Gyro switch
    {
        GyroUnit.RadiansPerSecond => 180 / Math.PI,
        GyroUnit.DegreesPerSecond => 1,
        GyroUnit.MilliDegreesPerSecond => 1e-3,
        _ => 1 / _converter.CountsPerDps,
    };

    /// <summary>The units as they are typed, counts with their range: "g, deg/s" or "counts of ±4 g, counts of ±500 °/s".</summary>
    public string Names =>
        $"{(Accel == AccelUnit.Counts ? $"counts of ±{Range.AccelG} g" : UnitNames.Of(Accel))}, "
        + (Gyro == GyroUnit.Counts ? $"counts of ±{Range.GyroDps} °/s" : UnitNames.Of(Gyro));

    /// <summary>Factor of channel 0..5.</summary>
    public double Factor(int channel) => channel < 3 ? ToG : ToDps;
}
