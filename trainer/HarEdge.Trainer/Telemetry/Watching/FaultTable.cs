namespace HarEdge.Trainer.Telemetry.Watching;

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
