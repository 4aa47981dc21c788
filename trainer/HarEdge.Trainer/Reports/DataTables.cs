using System.Globalization;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Reports;

/// <summary>What is in a data set and what happened to it on the way in, as tables.</summary>
internal static class DataTables
{
    /// <summary>All of them, in reading order.</summary>
    public static IReadOnlyList<ReportTable> Of(DataManifest data)
    {
        var name = data.IsSynthetic ? data.Name + " (SYNTHETIC data)" : data.Name;
        List<ReportTable> tables = [People(name, data), Classes(name, data), Door(name, data)];
        if (data.Files.Count > 0)
        {
            tables.Insert(0, Files(name, data));
        }

        return tables;
    }

    /// <summary>How the files were read, a row for those read alike; none for generated data.</summary>
    public static IReadOnlyList<ReportTable> Read(IReadOnlyList<FilesReadAlike> files) =>
    [
        .. files.GroupBy(alike => alike.Dataset).Select(set => new ReportTable(
            $"How the files were read: {set.Key}",
            ["recordings", "first file", "columns", "units", "timestamps", "rate Hz", "rows", "interpolated", "long gaps", "dead rows", "limited values"],
            [.. set.Select(alike => (IReadOnlyList<string>)
            [
                ScoreTables.Number(alike.Recordings),
                alike.FirstFile,
                alike.Columns ?? "of the layout",
                alike.Units ?? "of the layout",
                alike.Timestamps ?? "none",
                Rate(alike.LowestRateHz) == Rate(alike.HighestRateHz) ? Rate(alike.LowestRateHz) : $"{Rate(alike.LowestRateHz)}-{Rate(alike.HighestRateHz)}",
                Number(alike.Rows),
                Number(alike.SamplesInterpolated),
                Number(alike.LongGaps),
                Number(alike.RowsDead),
                Number(alike.ValuesClipped),
            ])])),
    ];

    /// <summary>Recordings that were read alike, the odd ones first.</summary>
    public static IReadOnlyList<FilesReadAlike> ReadAlike(DataSet set) =>
    [
        .. set.Recordings.Select(recording => recording.Origin).OfType<RecordingOrigin>()
            .GroupBy(origin => $"{origin.Columns}|{origin.Units}|{origin.TimeUnit}")
            .SelectMany(alike => ByRate([.. alike]))
            .OrderBy(group => group.Length).ThenBy(group => group[0].FileName, StringComparer.Ordinal)
            .Select(group => new FilesReadAlike(
                set.Name,
                group.Length,
                Path.GetFileName(group[0].FileName),
                group[0].Columns,
                group[0].Units,
                group[0].StampRateHz is null ? null : group[0].TimeUnit is { } unit ? UnitNames.Of(unit) : "of the layout",
                group.Min(origin => origin.RateHz),
                group.Max(origin => origin.RateHz),
                group.Sum(origin => origin.Rows),
                group.Sum(origin => origin.SamplesInterpolated),
                group.Sum(origin => origin.LongGaps),
                group.Sum(origin => origin.RowsDead),
                group.Sum(origin => origin.ValuesClipped))),
    ];

    /// <summary>Clocks differ by some parts in a hundred from file to file; the files are alike for all that.</summary>
    private static IEnumerable<RecordingOrigin[]> ByRate(RecordingOrigin[] origins)
    {
        const double SameRate = 1.02;
        var sorted = origins.OrderBy(origin => origin.RateHz).ToArray();
        var start = 0;
        for (var i = 1; i <= sorted.Length; i++)
        {
            if (i == sorted.Length || sorted[i].RateHz > SameRate * sorted[i - 1].RateHz)
            {
                yield return [.. sorted[start..i].OrderBy(origin => origin.FileName, StringComparer.Ordinal).ThenBy(origin => origin.FirstLine)];
                start = i;
            }
        }
    }

    private static string Rate(double hz) => hz.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Each file, or for a large set a row a folder: the hash of each is in <c>--json</c>.</summary>
    private static ReportTable Files(string name, DataManifest data)
    {
        const int MostListed = 200;
        return data.Files.Count <= MostListed
            ? new ReportTable($"Files: {name}", ["file", "SHA-256"], [.. data.Files.Select(file => (IReadOnlyList<string>)[file.Name, file.Sha256])])
            : new ReportTable(
                $"Files: {name}, by folder (--json has the SHA-256 of each)",
                ["folder", "files"],
                [.. data.Files.GroupBy(file => file.Name[..(file.Name.LastIndexOf('/') + 1)]).Select(group => (IReadOnlyList<string>)[group.Key.Length == 0 ? "." : group.Key, Number(group.Count())])]);
    }

