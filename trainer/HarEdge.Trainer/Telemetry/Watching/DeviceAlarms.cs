using HarEdge.Core;

namespace HarEdge.Trainer.Telemetry.Watching;

/// <summary>What is wrong with the device now, from its self-tests, events and health.</summary>
internal sealed class DeviceAlarms
{
    // The firmware's own limit for RATE.
    private const double RateTolerance = 0.03;

    // The firmware's own limit for GRAVITY, in 1/1000 g.
    private const int GravityToleranceMilliG = 120;

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
                gravity = Math.Abs(happened.Detail - 1000) > GravityToleranceMilliG
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
