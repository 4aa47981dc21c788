namespace HarEdge.Trainer.Datasets;

/// <summary>Unit of the gyroscope values in a file.</summary>
public enum GyroUnit
{
    /// <summary>Radians per second.</summary>
    RadiansPerSecond,

    /// <summary>Degrees per second.</summary>
    DegreesPerSecond,

    /// <summary>Counts of the sensor at the target range, as a capture from the device holds them.</summary>
    Counts,

    /// <summary>Thousandths of a degree per second.</summary>
    MilliDegreesPerSecond,
}
