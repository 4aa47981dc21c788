using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Comparing;

/// <summary>A comparison with a device as JSON carries it: shares 0..1, null where nothing was measured.</summary>
internal sealed record DeviceCompareMetrics
{
    public required string Model { get; init; }

    public required string Source { get; init; }

    public required string Board { get; init; }

    public required string Firmware { get; init; }

    public required BootMetrics Boot { get; init; }

    public required LiveMetrics Live { get; init; }

    public ReplayMetrics? Replay { get; init; }

    /// <summary>What a decision's last step took on the chip, by the device's last report; null before the first and where no time passes.</summary>
    public ChipTimeMetrics? ChipTime { get; init; }

    public required long LostLines { get; init; }

    /// <summary>Of a report.</summary>
    public static DeviceCompareMetrics Of(DeviceCompareReport report) => new()
    {
        Model = report.Banner.Model,
        Source = report.Source,
        Board = report.Banner.Board,
        Firmware = report.Banner.Firmware,
        Boot = new BootMetrics(report.Boot.Outcome, report.Boot.Checks, report.Boot.FirstFailure),
        Live = new LiveMetrics(
            report.Live.Samples, report.Live.Windows, report.Live.Decisions, report.Live.Unchecked, report.Live.Divergences, report.Live.First),
        Replay = report.Replay is { } replay ? ReplayMetrics.Of(replay) : null,
        ChipTime = report.Timing is { Decisions: > 0 } timing ? new ChipTimeMetrics(timing.Decisions, timing.MeanMicros, timing.WorstMicros) : null,
        LostLines = report.Link.LostLines,
    };
}

/// <summary>The boot self-test.</summary>
internal sealed record BootMetrics(BootOutcome Outcome, int Checks, int FirstFailure);

/// <summary>Time measured on the chip, µs.</summary>
internal sealed record ChipTimeMetrics(int Decisions, int MeanMicros, int WorstMicros);

/// <summary>The device's own samples.</summary>
internal sealed record LiveMetrics(long Samples, int Windows, int Decisions, int Unchecked, int Divergences, Divergence? First);

/// <summary>Replayed recordings.</summary>
internal sealed record ReplayMetrics(
    int Recordings,
    long Samples,
    int Windows,
    int Divergences,
    Divergence? First,
    int LostDecisions,
    int Resent,
    IReadOnlyList<ClassAgreement>? Classes,
    SideMetrics? Device,
    SideMetrics? Desktop,
    LatencySummary? Decision,
    LatencySummary? Acknowledgement)
{
    public static ReplayMetrics Of(ReplayReport report) => new(
        report.Recordings,
        report.Samples,
        report.Windows,
        report.Divergences,
        report.First,
        report.LostDecisions,
        report.Resent,
        report is { Device: { } device, Desktop: { } desktop } ? ClassAgreement.Of(device.Windows, desktop.Windows) : null,
        SideMetrics.Of(report.Device),
        SideMetrics.Of(report.Desktop),
        report.Decision,
        report.Echo);
}

/// <summary>One class on both sides.</summary>
internal sealed record ClassAgreement(string Class, int Windows, int DeviceRight, int DesktopRight)
{
    public static IReadOnlyList<ClassAgreement> Of(ClassificationScores device, ClassificationScores desktop) =>
        [.. device.Classes.Select((name, c) => new ClassAgreement(name, device.Confusion[c].Sum(), device.Confusion[c][c], desktop.Confusion[c][c]))];
}

/// <summary>One side's scores: each window by itself, and after the filter.</summary>
internal sealed record SideMetrics(ScoreMetrics Windows, ScoreMetrics Decisions)
{
    public static SideMetrics? Of(SideScores? scores) =>
        scores is null ? null : new SideMetrics(ScoreMetrics.Of(scores.Windows), ScoreMetrics.Of(scores.Decisions));
}
