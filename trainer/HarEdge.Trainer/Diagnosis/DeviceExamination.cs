using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Trainer.Diagnosis;

/// <summary>Listens to a device and names everything a newcomer can get wrong with it, each with its remedy.</summary>
internal sealed class DeviceExamination : IDisposable
{
    // Detail of NO_WAKE, docs/SPEC.md: INT does not reach its pin.
    private const int InterruptOpen = 2;

    private readonly IReadOnlyList<FixedPointModel> models;
    private readonly ConsoleSample sample;
    private readonly DeviceListener listener;
    private readonly DeviceWatch watch = new();
    private readonly OrientationCheck orientation;
    private readonly Dictionary<string, SelfTestRecord> tests = new(StringComparer.Ordinal);
    private EventRecord? sensor;
    private EventRecord? noSensor;
    private EventRecord? rateOff;
    private bool isInterruptOpen;

    /// <param name="source">The device's console; not disposed.</param>
    /// <param name="models">The desktop's models, all worn alike; the device carries one of them.</param>
    public DeviceExamination(IByteSource source, params IReadOnlyList<FixedPointModel> models)
    {
        this.models = models;
        sample = new ConsoleSample(source);
        listener = new DeviceListener(sample);
        orientation = new OrientationCheck(models[0]);
        listener.Received += Take;
    }

    /// <summary>Whether HarEdge runs on the board: at least one line of it came.</summary>
    public bool HasDeviceRecords => Link.Records > 0;

    /// <summary>Whether the first program runs on the board instead.</summary>
    public bool HasBringUpReport => Link.Records == 0 && sample.BringUp.IsPresent;

    /// <summary>Listens until everything is known, or for so long.</summary>
    /// <param name="longest">Time to give up after; a device says who and how it is once a minute.</param>
    /// <param name="commands">Its second UART, to ask and to switch recording on; null when it is not wired.</param>
    /// <param name="cancellation">Ends the listening; what was heard counts.</param>
    public IReadOnlyList<CheckResult> Run(TimeSpan longest, DeviceCommands? commands, CancellationToken cancellation)
    {
        commands?.Send("INFO");
        commands?.Send("RECORD");
        listener.Until(() => IsEverythingKnown, longest, cancellation);
        commands?.Send("STOP");
        return [.. Results()];
    }

    /// <inheritdoc/>
    public void Dispose() => sample.Dispose();

    private LinkStatistics Link => listener.Link;

    // Nothing more will come of a device that halted or never found its sensor. The measured rate comes with the health report.
    private bool IsEverythingKnown => (HasBringUpReport && sample.BringUp.IsEnough) || (watch.Banner is not null && (noSensor is not null || IsHalted)) || watch is { Banner: not null, Health.RateMilliHz: > 0, Decisions: > 0 } && orientation.Results().First().State != CheckState.Skipped;

    private void Take(TelemetryRecord record)
    {
        watch.Take(record);
        orientation.Take(record);
        switch (record)
        {
            case SelfTestRecord test:
                tests[test.Test] = test;
                break;
            case EventRecord { Code: "SENSOR" or "CLONE" } found:
                sensor = found;
                noSensor = null;
                break;
            case EventRecord { Code: "NO_WAKE", Detail: InterruptOpen }:
                isInterruptOpen = true;
                break;
            case EventRecord { Code: "RATE" } off:
                rateOff = off;
                break;
            case EventRecord { Code: "NO_SENSOR" } missing:
                noSensor = missing;
                break;
        }
    }

    private IEnumerable<CheckResult> Results()
    {
        if (Link.HasTwoDevices)
        {
            var alarm = Link.Alarms.First();
            yield return new CheckResult(CheckState.Bad, "link", alarm.What, "Nothing said here can be assigned to one of them.", alarm.Remedy);
            yield break;
        }

        if (HasBringUpReport)
        {
            foreach (var result in sample.BringUp.Results())
            {
                yield return result;
            }

            yield break;
        }

        if (Link.Records == 0)
        {
            yield return sample.WithoutLines(listener.IsLost, Link.Bytes);
            yield break;
        }

        var explained = Link.Explain().ToList();
        yield return explained.Count == 0
            ? CheckResult.Good("link", $"{Link.Records} records, none lost")
            : new CheckResult(
                Link.FutureProtocol > 0 ? CheckState.Bad : CheckState.Note, "link", explained[0], "What is lost on the wire is missing in every tool.", "Try a shorter cable or another USB port; haredge monitor shows the link's quality.");
        yield return Identity();
        yield return KnownAnswers();
        foreach (var result in SensorResults())
        {
            yield return result;
        }

        foreach (var result in Interrupt())
        {
            yield return result;
        }

        yield return Rate();
        foreach (var result in orientation.Results())
        {
            yield return result;
        }

        if (watch.Alarms.FirstOrDefault(alarm => alarm.What.StartsWith("Gravity", StringComparison.Ordinal)) is { } gravity)
        {
            yield return new CheckResult(CheckState.Bad, "gravity", gravity.What, "All features of the accelerometer are off by as much.", gravity.Remedy);
        }
    }

    private CheckResult Identity()
    {
        if (watch.Banner is not { } banner)
        {
            return new CheckResult(
                CheckState.Skipped,
                "banner",
                "The device speaks, but has not said who it is yet.",
                "Board, firmware and model are in the banner, which comes at boot and once a minute.",
                "Listen for more than a minute, or press reset while this listens.");
        }

        var who = $"{banner.Board}, firmware {banner.Firmware}, model {banner.Model}";
        return models.Any(model => model.Id == banner.Model)
            ? CheckResult.Good("banner", who)
            : new CheckResult(
                CheckState.Note,
                "model",
                $"The device carries a model unknown here: {who}; the desktop has {string.Join(" and ", models.Select(model => model.Id))}.",
                "haredge compare refuses to compare different models.",
                "Name the model the device was built with (--model), or flash this one.");
    }