    private static ReportTable People(string name, DataManifest data) => new(
        $"People: {name}",
        ["person", "recordings", "labelled s", "without label s", "never does", "test split"],
        [.. data.Subjects.Select(person => (IReadOnlyList<string>)
        [
            person.Subject,
            ScoreTables.Number(person.Recordings),
            Seconds(person.SamplesPerClass.Sum(), data.SampleRateHz),
            Seconds(person.Unlabeled, data.SampleRateHz),
            string.Join(", ", data.Classes.Where((_, index) => person.SamplesPerClass[index] == 0)),
            data.OfficialTestSubjects.Contains(person.Subject) ? "test" : "",
        ])]);

    private static ReportTable Classes(string name, DataManifest data) => new(
        $"Seconds by class: {name}",
        ["class", "seconds", "people"],
        [
            .. data.Classes.Select((label, index) => (IReadOnlyList<string>)
            [
                label,
                Seconds(data.SamplesPerClass[index], data.SampleRateHz),
                ScoreTables.Number(data.Subjects.Count(person => person.SamplesPerClass[index] > 0)),
            ]),
            ["without label", Seconds(data.Unlabeled, data.SampleRateHz), ScoreTables.Number(data.Subjects.Count(person => person.Unlabeled > 0))],
        ]);

    private static ReportTable Door(string name, DataManifest data)
    {
        var report = data.Report;
        return new ReportTable(
            $"On the way in: {name}, to counts at ±{data.AccelRangeG} g and ±{data.GyroRangeDps} °/s, {data.SampleRateHz} Hz",
            ["what", "count"],
            [
                ["rows read", Number(report.RowsRead)],
                ["rows with a missing value", Number(report.RowsIncomplete)],
                ["rows missing by their timestamps, in short gaps", Number(report.RowsDropped)],
                ["rows in no run", Number(report.RowsOutsideRuns)],
                ["samples interpolated (gaps up to 200 ms)", Number(report.SamplesInterpolated)],
                ["gaps over 200 ms, each ending a run", Number(report.LongGaps)],
                ["samples at 50 Hz", Number(report.SamplesWritten)],
                ["values limited to full scale", $"{Number(report.ValuesClipped)} ({ClippedPercent(report)})"],
                ["label rows shortened", Number(report.LabelRowsClamped)],
            ]);
    }

    // Clipping is rare where the range is right, so one decimal would hide it.
    private static string ClippedPercent(ImportReport report)
    {
        var values = report.SamplesWritten * Core.SensorScale.ChannelCount;
        var percent = values == 0 ? 0 : 100.0 * report.ValuesClipped / values;
        return percent.ToString("0.####", CultureInfo.InvariantCulture) + " %";
    }

    private static string Seconds(long samples, int rateHz) => ((double)samples / rateHz).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Recordings of a set whose files were read in the same way: columns, units, timestamps and, within some percent, rate.</summary>
/// <param name="Dataset">The set's name.</param>
/// <param name="Recordings">How many.</param>
/// <param name="FirstFile">The first of their files, without its folder.</param>
/// <param name="Columns">Which columns were taken for what; null where the layout leaves no choice.</param>
/// <param name="Units">Units of accelerometer and gyroscope; null where the layout fixes them.</param>
/// <param name="Timestamps">Unit of the timestamps; null without timestamps.</param>
/// <param name="LowestRateHz">Samples per second of the slowest.</param>
/// <param name="HighestRateHz">Samples per second of the fastest.</param>
/// <param name="Rows">Rows of all.</param>
/// <param name="SamplesInterpolated">Samples with an interpolated value.</param>
/// <param name="LongGaps">Gaps that end a run.</param>
/// <param name="RowsDead">Rows in which the sensor was dead.</param>
/// <param name="ValuesClipped">Values limited to full scale.</param>
internal sealed record FilesReadAlike(
    string Dataset,
    int Recordings,
    string FirstFile,
    string? Columns,
    string? Units,
    string? Timestamps,
    double LowestRateHz,
    double HighestRateHz,
    long Rows,
    long SamplesInterpolated,
    int LongGaps,
    long RowsDead,
    long ValuesClipped);
