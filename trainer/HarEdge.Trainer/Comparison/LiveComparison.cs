using HarEdge.Core;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Comparison;

/// <summary>
/// Compares what a device in recording mode decides with what the trainer's model makes of the very same samples, bit for bit. Records may
/// come as the wire brings them: a decision before the block that holds its sample, or after. Memory does not grow with time.
/// </summary>
internal sealed class LiveComparison
{
    // A block is at most twelve samples behind, so at most this many decisions wait for theirs.
    private const int MostWaiting = 8;

    private static readonly string[] StartingOver = ["GAP", "RECORD_ON", "WEAR_DONE", "FORGOTTEN", "REPLAY", "LIVE"];

    private readonly FixedPointModel model;
    private readonly LinkStatistics link;
    private readonly SampleReplay replay;
    private readonly Queue<(WindowVerdict Verdict, bool WithDecision, WindowAnswer Answer)> desktop = new();
    private readonly Queue<DecisionRecord> device = new();
    private bool hasReceived;
    private long lostSeen;
    private long restartsSeen;

    /// <param name="model">The trainer's model.</param>
    /// <param name="link">Of the reader the records come from: it counts what was lost before a record.</param>
    public LiveComparison(FixedPointModel model, LinkStatistics link)
    {
        this.model = model;
        this.link = link;
        replay = new SampleReplay(new InterpretedClassifier(model), (verdict, withDecision) => desktop.Enqueue((verdict, withDecision, replay!.LastAnswer!)));
    }

    /// <summary>Receives every decision of the device once, in order: compared, or not to be compared any more.</summary>
    public event Action<JudgedDecision>? Judged;

    /// <summary>Windows compared: features, scores, stage, class, confidence.</summary>
    public int Windows { get; private set; }

    /// <summary>Of them, those whose decision after the temporal filter was compared, too.</summary>
    public int Decisions { get; private set; }

    /// <summary>Decisions of the device whose samples did not all come: before recording, or around lost lines.</summary>
    public int Unchecked { get; private set; }

    /// <summary>Windows that differ, or that one side lacks.</summary>
    public int Divergences { get; private set; }

    /// <summary>The first of them.</summary>
    public Divergence? First { get; private set; }

    /// <summary>Raw samples that came.</summary>
    public long Samples => replay.Samples;

    /// <summary>Takes the next record.</summary>
    public void Take(TelemetryRecord record)
    {
        NoteLosses(record);
        switch (record)
        {
            case EventRecord happened when StartingOver.Contains(happened.Code):
                replay.StartOver(happened.Sample);
                break;
            case CalibrationRecord calibration:
                replay.Take(calibration);
                break;
            case DecisionRecord decision:
                replay.NoteDecision(decision.Sample);
                device.Enqueue(decision);
                Match();
                break;
            case RawBlockRecord raw:
                Miss(raw.First);
                replay.Take(raw);
                Match();
                break;
        }
    }

    private void NoteLosses(TelemetryRecord record)
    {
        var lost = link.LostLines + link.MalformedLines + link.LinesBefore;
        var restarted = link.Restarts != restartsSeen || !hasReceived;
        var isBoot = restarted && record is BannerRecord { Sequence: 0 };
        if (lost != lostSeen || restarted)
        {
            while (device.TryDequeue(out var said))
            {
                LeaveUnchecked(said);
            }

            desktop.Clear();
            replay.Forget();
        }

        if (isBoot)
        {
            replay.Boot();
        }

        hasReceived = true;
        lostSeen = lost;
        restartsSeen = link.Restarts;
    }

    private void Match()
    {
        while (device.TryPeek(out var said))
        {
            var hasDesktop = desktop.TryPeek(out var expected);
            if (hasDesktop && expected.Verdict.Sample < said.Sample)
            {
                desktop.Dequeue();
                Note(expected.Verdict, null);
            }
            else if (hasDesktop && expected.Verdict.Sample == said.Sample)
            {
                desktop.Dequeue();
                device.Dequeue();
                Compare(expected.Verdict, said, expected.WithDecision, expected.Answer);
            }
            else if (said.Sample <= replay.LastSample || hasDesktop || device.Count > MostWaiting)
            {
                device.Dequeue();
                NoteAlone(said);
            }
            else
            {
                return;
            }
        }
    }

    // The device speaks of a window before it sends the samples after it.
    private void Miss(int firstSample)
    {
        while (desktop.TryPeek(out var expected) && expected.Verdict.Sample < firstSample)
        {
            desktop.Dequeue();
            Note(expected.Verdict, null);
        }
    }

    private void NoteAlone(DecisionRecord said)
    {
        if (said.Sample >= replay.FirstAnswer && said.Sample <= replay.LastSample)
        {
            Note(null, WindowVerdict.Of(said));
            Judged?.Invoke(new JudgedDecision(said, null, false));
        }
        else
        {
            LeaveUnchecked(said);
        }
    }

