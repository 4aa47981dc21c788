using System;
using System.IO.Ports;
using nanoFramework.Hardware.Esp32;

namespace HarEdge.Firmware
{
    /// <summary>The optional second UART: a host's commands come in here.</summary>
    internal sealed class CommandPort
    {
        /// <summary>Bits a second, as on the console.</summary>
        public const int BaudRate = 921600;

        private const int ChunkBytes = 256;

        private readonly CommandReader reader = new CommandReader();
        private readonly byte[] chunk = new byte[ChunkBytes];
        private readonly SerialPort port;
        private int at;
        private int available;

        private CommandPort(SerialPort port)
        {
            this.port = port;
        }

        /// <summary>The last good line.</summary>
        public CommandReader Line
        {
            get { return reader; }
        }

        /// <summary>Opens UART1 on the board's command pins; null when the runtime refuses.</summary>
        public static CommandPort Open(Board board)
        {
            try
            {
                Configuration.SetPinFunction(board.CommandTransmitPin, DeviceFunction.COM2_TX);
                Configuration.SetPinFunction(board.CommandReceivePin, DeviceFunction.COM2_RX);
                SerialPort port = new SerialPort("COM2", BaudRate, Parity.None, 8, StopBits.One);
                port.Open();
                return new CommandPort(port);
            }
            catch (Exception)
            {
                return null;
            }
        }

        /// <summary>True when another good line is there; call again until it is false.</summary>
        public bool TakeLine()
        {
            while (at < available || Refill())
            {
                at++;
                if (reader.Push(chunk[at - 1]))
                {
                    return true;
                }
            }

            return false;
        }

        private bool Refill()
        {
            int waiting = port.BytesToRead;
            at = 0;
            available = waiting > 0 ? port.Read(chunk, 0, waiting > ChunkBytes ? ChunkBytes : waiting) : 0;
            return available > 0;
        }
    }
}