    private CheckResult KnownAnswers() => tests.GetValueOrDefault("MODEL") is not { } test
        ? IsHalted
            ? new CheckResult(CheckState.Bad, "self-test", "The device is halted: its self-test failed at boot.", Parity, Reflash)
            : new CheckResult(
                CheckState.Skipped, "self-test", "Not seen: the device was running already.", "It is done once, at boot.", "Press reset while this listens.")
        : test.Outcome == "PASS"
            ? CheckResult.Good("self-test", $"{test.Checks} known answers agree")
            : new CheckResult(CheckState.Bad, "self-test", $"Known answer {test.FirstFailure} of {test.Checks} differs: the device reports no activity.", Parity, Reflash);

    private const string Parity = "The device computes otherwise than the desktop, so it refuses to guess.";
    private const string Reflash = "Update the runtime and flash the firmware again (haredge flash); if it stays, report the runtime's version.";

    private bool IsHalted => watch.Alarms.Any(alarm => alarm.What.StartsWith("Parity", StringComparison.Ordinal));

    private static string ChipName(int identity) => identity switch { 0x19 => "an MPU6886", 0x6A => "an LSM6DS3TR-C", _ => "an MPU6050" };

    private IEnumerable<CheckResult> SensorResults()
    {
        const string Why = "Without samples there is no activity.";
        var lost = watch.Alarms.FirstOrDefault(alarm => alarm.What.StartsWith("Sensor lost", StringComparison.Ordinal));
        if (noSensor is { } missing)
        {
            var fault = FaultTable.Of(missing.Detail);
            var isStranger = fault.Name == "WrongIdentity";
            yield return new CheckResult(
                CheckState.Bad,
                isStranger ? "WHO_AM_I" : "sensor",
                isStranger ? "The chip at the sensor's address answers WHO_AM_I with something no chip that HarEdge knows says." : $"No sensor was found: {fault.Meaning} ({fault.Name}).",
                Why,
                isStranger ? "Use an MPU6050 module (GY-521); another chip needs another driver." : Sentence(fault.Remedy) + "; the first program shows more: haredge flash --bring-up.");
        }
        else if (lost is not null)
        {
            yield return new CheckResult(CheckState.Bad, "sensor", lost.What, Why, lost.Remedy);
        }
        else if (watch.Decisions == 0 && !IsHalted)
        {
            yield return NoDecisions();
        }
        else if (!IsHalted)
        {
            yield return sensor is { Code: "CLONE" } clone
                ? new CheckResult(
                    CheckState.Note, "WHO_AM_I", $"The sensor is a clone (0x{clone.Detail:X2}).", "It works, but its own self-test says nothing, and quality varies.", "Nothing, while decisions are right.")
                : CheckResult.Good("sensor", sensor is { } found ? $"{ChipName(found.Detail)} (WHO_AM_I 0x{found.Detail:X2}), and decisions come" : "decisions come");
        }

        if (tests.GetValueOrDefault("SENSOR") is { Outcome: "FAIL" } test)
        {
            yield return new CheckResult(
                CheckState.Bad,
                "sensor self-test",
                $"Axis {test.FirstFailure} is off by {test.WorstPerMille / 10.0:0.0} % of its factory trim; 14 % are allowed.",
                "Its numbers differ from those the model was trained on.",
                "Reset the board while it lies still; if it fails again, use another sensor.");
        }
    }

    private IEnumerable<CheckResult> Interrupt()
    {
        if (isInterruptOpen)
        {
            yield return new CheckResult(
                CheckState.Note,
                "INT",
                "INT does not reach its pin: motion could not end a deep sleep.",
                "The board stays awake at rest, which empties a battery.",
                "Wire INT to its pin (hardware/WIRING.md), or leave it open when the board has a cable.");
        }
    }

    // The device looks for its sensor in silence; its health report counts what it met.
    private CheckResult NoDecisions()
    {
        const string Why = "A decision comes about every second from a device that has its sensor.";
        if (watch.Health is { } health && health.Faults.Any(count => count > 0))
        {
            var fault = FaultTable.Of(health.Faults.Index().MaxBy(pair => pair.Item).Index + 1);
            return new CheckResult(CheckState.Bad, "sensor", $"No decision came; most often {fault.Meaning} ({fault.Name}).", Why, Sentence(fault.Remedy) + ".");
        }

        return new CheckResult(CheckState.Bad, "sensor", "No decision came.", Why, "Press reset while this listens: the first attempt to start the sensor says why it fails.");
    }

    private CheckResult Rate()
    {
        var alarm = watch.Alarms.FirstOrDefault(alarm => alarm.What.StartsWith("Rate", StringComparison.Ordinal));
        if (alarm is not null)
        {
            return new CheckResult(CheckState.Bad, "sample rate", alarm.What, "Every frequency the model knows is off by as much.", alarm.Remedy);
        }

        if (rateOff is { } once)
        {
            return new CheckResult(
                CheckState.Note,
                "sample rate",
                $"The sensor gave {once.Detail / 1000.0:0.00} samples a second; the firmware has set its divider anew, and now it is right.",
                "Until then every frequency the model knows was off by as much.",
                "Nothing, when it happens once after a start: this chip's clock is off.");
        }

        return watch.Health is { RateMilliHz: > 0 } health
            ? CheckResult.Good("sample rate", $"{health.RateMilliHz / 1000.0:0.00} Hz of {SensorScale.SampleRateHz}")
            : new CheckResult(
                CheckState.Skipped, "sample rate", "Not measured yet.", "The device measures it for half a minute and reports it once a minute.", "Listen for more than a minute (--seconds 75).");
    }

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
