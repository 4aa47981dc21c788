using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Comparison;

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
    private const int CheckFailed = 3;

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
                CheckFailed);
        }

        if (banner.Model != model.Id)
        {
            throw new InputException(
                $"The device carries model {banner.Model}, but the desktop's model is {model.Id}.",
                "Name the model the device was built with (--model), or put this one on the device: haredge generate, build, haredge flash.",
                CheckFailed);
        }

        var signal = model.Signal;
        var expected = (signal.WindowSamples, signal.HopSamples, signal.SampleRateHz, signal.Range.AccelG, signal.Range.GyroDps, model.Classes.Count);
        var actual = (banner.WindowSamples, banner.HopSamples, banner.RateHz, banner.AccelRangeG, banner.GyroRangeDps, banner.ClassCount);
        if (actual != expected)
        {
            throw new InputException(
                $"The device names model {banner.Model} but another window, hop, rate, ranges or number of classes: {actual} instead of {expected}.",
                "Generate the model's code again, build and flash: the device's code was changed by hand.",
                CheckFailed);
        }
    }
}
