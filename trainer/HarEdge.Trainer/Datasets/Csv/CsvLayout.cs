using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>All that is known about CSV files before their rows are read: from the user, the layout, and each file's own first line.</summary>
internal sealed record CsvLayout
{
    public AccelUnit? AccelUnit { get; init; }

    public GyroUnit? GyroUnit { get; init; }

    /// <summary>Ranges that values in counts are counts of.</summary>
    public required SensorRange CountsRange { get; init; }

    public required ClassList Classes { get; init; }

    /// <summary>The wearer when the file has no column for them.</summary>
    public required Func<SourceEntry, string> SubjectOf { get; init; }

    /// <summary>The label of all rows when the file has no column for it; null for none.</summary>
    public Func<SourceEntry, string?>? LabelOf { get; init; }

    public string? Columns { get; init; }

    public double? RateHz { get; init; }

    public TimeUnit? TimeUnit { get; init; }

    /// <summary>Whether the ranges of counts were stated, by the user or by a file.</summary>
    public bool IsRangeStated { get; init; }

    /// <summary>Sentences for the user that files have in common, each said once.</summary>
    public required FileNotes Notes { get; init; }

    /// <summary>How people and classes were taken from the paths; said when a file has no column for them.</summary>
    public string? PathNote { get; init; }

    public char? Delimiter { get; init; }

    /// <summary>Whether gyroscopes are left out.</summary>
    public bool IsAccelerometerOnly { get; init; }

    /// <summary>The same for a file that describes itself: it fills in what the user has not said.</summary>
    public CsvLayout With(RecordingDescription description) => this with
    {
        AccelUnit = AccelUnit ?? description.AccelUnit,
        GyroUnit = GyroUnit ?? description.GyroUnit,
        CountsRange = new SensorRange(description.AccelRangeG ?? CountsRange.AccelG, description.GyroRangeDps ?? CountsRange.GyroDps),
        IsRangeStated = IsRangeStated || (description.AccelRangeG is not null && description.GyroRangeDps is not null),
        RateHz = RateHz ?? description.RateHz,
        SubjectOf = description.Subject is { } subject ? _ => subject : SubjectOf,
        PathNote = description.Subject is null ? PathNote : null,
    };

    /// <summary>The same for a file whose header names units: they fill in what neither the user nor the file's first line has said.</summary>
    public CsvLayout With(CsvColumns columns) => this with
    {
        AccelUnit = AccelUnit ?? columns.AccelUnit,
        GyroUnit = GyroUnit ?? columns.GyroUnit,
        TimeUnit = TimeUnit ?? columns.TimeUnit,
    };

    /// <summary>The units of a file; of a sensor that it does not have, any.</summary>
    /// <exception cref="InputException">Nobody has said them (exit code 2).</exception>
    /// <param name="fileName">For messages.</param>
    /// <param name="hasGyroscope">Whether the file has one.</param>
    /// <param name="hasAccelerometer">The same; without one its unit is any.</param>
    public FileUnits UnitsOf(string fileName, bool hasGyroscope, bool hasAccelerometer = true) => new(
        AccelUnit ?? (hasAccelerometer ? (AccelUnit?)null : Datasets.AccelUnit.G) ?? throw new InputException(
            $"The unit of the accelerometer in '{fileName}' is not known.", "Give it with --accel-unit g, mg, m/s2 or counts.", 2),
        !hasGyroscope ? null : GyroUnit ?? throw new InputException(
            $"The unit of the gyroscope in '{fileName}' is not known.", "Give it with --gyro-unit rad/s, deg/s, mdps or counts.", 2),
        CountsRange);
}
