using System.Text;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>A name in a header row apart from the unit in it: <c>ax_mg</c>, <c>AccX [mg]</c>, <c>ACCELEROMETER X (m/s²)</c>, <c>gyro_x_dps</c>, <c>time_us</c>.</summary>
internal readonly record struct ColumnName(string Name, string Unit)
{
    private static readonly HashSet<string> UnitWords =
    [
        "g", "gs", "mg", "ms2", "mps2", "mss", "dps", "mdps", "degs", "degps", "degsec", "rads", "radps", "radsec",
        "lsb", "raw", "count", "counts", "adc", "s", "sec", "secs", "seconds", "ms", "msec", "millis", "us", "usec", "micros", "ns", "nanos",
    ];

    /// <summary>Whether it is an axis without a sensor: <c>x</c>, <c>x-axis</c>.</summary>
    public bool IsPlainAxis(char axis) => Name == $"{axis}" || Name == axis + "axis";

    /// <summary>Lower case; the unit is what stands in brackets, otherwise the words at the end that are one.</summary>
    public static ColumnName Of(string header)
    {
        var bracket = header.IndexOfAny(['(', '[', '{']);
        if (bracket > 0)
        {
            return new ColumnName(string.Concat(Words(header[..bracket])), Fold(header[(bracket + 1)..].TrimEnd(')', ']', '}', ' ')));
        }

        var words = Words(header);
        for (var length = Math.Min(3, words.Count - 1); length > 0; length--)
        {
            var unit = string.Concat(words.TakeLast(length));
            if (UnitWords.Contains(unit))
            {
                return new ColumnName(string.Concat(words.SkipLast(length)), unit);
            }
        }

        var name = string.Concat(words);
        return new ColumnName(name, name is "millis" or "micros" or "nanos" ? name : name is "gfx" or "gfy" or "gfz" ? "g" : "");
    }

    /// <summary>The unit as one of the accelerometer; null for none.</summary>
    public AccelUnit? Accel => Unit switch
    {
        "g" or "gs" => AccelUnit.G,
        "mg" or "millig" => AccelUnit.MilliG,
        "m/s2" or "m/s/s" or "m/ss" or "ms2" or "mps2" or "mss" or "ms-2" or "m.s-2" or "m*s-2" or "m·s-2" => AccelUnit.MetersPerSecondSquared,
        "lsb" or "raw" or "count" or "counts" or "adc" => AccelUnit.Counts,
        _ => null,
    };

    /// <summary>The unit as one of the gyroscope; null for none.</summary>
    public GyroUnit? Gyro => Unit switch
    {
        "dps" or "deg/s" or "°/s" or "º/s" or "degs" or "degps" or "degsec" or "deg/sec" or "degrees/s" or "degree/s" or "°/sec" => GyroUnit.DegreesPerSecond,
        "mdps" or "mdeg/s" or "m°/s" => GyroUnit.MilliDegreesPerSecond,
        "rad/s" or "rads" or "radps" or "radsec" or "rad/sec" or "radians/s" or "rads-1" or "rad.s-1" => GyroUnit.RadiansPerSecond,
        "lsb" or "raw" or "count" or "counts" or "adc" => GyroUnit.Counts,
        _ => null,
    };

    /// <summary>The unit as one of time; null for none.</summary>
    public TimeUnit? Time => Unit switch
    {
        "s" or "sec" or "secs" or "seconds" => TimeUnit.Seconds,
        "ms" or "msec" or "millis" or "milliseconds" => TimeUnit.Milliseconds,
        "us" or "usec" or "micros" or "microseconds" or "µs" or "μs" => TimeUnit.Microseconds,
        "ns" or "nanos" or "nanoseconds" => TimeUnit.Nanoseconds,
        _ => null,
    };

    private static string Fold(string unit) => unit.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal)
        .Replace("^", "", StringComparison.Ordinal).Replace('²', '2').Replace('−', '-').Replace("⁻²", "-2", StringComparison.Ordinal);

    private static List<string> Words(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (var c in text.Replace('²', '2').Append(' '))
        {
            if (char.IsLetterOrDigit(c) || c == '°')
            {
                word.Append(char.ToLowerInvariant(c));
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return words;
    }
}
