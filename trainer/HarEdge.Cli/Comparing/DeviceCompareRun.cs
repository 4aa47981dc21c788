using System.Globalization;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Cli.Comparing;

/// <summary>One comparison with a device: who it is, its boot self-test, its own samples, and recordings replayed to it.</summary>
/// <param name="models">The desktop's models; the device carries one of them.</param>
/// <param name="knownAnswers">The number of known answers a model has.</param>
/// <param name="source">The device's console.</param>
/// <param name="commands">Its second UART; null when it is not wired.</param>
/// <param name="terminal">Where progress is reported.</param>
internal sealed class DeviceCompareRun(
    IReadOnlyList<FixedPointModel> models, Func<FixedPointModel, int> knownAnswers, OpenedSource source, DeviceCommands? commands, Terminal terminal)
{
    // The banner comes once a minute.
    private static readonly TimeSpan LongestBanner = TimeSpan.FromSeconds(75);

    // Beyond the time the windows themselves take: someone has to find the button.
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Unlimited = TimeSpan.FromDays(365);

    /// <summary>Runs it.</summary>
    /// <param name="windows">Windows to compare live.</param>
    /// <param name="replayed">Reads what to replay to a device with a model; null for nothing.</param>
    /// <param name="cancellation">Ends the stage that is running; what was compared counts.</param>
    /// <exception cref="InputException">It is another device than expected, or none.</exception>
    public DeviceCompareReport Run(int windows, Func<FixedPointModel, IReadOnlyList<DataSet>>? replayed, CancellationToken cancellation)
    {
        var listener = new DeviceListener(source);

        // The banner names the model; until then each of them takes what comes.
        var candidates = models.Select(model => (Model: model, Boot: new BootCheck(() => knownAnswers(model)), Live: new LiveComparison(model, listener.Link))).ToList();
        BannerRecord? banner = null;
        TimingRecord? timing = null;
        var isLive = true;
        listener.Received += record =>
        {
            if (record is BannerRecord said)
            {
                var carried = candidates.FirstOrDefault(candidate => candidate.Model.Id == said.Model, candidates[0]);
                DeviceIdentity.Verify(said, carried.Model);
                candidates.RemoveAll(candidate => candidate != carried);
                banner = said;
            }

            timing = record as TimingRecord ?? timing;
            foreach (var candidate in candidates)
            {
                candidate.Boot.Take(record);
                if (isLive)
                {
                    candidate.Live.Take(record);
                }
            }
        };
        Meet(listener, () => banner is not null, cancellation);
        var (model, boot, live) = candidates[0];
        Listen(listener, live, boot, model.Signal, windows, cancellation);
        isLive = false;
        var sets = replayed?.Invoke(model);
        var replay = sets is null || commands is null || boot.Outcome == BootOutcome.Failed || cancellation.IsCancellationRequested
            ? null
            : ProgressDisplay.Run(terminal, progress => new ReplaySession(listener, commands, model).Run(sets, progress, cancellation));
        return new DeviceCompareReport(source.Name, model, banner!, boot, live, replay, sets, timing, listener.Link);
    }

    private void Meet(DeviceListener listener, Func<bool> isMet, CancellationToken cancellation)
    {
        commands?.Send("INFO");
        if (commands is null && source.IsPort)
        {
            terminal.Say("Waiting for the device to say who it is, which it does once a minute. Press its reset button to have it at once, with the self-test.");
        }

        if (listener.Until(isMet, LongestBanner, cancellation))
        {
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        throw new InputException(
            listener.Link.Records > 0
                ? $"{source.Name} has records of a device, but none says which model it carries."
                : $"{source.Name} has no line of a HarEdge device ({listener.Link.Bytes} bytes came).",
            "Listen for more than a minute, or from a reset on; haredge doctor --port finds out what is wrong with a device.",
            3);
    }

    private void Listen(DeviceListener listener, LiveComparison live, BootCheck boot, SignalSettings signal, int windows, CancellationToken cancellation)
    {
        if (!source.IsPort)
        {
            listener.Until(() => false, Unlimited, cancellation);
            return;
        }

        // Recording that is on already is begun anew: then the first sample begins a window, and the calibration is told.
        commands?.Send("STOP");
        commands?.Send("RECORD");
        if (commands is null)
        {
            terminal.Say("Hold the BOOT button for two seconds to start recording mode: the desktop then decides on the same samples.");
        }

        var longest = LongestStart + TimeSpan.FromSeconds((double)(windows + 2) * signal.HopSamples / signal.SampleRateHz);
        ProgressDisplay.Run(terminal, progress => listener.Until(() => IsEnough(progress), longest, cancellation));
        commands?.Send("STOP");

        bool IsEnough(IProgress<StepProgress> progress)
        {
            progress.Report(new StepProgress("Comparing on the device's own samples", (double)live.Windows / windows));
            return live.Windows >= windows || boot.Outcome == BootOutcome.Failed;
        }
    }
}

/// <summary>A comparison with a device as tables.</summary>
internal static class DeviceCompareTables
{
    /// <summary>All of them.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="data">Names what was replayed.</param>
    /// <param name="estimate">What its measured time is compared with; null when it measured none, or its chip is not known.</param>
    public static IEnumerable<ReportTable> Of(DeviceCompareReport report, string data, TimeEstimate? estimate)
    {
        yield return Agreement(report);
        if (report.Replay is { Device: { } device, Desktop: { } desktop })
        {
            yield return Accuracy(device, desktop, data);
        }

        if (report.Replay is { } replay && (replay.Decision ?? replay.Echo) is not null)
        {
            yield return Latency(replay);
        }

        if (report.Timing is { } timing)
        {
            yield return ChipTime(timing, estimate);
        }
    }

    private static ReportTable ChipTime(TimingRecord timing, TimeEstimate? estimate) => new(
        "time of a decision on the chip, the samples of its hop included, ms",
        ["", "mean", "range", "worst", "of"],
        [
            timing.Decisions == 0
                ? ["measured by the device", "–", "–", "–", "not measured: no time passes in a simulation"]
                : ["measured by the device", Ms(timing.MeanMicros / 1000.0), "–", Ms(timing.WorstMicros / 1000.0), $"{timing.Decisions} decisions"],
            .. estimate is null ? Array.Empty<IReadOnlyList<string>>() :
            [
                ["estimated before flashing", Ms(estimate.Mean.Likely), $"{Ms(estimate.Mean.Low)} to {Ms(estimate.Mean.High)}", Ms(estimate.Worst.High), estimate.Chip],
            ],
        ]);

    private static ReportTable Agreement(DeviceCompareReport report)
    {
        var (boot, live, replay) = (report.Boot, report.Live, report.Replay);
        return new ReportTable(
            $"device against desktop, bit for bit: model {report.Banner.Model} on {report.Banner.Board}, firmware {report.Banner.Firmware}, at {report.Source}",
            ["check", "windows", "differ", "remark"],
            [
                ["known answers at boot", Number(boot.Checks), boot.Outcome == BootOutcome.Failed ? "1" : "0", Remark(boot)],
                ["live, on the device's own samples", Number(live.Windows), Number(live.Divergences), live.Samples == 0
                    ? "no raw samples came: recording mode was off"
                    : $"{live.Decisions} of them after the filter, too; {live.Unchecked} decisions without all their samples"],
                ["replayed recordings", Number(replay?.Windows ?? 0), Number(replay?.Divergences ?? 0), replay is null
                    ? "not done: it needs the second UART (--command-port)"
                    : $"{replay.Recordings} recordings; {replay.LostDecisions} decisions lost on the wire, {replay.Resent} blocks sent again"],
            ]);
    }

    private static ReportTable Accuracy(SideScores device, SideScores desktop, string data) => new(
        $"device and desktop against the labels: {data}, windows of one activity",
        ["class", "windows", "device", "desktop"],
        [
            .. device.Windows.Classes.Select((name, label) => (IReadOnlyList<string>)
                [name, Number(device.Windows.Confusion[label].Sum()), Recall(device.Windows, label), Recall(desktop.Windows, label)]),
            ["all", Number(device.Windows.Windows), ReportTable.Percent(device.Windows.Accuracy), ReportTable.Percent(desktop.Windows.Accuracy)],
            ["all, after the filter", Number(device.Decisions.Windows), ReportTable.Percent(device.Decisions.Accuracy), ReportTable.Percent(desktop.Decisions.Accuracy)],
        ]);

    private static ReportTable Latency(ReplayReport replay) => new(
        "time from sending a block to the answer, ms",
        ["answer", "blocks", "median", "95 %", "longest"],
        [.. new[] { ("decision", replay.Decision), ("acknowledgement only", replay.Echo) }.Where(row => row.Item2 is not null).Select(row => (IReadOnlyList<string>)
            [row.Item1, Number(row.Item2!.Count), Ms(row.Item2.MedianMs), Ms(row.Item2.P95Ms), Ms(row.Item2.LongestMs)])]);

    private static string Remark(BootCheck boot) => boot.Outcome switch
    {
        BootOutcome.Passed => "passed",
        BootOutcome.Failed => boot.FirstFailure >= 0 ? $"failed at known answer {boot.FirstFailure}: the device reports no activity" : "failed: the device reports no activity",
        BootOutcome.Incomplete => "passed, but the desktop's model has another number of known answers",
        _ => "not seen: the device was running already; reset it while this listens",
    };

    private static string Recall(ClassificationScores scores, int label)
    {
        var labelled = scores.Confusion[label].Sum();
        return ReportTable.Percent(labelled == 0 ? double.NaN : (double)scores.Confusion[label][label] / labelled);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Ms(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}

/// <summary>What a decision should take on a device's chip, the samples of its hop included, beside which its own measurement is shown.</summary>
/// <param name="Chip">The chip.</param>
/// <param name="Mean">Milliseconds, with the range the estimate is likely in.</param>
/// <param name="Worst">The proven worst case.</param>
internal sealed record TimeEstimate(string Chip, Interval Mean, Interval Worst)
{
    /// <summary>The estimate for a model on a runtime's image; null when no chip of the table has it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="target">The image, as the banner names it.</param>
    /// <param name="progress">Receives the share of the counting done.</param>
    public static TimeEstimate? Of(FixedPointModel model, string target, IProgress<StepProgress>? progress = null)
    {
        if (ChipTable.Default.Chips.FirstOrDefault(one => one.HasImage(target)) is not { } chip)
        {
            return null;
        }

        // Counted on the synthetic wearer: which windows come decides little, and the device's own are not kept.
        var range = model.Signal.Range;
        var worn = SyntheticWearer.Create(new SyntheticOptions { Subjects = 2, SecondsPerActivity = 20, Range = range });
        var cost = CostMeter.Measure(model, [worn], progress);
        var (mean, worst) = StepCost.OfHop(cost.PerSample, cost.PerDecision, model.Signal.HopSamples);
        return new TimeEstimate(chip.Name, chip.Milliseconds(mean), chip.Milliseconds(worst));
    }
}
