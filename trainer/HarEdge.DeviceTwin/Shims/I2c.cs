using HarEdge.DeviceTwin.Simulation;

namespace System
{
    /// <summary>The device's span over bytes.</summary>
    internal readonly ref struct SpanByte
    {
        private readonly byte[] array;
        private readonly int start;

        public SpanByte(byte[] array)
            : this(array, 0, array.Length)
        {
        }

        public SpanByte(byte[] array, int start, int length)
        {
            if (start < 0 || length < 0 || start + length > array.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(length));
            }

            this.array = array;
            this.start = start;
            Length = length;
        }

        public int Length { get; }

        /// <summary>The bytes; a transfer on the device ignores where a span starts, so any other start than 0 is refused here.</summary>
        internal Span<byte> AsSpan()
        {
            return start == 0 ? array.AsSpan(0, Length) : throw new NotSupportedException("I2C transfers need spans that start at 0");
        }
    }
}

namespace System.Device.I2c
{
    /// <summary>Clock rate of the bus.</summary>
    internal enum I2cBusSpeed
    {
        StandardMode = 0,
        FastMode = 1,
        FastModePlus = 2,
    }

    /// <summary>How a transfer ended.</summary>
    internal enum I2cTransferStatus
    {
        UnknownError = 0,
        FullTransfer = 1,
        ClockStretchTimeout = 2,
        PartialTransfer = 3,
        SlaveAddressNotAcknowledged = 4,
    }

    /// <summary>Status and bytes of a transfer; on the device, reads count the bytes written before them too.</summary>
    internal struct I2cTransferResult
    {
        internal I2cTransferResult(I2cTransferStatus status, int bytes)
        {
            Status = status;
            BytesTransferred = (uint)bytes;
        }

        public I2cTransferStatus Status { get; }

        public uint BytesTransferred { get; }
    }

    /// <summary>Bus, address and speed.</summary>
    internal sealed class I2cConnectionSettings
    {
        public I2cConnectionSettings(int busId, int deviceAddress, I2cBusSpeed busSpeed)
        {
            BusId = busId;
            DeviceAddress = deviceAddress;
            BusSpeed = busSpeed;
        }

        public int BusId { get; }

        public int DeviceAddress { get; }

        public I2cBusSpeed BusSpeed { get; }
    }

    /// <summary>A device on the simulated bus.</summary>
    internal class I2cDevice : IDisposable
    {
        private readonly SimulatedI2cBus bus;

        public I2cDevice(I2cConnectionSettings settings)
        {
            ConnectionSettings = settings;
            bus = TwinMachine.Current.Bus;
            bus.Open(settings.BusId, settings.BusSpeed);
        }

        public I2cConnectionSettings ConnectionSettings { get; }

        public static I2cDevice Create(I2cConnectionSettings settings)
        {
            return new I2cDevice(settings);
        }

        public I2cTransferResult Write(SpanByte buffer)
        {
            return bus.Transfer(ConnectionSettings.DeviceAddress, buffer.AsSpan(), default);
        }

        public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer)
        {
            return bus.Transfer(ConnectionSettings.DeviceAddress, writeBuffer.AsSpan(), readBuffer.AsSpan());
        }

        public I2cTransferResult WriteByte(byte value)
        {
            return bus.Transfer(ConnectionSettings.DeviceAddress, new byte[] { value }, default);
        }

        public I2cTransferResult Read(SpanByte buffer)
        {
            return bus.Transfer(ConnectionSettings.DeviceAddress, default, buffer.AsSpan());
        }

        public byte ReadByte()
        {
            byte[] one = new byte[1];
            bus.Transfer(ConnectionSettings.DeviceAddress, default, one);
            return one[0];
        }

        public void Dispose()
        {
            bus.Close();
            GC.SuppressFinalize(this);
        }
    }
}
