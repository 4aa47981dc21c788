using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Cli.Comparing;

/// <summary>One comparison with a device: who it is, its boot self-test, its own samples, and recordings replayed to it.</summary>
/// <param name="models">The desktop's models; the device carries one of them.</param>
/// <param name="knownAnswers">The number of known answers a model has.</param>
/// <param name="source">The device's console.</param>
/// <param name="commands">Its second UART; null when it is not wired.</param>
/// <param name="terminal">Where progress is told.</param>
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
        listener.Heard += record =>
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
