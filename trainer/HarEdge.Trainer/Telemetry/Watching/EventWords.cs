using System.Globalization;

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
            4 => "Wear calibration failed: samples come from a host.",
            _ => "Wear calibration failed.",
        },
        "FORGOTTEN" => "All calibration is forgotten.",
        "DEEP_SLEEP" => happened.Detail == 0
            ? "The board sleeps, for the sensor has not answered for long."
            : $"The board sleeps after {happened.Detail} s at rest, until it is moved.",
        "SLEEPS_ON" => $"The board sleeps on after {happened.Detail} s: nothing has moved.",
        "NO_WAKE" => happened.Detail == 1
            ? "This board cannot be woken by motion, so it does not sleep deeply."
            : "INT does not reach its pin, so the board does not sleep deeply: wire it to save the battery.",
        "SHORT_READS" => "Long I2C reads fail on this runtime: samples are read two at a time.",
        "AWAKE" => $"The board has slept {happened.Detail} s.",
        "REPLAY" => "Samples now come from the host.",
        "BLOCK" => $"A block of {happened.Detail} samples from the host was stepped.",
        "LIVE" => "Samples come from the sensor again.",
        "BAD_COMMAND" => $"A command was not understood ({happened.Detail} so far).",
        _ => $"{happened.Code} {happened.Detail}",
    };

    private static string Thousandths(int value) => (value / 1000.0).ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>The faults of docs/SPEC.md in words, with what to do about each.</summary>
internal static class FaultTable
{
    private const string CheckWires = "check the four wires and the solder joints";
    private const string CheckPower = "check the supply: 3.3 V, short wires, a good USB cable";
    private const string CheckSensor = "if it stays, the sensor is broken or no MPU6050";

    private static readonly FaultMeaning[] Meanings =
    [
        new("NotAcknowledged", "nobody answers at the sensor's address", CheckWires),
        new("ShortTransfer", "the sensor sends fewer bytes than asked for", CheckWires),
        new("BusTimeout", "an I2C line is held low", "look for a short circuit of SDA or SCL"),
        new("BusError", "the I2C driver failed", "reset the board"),
        new("WrongIdentity", "an unknown chip answers", CheckSensor),
        new("ResetTimeout", "the chip did not finish its reset", CheckPower),
        new("RegisterMismatch", "a setting did not stay", CheckWires),
        new("FifoOverflow", "the board came too late and the sensor's buffer ran over", "if it repeats, record less or use a smaller model"),
        new("FifoMisaligned", "the sensor's buffer was out of step", CheckWires),
        new("SensorReset", "the sensor lost power for a moment", CheckPower),
        new("NoSamples", "no sample came in time", CheckWires),
        new("BusReleased", "the sensor let go in the middle of a transfer", CheckWires),
        new("FrozenChannel", "an axis has stopped moving", CheckSensor),
        new("RateOff", "the sample rate was off by more than 3 %", CheckSensor),
        new("Unexpected", "the firmware met an error nobody expected", "reset the board, and report it when it repeats"),
    ];

    /// <summary>Meaning of a fault number, 1 to 15; any other is an unknown fault of a later firmware.</summary>
    public static FaultMeaning Of(int fault) => fault >= 1 && fault <= Meanings.Length
        ? Meanings[fault - 1]
        : new FaultMeaning("Fault" + fault, "a fault this program does not know", "use a newer haredge");
}

/// <summary>A fault in words.</summary>
/// <param name="Name">As in the table of faults.</param>
/// <param name="Meaning">The end of a sentence.</param>
/// <param name="Remedy">What to do, without a full stop.</param>
internal sealed record FaultMeaning(string Name, string Meaning, string Remedy);
