using System;
using System.Device.Gpio;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Reads and writes the sensor's registers over I2C and turns every way this can fail into a status. Each call makes short-lived
    /// objects (300 bytes for a read, 252 for a write on the device), whatever its length: callers read in bursts.
    /// </summary>
    internal sealed class RegisterBus
    {
        // A not-acknowledged address is worth trying again: no byte of the FIFO has been read yet.
        private const int MostTries = 3;

        // A chip that was cut off in the middle of a byte lets go after at most nine clocks.
        private const int FreeingClocks = 9;

        private readonly Board board;
        private readonly GpioController pins = new GpioController();
        private readonly byte[] command = new byte[2];
        private readonly byte[] readBack = new byte[1];
        private I2cDevice device;
        private int transferred;

        public RegisterBus(Board board)
        {
            this.board = board;
        }

        /// <summary>Register of the last failure.</summary>
        public int FaultRegister { get; private set; }

        /// <summary>Transfers repeated since boot because nobody acknowledged.</summary>
        public int Retries { get; private set; }

        /// <summary>Whether INT is low when active, on a line that others share.</summary>
        public bool IsInterruptLow
        {
            get { return board.IsInterruptLow; }
        }

        /// <summary>Opens the bus at 400 kHz for the chip at an address. False when the I2C driver refuses.</summary>
        public bool Open(int address)
        {
            try
            {
                Close();
                Configuration.SetPinFunction(board.DataPin, DeviceFunction.I2C1_DATA);
                Configuration.SetPinFunction(board.ClockPin, DeviceFunction.I2C1_CLOCK);
                device = I2cDevice.Create(new I2cConnectionSettings(Board.I2cBusId, address, I2cBusSpeed.FastMode));
                return true;
            }
            catch (Exception)
            {
                device = null;
                return false;
            }
        }

        // Gives the pins back.
        private void Close()
        {
            if (device == null)
            {
                return;
            }

            I2cDevice closing = device;
            device = null;
            closing.Dispose();
        }

        /// <summary>
        /// Frees a bus that a sensor holds low: clocks it by hand until it lets go, and ends whatever it was at with a STOP. Closes the bus; open it again.
        /// False when the data line stays low, or the pins cannot be had.
        /// </summary>
        public bool Unstick()
        {
            bool isFree = false;
            try
            {
                Close();
                GpioPin clock = pins.OpenPin(board.ClockPin, PinMode.OutputOpenDrain);
                GpioPin data = pins.OpenPin(board.DataPin, PinMode.InputPullUp);
                clock.Write(PinValue.High);
                for (int i = 0; i < FreeingClocks && data.Read() == PinValue.Low; i++)
                {
                    clock.Write(PinValue.Low);
                    clock.Write(PinValue.High);
                }

                isFree = data.Read() == PinValue.High;
                if (isFree)
                {
                    Stop(clock);
                }
            }
            catch (Exception)
            {
                isFree = false;
            }

            return ClosePin(board.ClockPin) & ClosePin(board.DataPin) & isFree;
        }

        // Data rises while the clock is high: STOP (I2C specification UM10204 §3.1.4). The pin is opened anew, as an output.
        private void Stop(GpioPin clock)
        {
            pins.ClosePin(board.DataPin);
            GpioPin data = pins.OpenPin(board.DataPin, PinMode.OutputOpenDrain);
            clock.Write(PinValue.Low);
            data.Write(PinValue.Low);
            clock.Write(PinValue.High);
            data.Write(PinValue.High);
        }

        /// <summary>Reads <paramref name="count"/> bytes from a register on into the start of <paramref name="buffer"/>.</summary>
        public SensorStatus Read(int register, byte[] buffer, int count)
        {
            SensorStatus status = SensorStatus.NotAcknowledged;
            for (int tries = 0; tries < MostTries && status == SensorStatus.NotAcknowledged; tries++)
            {
                Retries += tries > 0 ? 1 : 0;
                status = ReadOnce(register, buffer, count);
            }

            return status;
        }

        /// <summary>Writes one register.</summary>
        public SensorStatus Write(int register, int value)
        {
            SensorStatus status = SensorStatus.NotAcknowledged;
            for (int tries = 0; tries < MostTries && status == SensorStatus.NotAcknowledged; tries++)
            {
                Retries += tries > 0 ? 1 : 0;
                status = WriteOnce(register, value);
            }

            return status;
        }

        /// <summary>Writes one register and reads it back.</summary>
        public SensorStatus WriteChecked(int register, int value)
        {
            SensorStatus status = Write(register, value);
            if (status == SensorStatus.Ok)
            {
                status = Read(register, readBack, 1);
            }

            return status == SensorStatus.Ok && readBack[0] != value ? SensorStatus.RegisterMismatch : status;
        }

        /// <summary>Writes registers and reads each back: number and value in turn.</summary>
        public SensorStatus WriteAllChecked(byte[] pairs)
        {
            SensorStatus status = SensorStatus.Ok;
            for (int i = 0; i < pairs.Length && status == SensorStatus.Ok; i += 2)
            {
                status = WriteChecked(pairs[i], pairs[i + 1]);
            }

            return status;
        }

        /// <summary><see cref="SensorStatus.SensorReset"/> where a register no longer has the value it was left with.</summary>
        public SensorStatus Expect(int register, int value)
        {
            SensorStatus status = Read(register, readBack, 1);
            return status == SensorStatus.Ok && readBack[0] != value ? SensorStatus.SensorReset : status;
        }

        // The runtime copies from and to the start of the arrays whatever the span says, so spans start at 0 here.
        private SensorStatus ReadOnce(int register, byte[] buffer, int count)
        {
            command[0] = (byte)register;
            try
            {
                I2cTransferResult result = device.WriteRead(new SpanByte(command, 0, 1), new SpanByte(buffer, 0, count));
                transferred = (int)result.BytesTransferred;
                return Judge(register, result.Status, 1 + count);
            }
            catch (Exception)
            {
                FaultRegister = register;
                return SensorStatus.BusError;
            }
        }

        private SensorStatus WriteOnce(int register, int value)
        {
            command[0] = (byte)register;
            command[1] = (byte)value;
            try
            {
                I2cTransferResult result = device.Write(new SpanByte(command));
                transferred = (int)result.BytesTransferred;
                return Judge(register, result.Status, 2);
            }
            catch (Exception)
            {
                FaultRegister = register;
                return SensorStatus.BusError;
            }
        }

        private bool ClosePin(int pin)
        {
            try
            {
                pins.ClosePin(pin);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        private SensorStatus Judge(int register, I2cTransferStatus status, int expected)
        {
            if (status == I2cTransferStatus.FullTransfer && transferred == expected)
            {
                return SensorStatus.Ok;
            }

            FaultRegister = register;
            switch (status)
            {
                case I2cTransferStatus.SlaveAddressNotAcknowledged:
                    return SensorStatus.NotAcknowledged;
                case I2cTransferStatus.ClockStretchTimeout:
                    return SensorStatus.BusTimeout;
                case I2cTransferStatus.UnknownError:
                    return SensorStatus.BusError;
                default:
                    return SensorStatus.ShortTransfer;
            }
        }
    }
}
