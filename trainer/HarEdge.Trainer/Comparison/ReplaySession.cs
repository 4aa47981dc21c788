using System.Diagnostics;
using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Comparison;

/// <summary>
/// Streams recordings to a device in replay mode, a block at a time, and reads its decisions back. A block or acknowledgement lost on
/// either wire is noticed by the device's sample count and sent again, never twice. The device goes back to its sensor at the end, whatever happened.
/// </summary>
/// <param name="listener">Reads the device's console.</param>
/// <param name="commands">Leads to its second UART.</param>
/// <param name="model">The model both sides carry.</param>
internal sealed class ReplaySession(DeviceListener listener, DeviceCommands commands, FixedPointModel model)
{
    private const int MostTries = 5;

    private readonly List<DecisionRecord> decisions = [];
    private readonly List<double> decisionMs = [];
    private readonly List<double> echoMs = [];
    private readonly Stopwatch clock = new();
    private int stepped;
    private int resent;
    private double? decidedAfterMs;

    /// <summary>How long an answer may take before it counts as lost; a board steps a block in a few milliseconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Replays recordings, each run from an empty window.</summary>
    /// <param name="sets">In counts of the model's ranges.</param>
    /// <param name="progress">Receives the share of samples done.</param>
    /// <param name="cancellation">Stops between blocks; what was replayed counts.</param>
    /// <exception cref="InputException">The device does not answer.</exception>
    public ReplayReport Run(IReadOnlyList<DataSet> sets, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var tally = new ReplayTally(model);
        var all = sets.SelectMany(set => set.Recordings.Select(recording => (set, recording))).ToList();
        var total = Math.Max(1, all.Sum(pair => pair.recording.Runs.Sum(run => (long)run.Length)));
        var done = 0L;
        var recordings = 0;
        listener.Received += Note;
        try
        {
            Enter();
            foreach (var (set, recording) in all)
            {
                recordings += cancellation.IsCancellationRequested ? 0 : 1;
                foreach (var run in recording.Runs)
                {
                    if (!cancellation.IsCancellationRequested)
                    {
                        progress?.Report(new StepProgress("Replaying to the device", (double)done / total, recording.Name));
                        done += Replay(tally, set, recording, run, cancellation);
                    }
                }
            }
        }
        finally
        {
            listener.Received -= Note;
            commands.Send("LIVE");
        }

        return new ReplayReport
        {
            Recordings = recordings,
            Samples = done,
            Windows = tally.Windows,
            Divergences = tally.Divergences,
            LostDecisions = tally.LostDecisions,
            Resent = resent,
            First = tally.First,
            Device = tally.Device,
            Desktop = tally.Desktop,
            Decision = LatencySummary.Of(decisionMs),
            Echo = LatencySummary.Of(echoMs),
        };
    }

    // A device left in replay mode would not say REPLAY again.
    private void Enter()
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            commands.Send("LIVE");
            commands.Send("REPLAY");
            if (listener.WaitFor<EventRecord>(happened => happened.Code == "REPLAY", Patience, CancellationToken.None) is { } entered)
            {
                stepped = entered.Sample;
                return;
            }
        }

        throw new InputException(
            $"The device does not answer REPLAY on port {commands.PortName}.",
            "Set DeviceSettings.HasCommandPort, wire the adapter to TX2 and RX2 (hardware/WIRING.md) and name its port with --command-port.");
    }

    // Samples sent.
    private int Replay(ReplayTally tally, DataSet set, Recording recording, Run run, CancellationToken cancellation)
    {
        StartOver();
        var before = stepped;
        decisions.Clear();
        var lost = listener.Link.LostLines;
        var at = run.Start;
        while (at < run.End && !cancellation.IsCancellationRequested)
        {
            var count = Math.Min(RawBlockRecord.MostSamples, run.End - at);
            SendBlock(Counts(recording, at, count), count);
            at += count;
        }

        var sent = recording with { Runs = [new Run(run.Start, at)] };
        tally.Add(set, sent, before + 1, decisions, listener.Link.LostLines != lost);
        return at - run.Start;
    }

    private void StartOver()
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            commands.Send("FORGET");
            if (listener.WaitFor<EventRecord>(happened => happened.Code == "FORGOTTEN", Patience, CancellationToken.None) is { } forgotten)
            {
                // A late answer to an earlier question may have told another count.
                stepped = forgotten.Sample;
                return;
            }
        }

        throw Silent();
    }

    private void SendBlock(short[] counts, int count)
    {
        var target = stepped + count;
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            decidedAfterMs = null;
            clock.Restart();
            commands.SendBlock(stepped + 1, counts);
            if (IsAcknowledged(target))
            {
                NoteTime(attempt);
                stepped = target;
                return;
            }

            if (HasStepped(target))
            {
                stepped = target;
                return;
            }

            resent++;
        }

        throw Silent();
    }

    // A block that is late must not be sent again. Lines are served in order, so the count after a question shows; but a report that was on
    // its way before may come first, so a count without the block is believed only when none with it follows.
    private bool HasStepped(int target)
    {
        var isDenied = false;
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            if (!isDenied)
            {
                commands.Send("INFO");
            }

            var known = listener.WaitFor<TelemetryRecord>(record => SamplesAfter(record) is not null, Patience, CancellationToken.None);
            if (known is null && isDenied)
            {
                break;
            }

            if (known is not null && SamplesAfter(known) == target)
            {
                return true;
            }

            isDenied |= known is not null;
        }

        return isDenied ? false : throw Silent();
    }

    private bool IsAcknowledged(int target) =>
        listener.WaitFor<EventRecord>(happened => happened.Code == "BLOCK" && happened.Sample == target, Patience, CancellationToken.None) is not null;

    // A late acknowledgement shows the count as well as the health record does.
    private static int? SamplesAfter(TelemetryRecord record) => record switch
    {
        EventRecord { Code: "BLOCK" } block => block.Sample,
        HealthRecord health => health.Samples,
        _ => null,
    };

    private void NoteTime(int attempt)
    {
        if (attempt == 0)
        {
            (decidedAfterMs is null ? echoMs : decisionMs).Add(decidedAfterMs ?? clock.Elapsed.TotalMilliseconds);
        }
    }

    private void Note(TelemetryRecord record)
    {
        if (record is DecisionRecord decision)
        {
            decisions.Add(decision);
            decidedAfterMs = clock.Elapsed.TotalMilliseconds;
        }
    }

    private static short[] Counts(Recording recording, int start, int count)
    {
        var counts = new short[count * SensorScale.ChannelCount];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = recording.Channels[i % SensorScale.ChannelCount][start + (i / SensorScale.ChannelCount)];
        }

        return counts;
    }

    private InputException Silent() => new(
        $"The device stopped answering after sample {stepped}.",
        listener.IsLost ? "Plug the console's cable in again and run the command again." : "Check both cables and the board's power, and run the command again.");
}
