using System.Globalization;
using HarEdge.Core;
using HarEdge.DeviceTwin.Simulation;
using HarEdge.Firmware;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>
/// One simulated stretch of life with faults at random times and a quarter of an hour's rest, with deep sleep and waking, and every promise checked on it:
/// no exception, no decision from a window with a hole, each decision that of its samples, recovery in time, no fault uncounted. The seed draws board,
/// identity and variant of the sensor; the settings are those that ship.
/// </summary>
internal sealed class FaultCampaign
{
    // 2.56 s are the window, 0.2 s the gyroscope's settling.
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(3.1);

    // A bit that turns in the very last transfer is noticed with the next burst, one hop later: 1.28 s, 1.35 s where the sensor is slow.
    private static readonly TimeSpan FlipRecoveryLimit = RecoveryLimit + TimeSpan.FromSeconds(1.4);

    // 15 minutes, and what the stillness tracker adds; they begin anew with a late correction of the rate.
    private static readonly TimeSpan LongestToSleep = TimeSpan.FromMinutes(18);

    // Lifted, the board boots, tests the sensor (0.7 s) and fills a window. With a fault in its sleep it may have to wait for the timer.
    private static readonly TimeSpan WakeLimit = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan TimerLimit = TimeSpan.FromMinutes(30) + WakeLimit;

    private static readonly (string Target, string Kind)[] Boards =
        [("ESP32_REV3", "DevKit"), ("ESP32_S3_QUAD", "DevKit"), ("ESP32_C3", "DevKit"), ("ESP32_S3_OCTAL", "XIAO"), ("ESP32_C3", "XIAO"), ("ESP32_PICO", "M5StickC-Plus")];
    private static readonly int[] Identities = [0x68, 0x68, 0x70, 0x72, 0x98, 0x71, 0x73, 0x19, 0x6A];

    private readonly SixChannelModel model = new();
    private readonly SimulatedDevice device;
    private readonly TwinOptions options;
    private readonly DecisionTruth truth;
    private readonly DecisionFilter filter;
    private readonly NoisyMotion motion;
    private readonly Random random;
    private readonly int seed;
    private readonly List<(DeviceFault Fault, TimeSpan Start, TimeSpan End)> faults = [];
    private readonly List<TimeSpan> decisions = [];
    private readonly List<string> diary = [];
    private readonly List<TimeSpan> rateGaps = [];
    private int gapLines;

    /// <param name="seed">Decides everything.</param>
    /// <param name="identity">The sensor; null for one that the seed draws.</param>
    public FaultCampaign(int seed, int? identity = null)
    {
        this.seed = seed;
        random = new Random(seed);
        motion = new NoisyMotion(seed);
        truth = new DecisionTruth(model, motion);
        filter = new DecisionFilter(model);
        var shipped = new DeviceSettings();
        var (target, kind) = Boards[random.Next(Boards.Length)];
        options = new TwinOptions
        {
            TargetName = target,
            BoardKind = kind,
            SensorIdentity = identity ?? Identities[random.Next(Identities.Length)],
            TracksGyroBias = shipped.TracksGyroBias,
            SleepsLightly = shipped.SleepsLightly,
            DeepSleepAfterMinutes = shipped.DeepSleepAfterMinutes,
            DetectsFrozenChannels = shipped.DetectsFrozenChannels,
            HasCommandPort = shipped.HasCommandPort,
            SensorVariant = random.Next(2) == 0 ? ChipVariant.Usual : ChipVariant.All[random.Next(ChipVariant.All.Count)],
        };
        device = new SimulatedDevice(model, options: options);
        device.LineWritten += OnLine;
        device.Decided += OnDecision;
        device.Wear(motion);
    }

    /// <summary>How many faults were injected.</summary>
    public int Injected => faults.Count;

    /// <summary>How often the board slept deeply and was woken again.</summary>
    public int Sleeps { get; private set; }

    /// <summary>How often a sensor had to be switched off and on.</summary>
    public int Locks { get; private set; }

