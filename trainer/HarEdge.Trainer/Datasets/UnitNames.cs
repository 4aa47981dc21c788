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

/// <summary>Unit of a numeric timestamp column.</summary>
public enum TimeUnit
{
    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Microseconds.</summary>
    Microseconds,

    /// <summary>Nanoseconds.</summary>
    Nanoseconds,
}

/// <summary>The spelling of units on the command line, in both directions.</summary>
internal static class UnitNames
{
    /// <summary>"g", "mg", "m/s2" or "counts".</summary>
    /// <exception cref="InputException">The text is none of them (exit code 2).</exception>
    public static AccelUnit ParseAccel(string text) => TryParseAccel(text) ?? throw Unknown("accelerometer", text, "--accel-unit g, mg, m/s2 or counts");

    /// <summary>The same for text that may be anything; null when it is none of them.</summary>
    public static AccelUnit? TryParseAccel(string text) => Fold(text) switch
    {
        "g" => AccelUnit.G,
        "mg" => AccelUnit.MilliG,
        "m/s2" or "m/s^2" or "ms-2" => AccelUnit.MetersPerSecondSquared,
        "counts" => AccelUnit.Counts,
        _ => null,
    };

    /// <summary>"rad/s", "deg/s", "mdps" or "counts".</summary>
    /// <exception cref="InputException">The text is none of them (exit code 2).</exception>
    public static GyroUnit ParseGyro(string text) => TryParseGyro(text) ?? throw Unknown("gyroscope", text, "--gyro-unit rad/s, deg/s, mdps or counts");

    /// <summary>The same for text that may be anything; null when it is none of them.</summary>
    public static GyroUnit? TryParseGyro(string text) => Fold(text) switch
    {
        "rad/s" => GyroUnit.RadiansPerSecond,
        "deg/s" or "°/s" or "dps" => GyroUnit.DegreesPerSecond,
        "mdps" or "mdeg/s" => GyroUnit.MilliDegreesPerSecond,
        "counts" => GyroUnit.Counts,
        _ => null,
    };

    /// <summary>"s", "ms", "us" or "ns".</summary>
    /// <exception cref="InputException">The text is none of them (exit code 2).</exception>
    public static TimeUnit ParseTime(string text) => Fold(text) switch
    {
        "s" => TimeUnit.Seconds,
        "ms" => TimeUnit.Milliseconds,
        "us" or "µs" => TimeUnit.Microseconds,
        "ns" => TimeUnit.Nanoseconds,
        _ => throw Unknown("timestamp", text, "--time-unit s, ms, us or ns"),
    };

    /// <summary>The name as it is typed.</summary>
    public static string Of(AccelUnit unit) => unit switch
    {
        AccelUnit.G => "g",
        AccelUnit.MilliG => "mg",
        AccelUnit.MetersPerSecondSquared => "m/s2",
        _ => "counts",
    };

    /// <summary>The name as it is typed.</summary>
    public static string Of(GyroUnit unit) => unit switch
    {
        GyroUnit.RadiansPerSecond => "rad/s",
        GyroUnit.DegreesPerSecond => "deg/s",
        GyroUnit.MilliDegreesPerSecond => "mdps",
        _ => "counts",
    };

    /// <summary>The name as it is typed.</summary>
    public static string Of(TimeUnit unit) => unit switch
    {
        TimeUnit.Seconds => "s",
        TimeUnit.Milliseconds => "ms",
        TimeUnit.Microseconds => "us",
        _ => "ns",
    };

    /// <summary>Seconds in one unit of time.</summary>
    public static double SecondsIn(TimeUnit unit) => unit switch
    {
        TimeUnit.Seconds => 1,
        TimeUnit.Milliseconds => 1e-3,
        TimeUnit.Microseconds => 1e-6,
        _ => 1e-9,
    };

    private static string Fold(string text) => text.Trim().ToLowerInvariant().Replace("²", "2", StringComparison.Ordinal);

    private static InputException Unknown(string what, string text, string choices) =>
        new($"'{text}' is not a unit of the {what}.", $"Use {choices}.", 2);
}
