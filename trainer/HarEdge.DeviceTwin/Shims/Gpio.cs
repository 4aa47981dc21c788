using System.Collections.Generic;
using HarEdge.DeviceTwin.Simulation;

namespace System.Device.Gpio
{
    /// <summary>Edges of a pin.</summary>
    [Flags]
    internal enum PinEventTypes
    {
        None = 0,
        Rising = 1,
        Falling = 2,
    }

    /// <summary>How a pin is driven.</summary>
    internal enum PinMode
    {
        Input = 0,
        InputPullDown = 1,
        InputPullUp = 2,
        Output = 3,
        OutputOpenDrain = 4,
    }

    /// <summary>High or low.</summary>
    internal readonly struct PinValue : IEquatable<PinValue>
    {
        private readonly bool isHigh;

        private PinValue(bool isHigh)
        {
            this.isHigh = isHigh;
        }

        public static PinValue High
        {
            get { return new PinValue(true); }
        }

        public static PinValue Low
        {
            get { return new PinValue(false); }
        }

        public static bool operator ==(PinValue left, PinValue right)
        {
            return left.isHigh == right.isHigh;
        }

        public static bool operator !=(PinValue left, PinValue right)
        {
            return !(left == right);
        }

        public bool Equals(PinValue other)
        {
            return this == other;
        }

        public override bool Equals(object obj)
        {
            return obj is PinValue other && this == other;
        }

        public override int GetHashCode()
        {
            return isHigh ? 1 : 0;
        }
    }

    /// <summary>An edge.</summary>
    internal sealed class PinValueChangedEventArgs
    {
        public PinValueChangedEventArgs(PinEventTypes changeType, int pinNumber)
        {
            ChangeType = changeType;
            PinNumber = pinNumber;
        }

        public PinEventTypes ChangeType { get; }

        public int PinNumber { get; }
    }

    internal delegate void PinValueChangedEventHandler(object sender, PinValueChangedEventArgs e);

    /// <summary>An open pin of the simulated board.</summary>
    internal sealed class GpioPin
    {
        private readonly SimulatedPins pins;

        internal GpioPin(SimulatedPins pins, int pinNumber)
        {
            this.pins = pins;
            PinNumber = pinNumber;
        }

        public event PinValueChangedEventHandler ValueChanged;

        public int PinNumber { get; }

        public PinValue Read()
        {
            return pins.IsHigh(PinNumber) ? PinValue.High : PinValue.Low;
        }

        public void Write(PinValue value)
        {
            pins.Drive(PinNumber, value == PinValue.High);
        }

        internal void Notify(PinEventTypes change)
        {
            ValueChanged?.Invoke(this, new PinValueChangedEventArgs(change, PinNumber));
        }
    }

    /// <summary>Opens and closes pins.</summary>
    internal sealed class GpioController
    {
        private readonly SimulatedPins pins = TwinMachine.Current.Pins;

        public GpioPin OpenPin(int pinNumber, PinMode mode)
        {
            GpioPin pin = new GpioPin(pins, pinNumber);
            return pins.TryOpen(pin) ? pin : throw new InvalidOperationException("pin " + pinNumber + " (" + mode + ") is in use");
        }

        public void ClosePin(int pinNumber)
        {
            if (!pins.TryClose(pinNumber))
            {
                throw new InvalidOperationException("pin " + pinNumber + " is not open");
            }
        }
    }
}

namespace System.IO.Ports
{
    /// <summary>Parity bit of a UART.</summary>
    internal enum Parity
    {
        None = 0,
    }

    /// <summary>Stop bits of a UART.</summary>
    internal enum StopBits
    {
        One = 1,
    }

    /// <summary>The second UART of the simulated board.</summary>
    internal sealed class SerialPort
    {
        private readonly Queue<byte> incoming = TwinMachine.Current.CommandBytes;

        public SerialPort(string portName, int baudRate, Parity parity, int dataBits, StopBits stopBits)
        {
            PortName = portName;
            BaudRate = baudRate;
            IsSupported = portName == "COM2" && parity == Parity.None && dataBits == 8 && stopBits == StopBits.One;
        }

        public string PortName { get; }

        public int BaudRate { get; }

        public int BytesToRead
        {
            get { return incoming.Count; }
        }

        private bool IsSupported { get; }

        public void Open()
        {
            SimulatedPins pins = TwinMachine.Current.Pins;
            bool isWired = pins.IsAssigned(nanoFramework.Hardware.Esp32.DeviceFunction.COM2_RX)
                && pins.IsAssigned(nanoFramework.Hardware.Esp32.DeviceFunction.COM2_TX);
            if (!IsSupported || !isWired)
            {
                throw new InvalidOperationException(PortName + " has no pins or a form the board does not know");
            }
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            int read = 0;
            while (read < count && incoming.Count > 0)
            {
                buffer[offset + read] = incoming.Dequeue();
                read++;
            }

            return read;
        }
    }
}
