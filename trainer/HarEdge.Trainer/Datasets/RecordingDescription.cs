using System.Globalization;
using System.Text;

namespace HarEdge.Trainer.Datasets;

/// <summary>
/// What a CSV file says about itself in its first line, so that reading it needs no options:
/// <c># haredge recording 1; accel-unit=counts; gyro-unit=counts; accel-range-g=4; gyro-range-dps=500; rate-hz=50; subject=anna; placement=waist</c>.
/// Every entry may be missing.
/// </summary>
internal sealed record RecordingDescription
{
    /// <summary>How the line begins.</summary>
    public const string Marker = "# haredge recording ";

    /// <summary>Length that <see cref="ToLine"/> fills with blanks, so that the line can be corrected in place.</summary>
    public const int LineLength = 256;

    private const char Version = '1';

    /// <summary>Unit of ax ay az.</summary>
    public AccelUnit? AccelUnit { get; init; }

    /// <summary>Unit of gx gy gz.</summary>
    public GyroUnit? GyroUnit { get; init; }

    /// <summary>Full scale of the accelerometer, ± g: what counts are counts of.</summary>
    public int? AccelRangeG { get; init; }

    /// <summary>Full scale of the gyroscope, ± °/s.</summary>
    public int? GyroRangeDps { get; init; }

    /// <summary>Nominal samples per second.</summary>
    public double? RateHz { get; init; }

    /// <summary>The wearer.</summary>
    public string? Subject { get; init; }

    /// <summary>Place on the body.</summary>
    public string? Placement { get; init; }

    /// <summary>The line without its terminator, <see cref="LineLength"/> characters.</summary>
    public string ToLine()
    {
        var line = new StringBuilder(Marker).Append(Version);
        Add("accel-unit", AccelUnit is { } accel ? UnitNames.Of(accel) : null);
        Add("gyro-unit", GyroUnit is { } gyro ? UnitNames.Of(gyro) : null);
        Add("accel-range-g", AccelRangeG?.ToString(CultureInfo.InvariantCulture));
        Add("gyro-range-dps", GyroRangeDps?.ToString(CultureInfo.InvariantCulture));
        Add("rate-hz", RateHz?.ToString(CultureInfo.InvariantCulture));
        Add("subject", Subject);
        Add("placement", Placement);
        return line.ToString().PadRight(LineLength);

        void Add(string key, string? value)
        {
            if (value is not null)
            {
                line.Append("; ").Append(key).Append('=').Append(value);
            }
        }
    }

    /// <summary>Reads a first line; null when the file does not describe itself. A spreadsheet's trailing separators are passed over.</summary>
    /// <param name="line">Without its terminator.</param>
    /// <param name="fileName">Name for messages.</param>
    /// <exception cref="InputException">The line begins as a description and cannot be understood.</exception>
    public static RecordingDescription? Parse(string line, string fileName)
    {
        if (!line.StartsWith(Marker, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = line[Marker.Length..].TrimEnd(',', ';', '\t', ' ').Split(';', StringSplitOptions.TrimEntries);
        if (parts[0] != Version.ToString())
        {
            throw new InputException(
                $"'{fileName}' describes itself in version {parts[0]}, this program knows version {Version}.", "Use a newer haredge.");
        }

        return parts.Skip(1).Aggregate(new RecordingDescription(), (description, entry) => description.With(entry, fileName));
    }

    private RecordingDescription With(string entry, string fileName)
    {
        var equals = entry.IndexOf('=', StringComparison.Ordinal);
        var value = entry[(equals + 1)..].Trim();
        return (equals < 0 ? entry : entry[..equals].Trim()) switch
        {
            "accel-unit" when UnitNames.TryParseAccel(value) is { } unit => this with { AccelUnit = unit },
            "gyro-unit" when UnitNames.TryParseGyro(value) is { } unit => this with { GyroUnit = unit },
            "accel-range-g" when value is "2" or "4" or "8" or "16" => this with { AccelRangeG = int.Parse(value, CultureInfo.InvariantCulture) },
            "gyro-range-dps" when value is "250" or "500" or "1000" or "2000" =>
                this with { GyroRangeDps = int.Parse(value, CultureInfo.InvariantCulture) },
            "rate-hz" when double.TryParse(value, CultureInfo.InvariantCulture, out var hz) && hz is > 0 and < 100000 => this with { RateHz = hz },
            "subject" when value.Length > 0 => this with { Subject = value },
            "placement" when value.Length > 0 => this with { Placement = value },
            _ => throw new InputException(
                $"'{fileName}' line 1: '{entry}' is no part of a description.",
                "Correct it (docs/RECORDING.md lists the parts), or delete the line and give units and rate as options."),
        };
    }
}