    private void LeaveUnchecked(DecisionRecord said)
    {
        Unchecked++;
        Judged?.Invoke(new JudgedDecision(said, null, null));
    }

    private void Compare(WindowVerdict expected, DecisionRecord said, bool withDecision, WindowAnswer answer)
    {
        Windows++;
        Decisions += withDecision ? 1 : 0;
        var actual = WindowVerdict.Of(said);
        var name = said.Decision == Classifier.Unknown ? "UNKNOWN" : model.Classes.ElementAtOrDefault(said.Decision);
        var agrees = expected.Agrees(actual, withDecision) && said.Name == name;
        if (!agrees)
        {
            Note(expected, actual);
        }

        Judged?.Invoke(new JudgedDecision(said, answer, agrees));
    }

    private void Note(WindowVerdict? expected, WindowVerdict? actual)
    {
        Divergences++;
        var sample = (expected ?? actual)!.Sample;
        First ??= new Divergence($"The window that ends with sample {sample}", sample, expected, actual);
    }
}

/// <summary>A decision of the device, and what the comparison made of it.</summary>
/// <param name="Said">The device's side.</param>
/// <param name="Answer">The desktop's answer to the same samples; null when they did not all come.</param>
/// <param name="Agrees">Whether both are the same bit for bit; null when they could not be compared.</param>
internal sealed record JudgedDecision(DecisionRecord Said, WindowAnswer? Answer, bool? Agrees);

/// <summary>What is known about the self-test with known answers, which a device does once, when it boots.</summary>
internal enum BootOutcome
{
    /// <summary>The device was running before anyone listened.</summary>
    NotSeen,

    /// <summary>All known answers of the desktop's model agree.</summary>
    Passed,

    /// <summary>One differs.</summary>
    Failed,

    /// <summary>They agree, but there are not as many as the desktop's model has.</summary>
    Incomplete,
}

/// <summary>Watches for the outcome of the boot self-test.</summary>
/// <param name="knownAnswers">How many the desktop's model has; asked only when a self-test is seen.</param>
internal sealed class BootCheck(Func<int> knownAnswers)
{
    /// <summary>As far as known.</summary>
    public BootOutcome Outcome { get; private set; }

    /// <summary>Windows the device checked.</summary>
    public int Checks { get; private set; }

    /// <summary>Index of the first known answer that differs, or −1.</summary>
    public int FirstFailure { get; private set; } = -1;

    /// <summary>Takes the next record.</summary>
    public void Take(TelemetryRecord record)
    {
        if (record is SelfTestRecord { Test: "MODEL" } test)
        {
            Checks = test.Checks;
            FirstFailure = test.FirstFailure;
            Outcome = test.Outcome != "PASS" ? BootOutcome.Failed : test.Checks == knownAnswers() ? BootOutcome.Passed : BootOutcome.Incomplete;
        }
        else if (record is EventRecord { Code: "HALTED" })
        {
            Outcome = BootOutcome.Failed;
        }
    }
}

/// <summary>Whether a device carries the model the desktop has, and speaks a language it understands.</summary>
internal static class DeviceIdentity
{
    /// <summary>Refuses a device that cannot be compared.</summary>
    /// <param name="banner">What the device says about itself.</param>
    /// <param name="model">The desktop's model.</param>
    /// <exception cref="InputException">Another model, or a later protocol (exit code 3).</exception>
    public static void Verify(BannerRecord banner, FixedPointModel model)
    {
        if (banner.Protocol > TelemetryParser.ProtocolVersion)
        {
            throw new InputException(
                $"The device speaks version {banner.Protocol} of the wire format, this program only up to version {TelemetryParser.ProtocolVersion}.",
                "Use the haredge that belongs to the device's firmware, or flash the firmware that belongs to this one.",
                InputException.CheckFailed);
        }

        if (banner.Model != model.Id)
        {
            throw new InputException(
                $"The device carries model {banner.Model}, but the desktop's model is {model.Id}.",
                "Name the model the device was built with (--model), or put this one on the device: haredge generate, build, haredge flash.",
                InputException.CheckFailed);
        }

        var signal = model.Signal;
        var expected = (signal.WindowSamples, signal.HopSamples, signal.SampleRateHz, signal.Range.AccelG, signal.Range.GyroDps, model.Classes.Count);
        var actual = (banner.WindowSamples, banner.HopSamples, banner.RateHz, banner.AccelRangeG, banner.GyroRangeDps, banner.ClassCount);
        if (actual != expected)
        {
            throw new InputException(
                $"The device names model {banner.Model} but another window, hop, rate, ranges or number of classes: {actual} instead of {expected}.",
                "Generate the model's code again, build and flash: the device's code was changed by hand.",
                InputException.CheckFailed);
        }
    }
}
