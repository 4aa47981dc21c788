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
