using HarEdge.Core;

namespace HarEdge.Trainer.Telemetry.Watching;

/// <summary>What is known about a device from its records so far: for views. Memory does not grow with time.</summary>
public sealed class DeviceWatch
{
    // What models are made with unless they are asked for otherwise.
    private const int UsualHopSamples = 64;

    /// <summary>Decisions kept for the timeline: about five minutes at a hop of 64.</summary>
    public const int TimelineLength = 240;

    /// <summary>Events kept.</summary>
    public const int EventsKept = 20;

    // Far more than a model has; a banner that announces millions must not fill the memory.
    private const int MostClasses = 256;

    // Version 1 of the wire format has two; a device that names ever new ones must not fill the memory.
    private const int MostSelfTests = 8;

    private readonly DeviceAlarms alarms = new();
    private int? seenHop;
    private readonly Queue<DecisionRecord> timeline = new();
    private readonly SortedDictionary<string, (int Class, long Samples)> samplesOf = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> classNames = [];
    private readonly Queue<EventRecord> events = new();
    private readonly SortedDictionary<string, SelfTestRecord> selfTests = new(StringComparer.Ordinal);

    /// <summary>Who speaks; null until the first banner.</summary>
    public BannerRecord? Banner { get; private set; }

    /// <summary>The last health report; null until the first minute is over.</summary>
    public HealthRecord? Health { get; private set; }

    /// <summary>What decisions take on the chip; null until the first minute is over.</summary>
    public TimingRecord? Timing { get; private set; }

    /// <summary>The last decision.</summary>
    public DecisionRecord? Decision { get; private set; }

    /// <summary>Decisions since the watch began.</summary>
    public long Decisions { get; private set; }

    /// <summary>GAP events since the watch began.</summary>
    public long Gaps { get; private set; }

    /// <summary>Whether raw samples come.</summary>
    public bool IsRecording { get; private set; }

    /// <summary>The last decisions, oldest first.</summary>
    public IReadOnlyCollection<DecisionRecord> Timeline => timeline;

    /// <summary>Time of each activity, longest first.</summary>
    public IEnumerable<Activity> Activities => samplesOf
        .Select(pair => new Activity(pair.Key, pair.Value.Class, (double)pair.Value.Samples / RateHz))
        .OrderByDescending(activity => activity.Seconds);

    /// <summary>The last events, oldest first.</summary>
    public IReadOnlyCollection<EventRecord> Events => events;

    /// <summary>The last outcome of each self-test.</summary>
    public IReadOnlyCollection<SelfTestRecord> SelfTests => selfTests.Values;

    /// <summary>Names of the model's classes by number; empty until the banner has come.</summary>
    public IReadOnlyDictionary<int, string> ClassNames => classNames;

    /// <summary>What is wrong now.</summary>
    public IEnumerable<Alarm> Alarms => alarms.Now;

    /// <summary>Nominal samples a second.</summary>
    public int RateHz => Banner?.RateHz ?? SensorScale.SampleRateHz;

    /// <summary>Samples from one decision to the next: the banner's word, before it the distance of the last two decisions, before these the usual.</summary>
    public int HopSamples => Banner?.HopSamples ?? seenHop ?? UsualHopSamples;

    /// <summary>Name of a class: as the banner or a decision has named it, its number before.</summary>
    public string ClassName(int number) => number < 0 ? "UNKNOWN" : classNames.GetValueOrDefault(number) ?? "class " + number;

    /// <summary>Takes the next record.</summary>
    public void Take(TelemetryRecord record)
    {
        switch (record)
        {
            case BannerRecord banner:
                TakeBanner(banner);
                break;
            case ClassNameRecord name when name.Class < Math.Min(Banner?.ClassCount ?? 0, MostClasses):
                classNames[name.Class] = name.Name;
                break;
            case SelfTestRecord test:
                TakeSelfTest(test);
                break;
            case DecisionRecord decision:
                TakeDecision(decision);
                break;
            case RawBlockRecord raw:
                IsRecording = true;
                alarms.SampleSeen(raw.First);
                break;
            case HealthRecord health:
                Health = health;
                alarms.Take(health);
                break;
            case TimingRecord timing:
                Timing = timing;
                break;
            case EventRecord happened:
                TakeEvent(happened);
                break;
        }
    }

    private void TakeBanner(BannerRecord banner)
    {
        // The first line after a boot has number 0.
        if (banner.Sequence == 0)
        {
            alarms.Clear();
            IsRecording = false;
            Health = null;
            Timing = null;
            selfTests.Clear();
        }

        if (Banner?.Model != banner.Model)
        {
            classNames.Clear();
        }

        Banner = banner;
    }

