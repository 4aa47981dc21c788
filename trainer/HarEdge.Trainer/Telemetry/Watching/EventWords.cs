using System.Globalization;
using HarEdge.Trainer.Telemetry.Records;

namespace HarEdge.Trainer.Telemetry.Watching;

/// <summary>The events of docs/SPEC.md as sentences.</summary>
internal static class EventWords
{
    /// <summary>What has happened; the code itself when it is one of a later firmware.</summary>
    public static string Of(EventRecord happened) => happened.Code switch
    {
        "SENSOR" => $"The sensor is up (WHO_AM_I 0x{happened.Detail:X2}).",
        "CLONE" => $"The sensor is up; it is a known clone (WHO_AM_I 0x{happened.Detail:X2}).",
        "NO_SENSOR" => $"The sensor could not be started: {FaultTable.Of(happened.Detail).Meaning}.",
        "GAP" => $"Samples were lost: {FaultTable.Of(happened.Detail).Meaning}.",
        "RATE" => $"The sample rate was {Thousandths(happened.Detail)} Hz and was corrected.",
        "GRAVITY" => $"Gravity measures {Thousandths(happened.Detail)} g at rest.",
        "HALTED" => "Parity failed at boot, so nothing is decided.",
        "RECORD_ON" => "Recording mode is on.",
        "RECORD_OFF" => "Recording mode is off.",
        "WEAR_NEEDED" => "The model measures from how its wearer stands: press BOOT, then stand still for four seconds.",
        "WEAR_START" => "Wear calibration waits for three seconds of standing still.",
        "WEAR_DONE" => "Wear calibration is done.",
        "WEAR_FAILED" => happened.Detail switch
        {
            1 => "Wear calibration failed: the device was moved.",
            2 => "Wear calibration failed: what was measured is not gravity.",
            3 => "Wear calibration failed: the model has no nominal axis.",
            _ => "Wear calibration failed.",
        },
        "FORGOTTEN" => "All calibration is forgotten.",
        "DEEP_SLEEP" => $"The board sleeps after {happened.Detail} s at rest, until it is moved.",
        "REPLAY" => "Samples now come from the host.",
        "BLOCK" => $"A block of {happened.Detail} samples from the host was stepped.",
        "LIVE" => "Samples come from the sensor again.",
        "BAD_COMMAND" => $"A command was not understood ({happened.Detail} so far).",
        _ => $"{happened.Code} {happened.Detail}",
    };

    private static string Thousandths(int value) => (value / 1000.0).ToString("0.00", CultureInfo.InvariantCulture);
}
