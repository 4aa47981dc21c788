using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Cli.Comparing;

/// <summary>What a comparison with a device found.</summary>
/// <param name="Source">Where the device was.</param>
/// <param name="Model">The desktop's model that the device carries.</param>
/// <param name="Banner">Who it is.</param>
/// <param name="Boot">Its known answers.</param>
/// <param name="Live">Its own samples.</param>
/// <param name="Replay">Recordings sent to it; null when there was no way to send.</param>
/// <param name="Replayed">What they are of; null likewise.</param>
/// <param name="Timing">What its last report says a decision took on the chip; null before the first.</param>
/// <param name="Link">What the wire lost.</param>
internal sealed record DeviceCompareReport(
    string Source,
    FixedPointModel Model,
    BannerRecord Banner,
    BootCheck Boot,
    LiveComparison Live,
    ReplayReport? Replay,
    IReadOnlyList<DataSet>? Replayed,
    TimingRecord? Timing,
    LinkStatistics Link)
{
    /// <summary>Whether anything differs.</summary>
    public bool Differs => Boot.Outcome is BootOutcome.Failed or BootOutcome.Incomplete || Live.Divergences > 0 || Replay is { Divergences: > 0 };

    /// <summary>Whether any window was compared after the boot.</summary>
    public bool IsEmpty => Live.Windows == 0 && Replay is not { Windows: > 0 };
}

/// <summary>What a comparison with a device means for the user, and its exit code.</summary>
internal static class DeviceCompareVerdict
{
    private const int Failed = 1;

    /// <summary>Prints it.</summary>
    /// <returns>0 when everything compared is equal, 3 when anything differs, 1 when nothing was compared.</returns>
    public static int Report(Terminal terminal, DeviceCompareReport report, FixedPointModel model)
    {
        terminal.Note(report.Link.Explain());

        if ((report.Live.First ?? report.Replay?.First) is { } first)
        {
            return Refuse(
                terminal,
                $"Device and desktop disagree. {first.Describe(model.Classes)}.",
                "Update the board's runtime (haredge flash) and compare again; if it stays, report it with the log that haredge monitor --log keeps.",
                InputException.CheckFailed);
        }

        if (report.Differs)
        {
            return Refuse(
                terminal,
                report.Boot.Outcome == BootOutcome.Failed
                    ? $"The device failed its self-test at known answer {report.Boot.FirstFailure}, so it reports no activity."
                    : $"The device checked {report.Boot.Checks} known answers at boot, the desktop's model has another number.",
                "Generate both files of the model again (haredge generate), build, flash, and compare again.",
                InputException.CheckFailed);
        }

        if (report.IsEmpty)
        {
            return Refuse(
                terminal,
                "Nothing could be compared: no window came with all its raw samples.",
                "Hold BOOT for two seconds while this listens, or wire the second UART and give --command-port.",
                Failed);
        }

        terminal.Next("wear it, and watch it with haredge monitor.");
        return 0;
    }

    private static int Refuse(Terminal terminal, string message, string remedy, int exitCode)
    {
        terminal.Say("error: " + message);
        terminal.Say("  fix: " + remedy);
        return exitCode;
    }
}

/// <summary>A comparison with a device as JSON carries it: shares 0..1, null where nothing was measured.</summary>
internal sealed record DeviceCompareMetrics
{
    public required string ModelId { get; init; }

    /// <summary>Names of the data sets replayed, joined by '+'; null when the device's own samples alone were compared.</summary>
    public string? Dataset { get; init; }

    /// <summary>True when any of the replayed data was generated.</summary>
    public bool Synthetic { get; init; }

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
        ModelId = report.Banner.Model,
        Dataset = report.Replayed is { } replayed ? DataSet.NameOf(replayed) : null,
        Synthetic = report.Replayed is { } sets && DataSet.IsAnySynthetic(sets),
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
