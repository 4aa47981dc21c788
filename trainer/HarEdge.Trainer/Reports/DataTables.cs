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

    /// <summary>
    /// How the files were understood: those read alike share a row, the odd ones first. Null where nothing had to be understood (generated data).
    /// </summary>
    public static ReportTable? Understood(DataSet set)
    {
        IGrouping<string, RecordingOrigin>[] groups =
        [
            .. set.Recordings.Select(recording => recording.Origin).OfType<RecordingOrigin>()
                .GroupBy(origin => $"{origin.Columns}|{origin.Units}|{origin.TimeUnit}|{Rate(origin.RateHz)}")
                .OrderBy(group => group.Count()).ThenBy(group => group.First().FileName, StringComparer.Ordinal),
        ];
        return groups.Length == 0 ? null : new ReportTable(
            $"How the files were read: {set.Name}",
            ["recordings", "first file", "columns", "units", "timestamps", "rate Hz", "rows", "interpolated", "long gaps", "dead rows", "limited values"],
            [.. groups.Select(group => (IReadOnlyList<string>)
            [
                ScoreTables.Number(group.Count()),
                Path.GetFileName(group.First().FileName),
                group.First().Columns ?? "of the layout",
                group.First().Units ?? "of the layout",
                group.First().StampRateHz is null ? "none" : group.First().TimeUnit is { } unit ? UnitNames.Of(unit) : "of the layout",
                Rate(group.First().RateHz),
                Number(group.Sum(origin => origin.Rows)),
                Number(group.Sum(origin => origin.SamplesInterpolated)),
                Number(group.Sum(origin => origin.LongGaps)),
                Number(group.Sum(origin => origin.RowsDead)),
                Number(group.Sum(origin => origin.ValuesClipped)),
            ])]);
    }

    // Clocks differ by some parts in a thousand from file to file; the files are alike for all that.
    private static string Rate(double hz) => hz.ToString("0.#", CultureInfo.InvariantCulture);

    private static ReportTable Files(string name, DataManifest data) => new(
        $"Files: {name}",
        ["file", "SHA-256"],
        [.. data.Files.Select(file => (IReadOnlyList<string>)[file.Name, file.Sha256])]);

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
