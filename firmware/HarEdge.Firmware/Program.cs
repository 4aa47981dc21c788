using System;
using HarEdge.Core;
using HarEdge.Core.Generated;

namespace HarEdge.Firmware
{
    /// <summary>Wiring only: which model, which board, which settings, who gets what.</summary>
    internal static class Program
    {
        /// <summary>Entry point of the device.</summary>
        public static void Main()
        {
            Board board = Board.Detect();
            DeviceLoop loop = Wire(new ActivityModel(), board, new DeviceSettings());
            loop.Boot(board, new KnownAnswers());
            while (true)
            {
                try
                {
                    loop.RunOnce();
                }
                catch (Exception)
                {
                    // Out of memory, or a defect: the loop must not end. It is counted and shown in the health line.
                    loop.NoteUnexpected();
                }
            }
        }

        /// <summary>Connects the parts; the desktop twin calls it with other models and settings.</summary>
        internal static DeviceLoop Wire(Classifier model, Board board, DeviceSettings settings)
        {
            CommandPort port = new CommandPort();
            if (settings.HasCommandPort)
            {
                port.Open(board);
            }

            Controls controls = new Controls(new Button(board.ButtonPin), port);
            PowerPolicy power = new PowerPolicy(board, settings);
            return new DeviceLoop(model, board, settings, new RegisterBus(board), new SerialConsole(), power, controls);
        }
    }
}
