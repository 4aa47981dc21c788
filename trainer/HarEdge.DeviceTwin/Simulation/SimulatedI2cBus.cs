using System;
using System.Device.I2c;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// The bus between board and sensor: transfers take the time their bits need, and end as the ESP32's driver reports them.
    /// </summary>
    internal sealed class SimulatedI2cBus
    {
        private const int ClocksToFree = 9;
        private const int PowerChipAddress = 0x34;

        // The controller waits for a busy bus to become free; the driver gives up after a second.
        private const long TimeoutMicros = 1000000;

        private readonly SimulatedClock clock;
        private SimulatedSensor sensor;
        private bool isOpen;
        private int bitNanos;
        private int clocksByHand;
        private long stuckUntilMicros;

        // Where the chip goes on when it is read without being given a register.
        private int pointer;

        public SimulatedI2cBus(SimulatedClock clock)
        {
            this.clock = clock;
        }

        public SimulatedPins Pins { get; set; }

        /// <summary>The chip at the other end of the wires.</summary>
        public SimulatedSensor Sensor
        {
            get
            {
                return sensor;
            }

            set
            {
                sensor = value;
                SensorAddress = value.BusAddress;
            }
        }

        /// <summary>The chip's address: 0x69 where AD0 of an MPU6050 is high (PS-MPU-6000A §9.2).</summary>
        public int SensorAddress { get; set; }

        /// <summary>Registers of an AXP192 at 0x34, as on the M5StickC Plus; null where there is none.</summary>
        public byte[] PowerChip { get; set; }

        /// <summary>The GPIO its SDA is wired to, or −1 for the one the program takes for it.</summary>
        public int DataWirePin { get; set; } = -1;

        /// <summary>False while the wires are off.</summary>
        public bool SensorAttached { get; set; } = true;

        /// <summary>What disturbs transfers, or null.</summary>
        public BusDisturbance Disturbance { get; set; }

        /// <summary>
        /// Longest read the runtime's driver manages; longer ones fail as <see cref="LongReadStatus"/> says. Reports tell of limits between 32 and 132 bytes
        /// (nanoframework/Home 756, tinygo 5673, arduino-esp32 11180).
        /// </summary>
        public int LongestRead { get; set; } = int.MaxValue;

        /// <summary>How a read that is too long ends; <see cref="I2cTransferStatus.FullTransfer"/> for ones where bytes should be, and no word.</summary>
        public I2cTransferStatus LongReadStatus { get; set; } = I2cTransferStatus.ClockStretchTimeout;

        /// <summary>Gives the register that arrives at the chip for the one a read asks for; null where the wire is sound.</summary>
        public Func<byte, byte> ArrivingRegister { get; set; }

        /// <summary>Receives each transfer: the bytes on the wire to the chip, and those that came back; empty when not acknowledged.</summary>
        public Action<byte[], byte[]> Observer { get; set; }

        /// <summary>Transfers that read, so far.</summary>
        public long Reads { get; private set; }

        /// <summary>Transfers that only wrote, so far.</summary>
        public long Writes { get; private set; }

        /// <summary>Whether something holds the data line low.</summary>
        public bool IsDataStuck
        {
            get { return clock.NowMicros < stuckUntilMicros; }
        }

        public void Open(int busId, I2cBusSpeed speed)
        {
            if (busId != 1 || isOpen || !Pins.AreI2cPinsFree)
            {
                throw new ArgumentException("bus " + busId + " does not exist or is in use");
            }

            isOpen = true;
            bitNanos = speed == I2cBusSpeed.FastModePlus ? 1000 : speed == I2cBusSpeed.FastMode ? 2500 : 10000;
        }

        public void Close()
        {
            isOpen = false;
        }

        /// <summary>Something holds the data line: a chip in the middle of a byte lets go when clocked, a short circuit does not.</summary>
        public void HoldData(long micros, bool freesWhenClocked)
        {
            stuckUntilMicros = clock.NowMicros + micros;
            clocksByHand = freesWhenClocked ? 0 : int.MinValue;
        }

        /// <summary>A rising edge on the clock line, made by hand.</summary>
        public void ClockByHand()
        {
            clocksByHand++;
            if (clocksByHand == ClocksToFree)
            {
                stuckUntilMicros = 0;
            }
        }

        /// <summary>Writes, then reads after a repeated start; with nothing to write it reads on from where the chip is.</summary>
        public I2cTransferResult Transfer(int address, Span<byte> write, Span<byte> read)
        {
            ObjectDisposedException.ThrowIf(!isOpen, this);
            Reads += read.Length > 0 ? 1 : 0;
            Writes += read.Length > 0 ? 0 : 1;
            if (IsDataStuck)
            {
                clock.Advance(Math.Min(TimeoutMicros, stuckUntilMicros - clock.NowMicros));
            }

            if (IsDataStuck)
            {
                return new I2cTransferResult(I2cTransferStatus.ClockStretchTimeout, 0);
            }

            bool isNack = Disturbance != null && Disturbance.DrawsNack();
            if (!isNack && address == PowerChipAddress && PowerChip != null)
            {
                return Exchange(write, read);
            }

            if (isNack || !SensorAttached || Sensor == null || !Sensor.IsAnswering || address != SensorAddress || !Pins.IsDataAt(DataWirePin))
            {
                PassBytes(1);
                Observer?.Invoke(Array.Empty<byte>(), Array.Empty<byte>());
                return new I2cTransferResult(I2cTransferStatus.SlaveAddressNotAcknowledged, 0);
            }

            if (Disturbance != null)
            {
                // On the wire, not in the firmware's buffer.
                write = write.ToArray();
                Disturbance.MayFlip(write);
            }

            if (ArrivingRegister != null && write.Length == 1 && read.Length > 0)
            {
                write = new[] { ArrivingRegister(write[0]) };
            }

            WriteBytes(write);
            I2cTransferResult result = Read(write.Length, read);
            if (read.Length > LongestRead)
            {
                read.Slice(LongestRead).Fill(0xFF);
                result = LongReadStatus == I2cTransferStatus.FullTransfer ? result : new I2cTransferResult(LongReadStatus, 0);
            }

            Observer?.Invoke(write.ToArray(), read.ToArray());
            return result;
        }

        // The power chip has registers and nothing else.
        private I2cTransferResult Exchange(Span<byte> write, Span<byte> read)
        {
            PassBytes(1 + write.Length + read.Length);
            write.Slice(1).CopyTo(PowerChip.AsSpan(write[0]));
            PowerChip.AsSpan(write[0], read.Length).CopyTo(read);
            return new I2cTransferResult(I2cTransferStatus.FullTransfer, write.Length + read.Length);
        }

        private void WriteBytes(Span<byte> write)
        {
            if (write.Length > 0)
            {
                PassBytes(2);
                pointer = write[0];
            }

            for (int i = 1; i < write.Length; i++)
            {
                PassBytes(1);
                Sensor.Write(pointer, write[i]);
                pointer = Sensor.Next(pointer);
            }
        }

        private I2cTransferResult Read(int written, Span<byte> read)
        {
            int arriving = read.Length;
            if (arriving > 0)
            {
                PassBytes(1);
                Sensor.BeginRead();
                arriving = Disturbance != null && Disturbance.DrawsShort() ? Disturbance.DrawLength(arriving) : arriving;
            }

            for (int i = 0; i < arriving; i++)
            {
                PassBytes(1);

                // A chip that is gone leaves the line high; one that lost power has forgotten that it was asked.
                read[i] = SensorAttached && Sensor.IsAnswering ? Sensor.Read(ref pointer) : (byte)0xFF;
            }

            Disturbance?.MayFlip(read);
            bool isWhole = arriving == read.Length;
            return new I2cTransferResult(
                isWhole ? I2cTransferStatus.FullTransfer : I2cTransferStatus.PartialTransfer, isWhole ? written + arriving : arriving);
        }

        // Eight bits and the acknowledgement.
        private void PassBytes(int count)
        {
            clock.Advance(count * 9L * bitNanos / 1000);
        }
    }
}
