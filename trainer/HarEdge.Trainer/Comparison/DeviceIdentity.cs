using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Comparison;

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
