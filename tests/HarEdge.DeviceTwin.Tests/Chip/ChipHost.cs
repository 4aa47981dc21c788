using System.Device.I2c;
using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>A bus master that knows nothing of the firmware: it makes the transfers that public drivers make.</summary>
internal sealed class ChipHost
{
    private readonly TwinMachine machine = new("ESP32_REV3", _ => { });

    public ChipHost(int identity = 0x68, ChipVariant? variant = null)
    {
        Chip = SimulatedSensor.Of(machine.Clock, identity, variant);
        machine.Bus.Sensor = Chip;
        machine.Bus.Open(1, I2cBusSpeed.FastMode);
    }

    public SimulatedSensor Chip { get; }

    public long NowMicros => machine.Clock.NowMicros;

    public void Wait(double milliseconds) => machine.Clock.Advance((long)(milliseconds * 1000));

    public void Write(int register, params byte[] values) => Assert.Equal(I2cTransferStatus.FullTransfer, TryWrite(register, values));

    public I2cTransferStatus TryWrite(int register, params byte[] values) =>
        machine.Bus.Transfer(Chip.BusAddress, (byte[])[(byte)register, .. values], default).Status;

    public byte[] Read(int register, int count)
    {
        var bytes = new byte[count];
        Assert.Equal(I2cTransferStatus.FullTransfer, machine.Bus.Transfer(Chip.BusAddress, (byte[])[(byte)register], bytes).Status);
        return bytes;
    }

    /// <summary>Reads on from the register the chip was last told, as after a stop.</summary>
    public byte[] ReadOn(int count)
    {
        var bytes = new byte[count];
        Assert.Equal(I2cTransferStatus.FullTransfer, machine.Bus.Transfer(Chip.BusAddress, default, bytes).Status);
        return bytes;
    }

    public byte Read(int register) => Read(register, 1)[0];

    public short ReadWord(int register) => Word(Read(register, 2), 0);

    public static short Word(byte[] bytes, int at) => unchecked((short)((bytes[at] << 8) | bytes[at + 1]));

    /// <summary>Replaces bits as I2Cdev::writeBits does: read, modify, write.</summary>
    public void WriteBits(int register, int highest, int length, int value)
    {
        var shift = highest - length + 1;
        var mask = ((1 << length) - 1) << shift;
        Write(register, (byte)((Read(register) & ~mask) | ((value << shift) & mask)));
    }

    /// <summary>Bytes that wait in the FIFO.</summary>
    public int Count() => (ushort)ReadWord(0x72);

    /// <summary>Awake, 50 samples a second, ±4 g and ±500 °/s, all six axes into an empty FIFO, everything settled.</summary>
    public void Start(int rateDivider = 19)
    {
        Write(0x6B, 0x01);
        Write(0x19, (byte)rateDivider);
        Write(0x1A, 3);
        Write(0x1B, 0x08);
        Write(0x1C, 0x08);
        Wait(250);
        Write(0x6A, 0x00);
        Write(0x6A, 0x04);
        Write(0x6A, 0x40);
        Write(0x23, 0x78);
    }
}
