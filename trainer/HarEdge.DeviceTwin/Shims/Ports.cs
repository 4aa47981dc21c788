using System.Collections.Generic;
using HarEdge.DeviceTwin.Simulation;

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
