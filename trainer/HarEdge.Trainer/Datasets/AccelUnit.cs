namespace HarEdge.Trainer.Datasets;

/// <summary>Unit of the accelerometer values in a file.</summary>
public enum AccelUnit
{
    /// <summary>Standard gravity, 9.80665 m/s².</summary>
    G,

    /// <summary>Meters per second squared.</summary>
    MetersPerSecondSquared,

    /// <summary>Counts of the sensor at the target range, as a capture from the device holds them.</summary>
    Counts,

    /// <summary>Thousandths of g.</summary>
    MilliG,
}