    /// <summary>How often each kind of fault was met by the firmware.</summary>
    public int[] Met { get; } = new int[FaultCounters.Kinds];

    public void Run(TimeSpan life)
    {
        device.Boot();
        device.RunFor(TimeSpan.FromSeconds(5));
        var restAt = life * random.NextDouble();
        var hasRested = false;
        while (device.Elapsed < life)
        {
            if (!hasRested && device.Elapsed >= restAt)
            {
                hasRested = true;
                life += Rest();
            }

            var fault = (DeviceFault)random.Next(Enum.GetValues<DeviceFault>().Length);
            var length = TimeSpan.FromMilliseconds(random.Next(100, random.Next(8) == 0 ? 60_000 : 5_000));
            if (fault is DeviceFault.FastClock or DeviceFault.SlowClock)
            {
                length += TimeSpan.FromMinutes(2);
            }

            var isMoment = fault is DeviceFault.BrownOut or DeviceFault.LateWake;
            faults.Add((fault, device.Elapsed, device.Elapsed + (isMoment ? TimeSpan.FromSeconds(3) : length)));
            device.Inject(fault, length, random.Next());
            if (fault == DeviceFault.FlippedBit)
            {
                device.RunFor(faults[^1].End - device.Elapsed);
                Unlock();
            }

            device.RunFor(faults[^1].End - device.Elapsed + TimeSpan.FromMilliseconds(random.Next(8_000, 30_000)));
        }

        CheckRecovery();
        CheckCounters();
        CheckReadLength();
    }

    // A turned bit of a write can switch an LSM6DS3TR-C's I2C off; nothing but its owner's switch helps then.
    private void Unlock()
    {
        if (device.Sensor is SimulatedLsm6 { IsLocked: true })
        {
            Locks++;
            faults.Add((DeviceFault.BrownOut, device.Elapsed, device.Elapsed + TimeSpan.FromSeconds(3)));
            device.Inject(DeviceFault.BrownOut, TimeSpan.Zero, 1);
        }
    }

    // How long it took. Where nothing can wake the board it does not sleep.
    private TimeSpan Rest()
    {
        var start = device.Elapsed;
        motion.Rest();
        while (!device.IsAsleep && device.Elapsed < (rateGaps.LastOrDefault() > start ? rateGaps[^1] : start) + LongestToSleep)
        {
            device.RunOnce();
        }

        var wakes = options.TargetName != "ESP32_C3";
        Require(device.IsAsleep == wakes, () => Story(wakes ? $"still awake after {LongestToSleep} of rest" : "asleep where nothing wakes"));
        CheckCounters();
        var limit = WakeLimit + TimeSpan.FromMilliseconds(options.SensorVariant.ResetMs + options.SensorVariant.PowerUpMs);
        if (wakes)
        {
            Sleeps++;
            if (random.Next(2) == 0)
            {
                device.Inject((DeviceFault)random.Next(Enum.GetValues<DeviceFault>().Length), TimeSpan.FromSeconds(random.Next(1, 60)), random.Next());
                limit = TimerLimit;
            }

            device.RunFor(TimeSpan.FromSeconds(random.Next(60, 600)));
        }

        motion.Move();
        var moved = device.Elapsed;
        var before = decisions.Count;
        while (decisions.Count == before && device.Elapsed < moved + limit)
        {
            device.RunOnce();
        }

        Require(decisions.Count > before, () => Story($"no decision within {limit} of being lifted at {moved}"));
        return device.Elapsed - start;
    }

    private void OnDecision(TwinDecision decision)
    {
        var now = TimeSpan.FromMilliseconds(decision.ElapsedMs);
        decisions.Add(now);
        var isWindowTrue = truth.Holds(decision, device.Loop.Samples, device);
        Require(isWindowTrue || IsDataFaulty(now), () => Story($"a decision that is not that of samples {decision.StartSample} to +127 at {now}"));

        var known = model.IsKnown(decision.Features, decision.Stage, decision.Margin);
        Require(filter.Update(decision.Scores, known) == decision.Decision, () => Story($"the filter disagrees at {now}"));
    }

