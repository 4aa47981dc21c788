using System;
using HarEdge.DeviceTwin.Simulation;
using HarEdge.Firmware;

namespace HarEdge.DeviceTwin
{
    /// <summary>The bring-up program's own source on a simulated board, with a stand-in for the class it reads the sensor through.</summary>
    internal sealed class SimulatedBringUp
    {
        private const int TurnMs = 1000;

        private readonly string kind;
        private BringUp.Program program;

        /// <param name="options">Board and sensor.</param>
        /// <param name="onLine">Receives each line of the console, without its terminator.</param>
        public SimulatedBringUp(TwinOptions options, Action<string> onLine)
        {
            Machine = new TwinMachine(options.TargetName, onLine);
            Sensor = SimulatedSensor.Of(Machine.Clock, options.SensorIdentity, null);
            Machine.Bus.Sensor = Sensor;
            kind = options.BoardKind;
        }

        /// <summary>Board and bus, for what is wired otherwise than it should.</summary>
        public TwinMachine Machine { get; }

        /// <summary>The chip.</summary>
        public SimulatedSensor Sensor { get; }

        /// <summary>Switches on, or resets.</summary>
        public void Boot()
        {
            Machine.PowerUp();
            Machine.Run(() => program = new BringUp.Program(Board.Detect(kind)));
        }

        /// <summary>Runs for so many turns, one a second.</summary>
        public void Run(int turns)
        {
            for (int i = 0; i < turns; i++)
            {
                Machine.Run(program.RunOnce);
                Machine.Clock.AdvanceMs(TurnMs);
            }
        }
    }
}
