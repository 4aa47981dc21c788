using System;
using System.Device.I2c;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// The bus between board and sensor: transfers take the time their bits need, and end as the ESP32's driver reports them.
    /// </summary>
    internal sealed class SimulatedI2cBus
    {
        private const int SensorAddress = 0x68;

        private readonly SimulatedClock clock;
        private bool isOpen;
        private int bitNanos;

        public SimulatedI2cBus(SimulatedClock clock)
        {
            this.clock = clock;
        }

        /// <summary>The chip at the other end of the wires.</summary>
        public SimulatedMpu6050 Sensor { get; set; }

        /// <summary>False while the wires are off.</summary>
        public bool SensorAttached { get; set; } = true;

        public void Open(int busId, I2cBusSpeed speed)
        {
            if (busId != 1 || isOpen)
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

        /// <summary>Writes, then reads after a repeated start.</summary>
        public I2cTransferResult Transfer(int address, Span<byte> write, Span<byte> read)
        {
            ObjectDisposedException.ThrowIf(!isOpen, this);

            if (!SensorAttached || Sensor == null || address != SensorAddress)
            {
                PassBytes(1);
                return new I2cTransferResult(I2cTransferStatus.SlaveAddressNotAcknowledged, 0);
            }

            int register = write[0];
            PassBytes(2);
            for (int i = 1; i < write.Length; i++)
            {
                PassBytes(1);
                Sensor.Write(register + i - 1, write[i]);
            }

            if (read.Length > 0)
            {
                PassBytes(1);
                Sensor.BeginRead();
            }

            for (int i = 0; i < read.Length; i++)
            {
                PassBytes(1);
                read[i] = SensorAttached ? Sensor.Read(ref register) : (byte)0xFF;
            }

            return new I2cTransferResult(I2cTransferStatus.FullTransfer, write.Length + read.Length);
        }

        // Eight bits and the acknowledgement.
        private void PassBytes(int count)
        {
            clock.Advance(count * 9L * bitNanos / 1000);
        }
    }
}