    private void OnLine(string line)
    {
        // Numbers of lines start over after 9999, and with a boot.
        var isBoot = line.StartsWith("$HB,0,", StringComparison.Ordinal) && !(diary.LastOrDefault()?.Split(',')[1] == "9999");
        diary.Add($"{device.Elapsed:hh\\:mm\\:ss\\.fff} {line}");

        if (isBoot)
        {
            gapLines = 0;
            filter.Restart();
            truth.NoteBoot();
        }

        if (line.StartsWith("$HC", StringComparison.Ordinal))
        {
            truth.NoteCalibration(device.Loop.Pipeline.Calibration, device.Loop.Samples);
        }

        if (line.Contains(",GAP,", StringComparison.Ordinal))
        {
            gapLines++;
            filter.Restart();
        }

        if (line.Contains(",RATE,", StringComparison.Ordinal))
        {
            rateGaps.Add(device.Elapsed);
        }
    }

    // Data that arrives wrong without anyone noticing: only while it does, and while such samples are in the window.
    private bool IsDataFaulty(TimeSpan now) => faults.Any(f =>
        f.Fault is DeviceFault.FlippedBit or DeviceFault.FrozenAxis && now >= f.Start && now <= f.End + TimeSpan.FromSeconds(6));

    private void CheckRecovery()
    {
        for (var i = 0; i < faults.Count; i++)
        {
            // A clock that was off is noticed up to a minute later: then the device starts over once more, with a better divider.
            var (fault, _, end) = faults[i];
            end = rateGaps.LastOrDefault(t => t > end && t < end + RecoveryLimit, end);
            var limit = fault == DeviceFault.FlippedBit ? FlipRecoveryLimit : RecoveryLimit;
            limit += TimeSpan.FromMilliseconds(options.SensorVariant.ResetMs + options.SensorVariant.PowerUpMs);
            var after = decisions.FirstOrDefault(t => t > end);
            if (end + limit < device.Elapsed)
            {
                Require(after > TimeSpan.Zero && after - end <= limit, () => Story($"no decision within {limit} of the end of {fault} at {end}, only at {after}", end));
            }
        }
    }

    // Noise may be taken for a limit on the length of reads, but not for good.
    private void CheckReadLength()
    {
        var sensor = device.Loop.Acquisition.Sensor;
        if (sensor.ReadsShort)
        {
            device.RunFor(TimeSpan.FromMinutes(90));
        }

        Assert.False(sensor.ReadsShort, Story("short reads for ever"));
    }

    private void CheckCounters()
    {
        var counters = device.Loop.Acquisition.Faults;
        Require(counters.Gaps == gapLines, () => Story($"{counters.Gaps} gaps counted, {gapLines} printed"));
        for (var kind = 1; kind < Met.Length; kind++)
        {
            Met[kind] += counters.Of((SensorStatus)kind);
        }

        Require(Met[(int)SensorStatus.Unexpected] == 0, () => Story("an unexpected exception"));
        Require(Met.Sum() >= counters.Gaps, () => Story("more gaps than faults"));
    }

    // The story costs more than all the rest: it is told only when something went wrong.
    private static void Require(bool holds, Func<string> story)
    {
        if (!holds)
        {
            Assert.Fail(story());
        }
    }

    // What happened, and the device's own lines around it.
    private string Story(string what, TimeSpan? around = null)
    {
        var at = around ?? device.Elapsed;
        var lines = diary.Where(line => TimeSpan.Parse(line[..12], CultureInfo.InvariantCulture) is var t && t > at - TimeSpan.FromSeconds(6) && t < at + TimeSpan.FromSeconds(4));
        var near = faults.Where(f => f.Start <= at && f.End > at - TimeSpan.FromSeconds(60));
        return string.Create(
            CultureInfo.InvariantCulture, $"seed {seed} ({options.TargetName}, {options.SensorIdentity:X2}, {options.SensorVariant}): {what}; faults: {string.Join(", ", near)}\n{string.Join('\n', lines)}");
    }
}