    private void TakeDecision(DecisionRecord decision)
    {
        var distance = decision.Sample - Decision?.Sample ?? 0;
        seenHop = distance > 0 && distance <= (seenHop ?? int.MaxValue) ? distance : seenHop;
        if (Banner is null && decision.Decision is >= 0 and < MostClasses)
        {
            classNames[decision.Decision] = decision.Name;
        }

        Decision = decision;
        Decisions++;
        alarms.SampleSeen(decision.Sample);
        timeline.Enqueue(decision);
        if (timeline.Count > TimelineLength)
        {
            timeline.Dequeue();
        }

        if (samplesOf.Count < TimelineLength || samplesOf.ContainsKey(decision.Name))
        {
            samplesOf[decision.Name] = (decision.Decision, samplesOf.GetValueOrDefault(decision.Name).Samples + HopSamples);
        }
    }

    private void TakeSelfTest(SelfTestRecord test)
    {
        if (selfTests.Count < MostSelfTests || selfTests.ContainsKey(test.Test))
        {
            selfTests[test.Test] = test;
        }

        alarms.Take(test);
    }

    private void TakeEvent(EventRecord happened)
    {
        events.Enqueue(happened);
        if (events.Count > EventsKept)
        {
            events.Dequeue();
        }

        Gaps += happened.Code == "GAP" ? 1 : 0;
        IsRecording = happened.Code == "RECORD_ON" || (happened.Code != "RECORD_OFF" && IsRecording);
        alarms.Take(happened);
    }
}

/// <summary>How long an activity was decided.</summary>
/// <param name="Name">Of the class, or UNKNOWN.</param>
/// <param name="Class">Its number, −1 for unknown.</param>
/// <param name="Seconds">Hops decided for it.</param>
public sealed record Activity(string Name, int Class, double Seconds);

/// <summary>What is wrong with the device now, from its self-tests, events and health.</summary>
internal sealed class DeviceAlarms
{
    // The firmware's own limit for RATE.
    private const double RateTolerance = 0.03;

    private static readonly string[] Axes = ["ax", "ay", "az", "gx", "gy", "gz"];

    private Alarm? model;
    private Alarm? sensorTest;
    private Alarm? sensor;
    private Alarm? rate;
    private Alarm? gravity;
    private int lostSample;

    /// <summary>All, the worst first.</summary>
    public IEnumerable<Alarm> Now => new[] { model, sensor, sensorTest, rate, gravity }.OfType<Alarm>();

    /// <summary>The device boots: nothing is known to be wrong.</summary>
    public void Clear() => model = sensorTest = sensor = rate = gravity = null;

    public void Take(SelfTestRecord test)
    {
        var failed = test.Outcome == "FAIL";
        if (test.Test == "MODEL")
        {
            model = failed ? Parity($"window {test.FirstFailure} of {test.Checks}") : null;
        }
        else if (test.Test == "SENSOR")
        {
            var axis = test.FirstFailure >= 0 && test.FirstFailure < Axes.Length ? Axes[test.FirstFailure] : "an axis";
            sensorTest = failed
                ? new Alarm(
                    $"Self-test failed: {axis} is off by {test.WorstPerMille / 10.0:0.0} % of its factory trim (14 % are allowed).",
                    "Reset the board while it lies still; if it fails again, use another sensor.")
                : null;
        }
    }

    public void Take(EventRecord happened)
    {
        switch (happened.Code)
        {
            case "HALTED":
                model ??= Parity("a known answer");
                break;
            case "NO_SENSOR" or "GAP":
                var fault = FaultTable.Of(happened.Detail);
                sensor = new Alarm($"Sensor lost: {fault.Meaning} ({fault.Name}).", char.ToUpperInvariant(fault.Remedy[0]) + fault.Remedy[1..] + ".");
                lostSample = happened.Sample;
                break;
            case "SENSOR" or "CLONE":
                sensor = null;
                break;
            case "RATE":
                rate = RateOff(happened.Detail);
                break;
            case "GRAVITY":
                gravity = Math.Abs(happened.Detail - 1000) > StillStretch.GravityToleranceMilliG
                    ? new Alarm(
                        $"Gravity measures {happened.Detail / 1000.0:0.00} g at rest.",
                        "Check that the model's range is the sensor's; else use another sensor.")
                    : null;
                break;
        }
    }

    /// <summary>Samples have come up to this one.</summary>
    public void SampleSeen(int sample)
    {
        if (sample > lostSample)
        {
            sensor = null;
        }
    }

    public void Take(HealthRecord health)
    {
        var rateHz = health.RateMilliHz / 1000.0;
        rate = rateHz > 0 && Math.Abs((rateHz / SensorScale.SampleRateHz) - 1) > RateTolerance ? RateOff(health.RateMilliHz) : null;
    }

    private static Alarm Parity(string where) => new(
        $"Parity failed: at {where} the device computes otherwise than the desktop, so it reports no activity.",
        "Flash firmware and model again; if it fails again, the board or its runtime is at fault.");

    private static Alarm RateOff(int rateMilliHz) => new(
        $"Rate off: {rateMilliHz / 1000.0:0.00} samples a second instead of {SensorScale.SampleRateHz}.",
        "The firmware has set the sensor's divider anew; if it is off for more than a minute, use another sensor.");
}

/// <summary>Something a wearer must know.</summary>
/// <param name="What">One sentence.</param>
/// <param name="Remedy">One sentence.</param>
public sealed record Alarm(string What, string Remedy);
