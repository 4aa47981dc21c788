using System;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// The board around the firmware: clock, bus, pins, console. The stand-ins of the runtime's types find the machine they belong to
    /// through <see cref="Current"/>, which holds for one thread: several twins can run side by side, each on its thread.
    /// </summary>
    internal sealed class TwinMachine
    {
        // Ten bits a character at 921600 baud.
        private const int NanosPerCharacter = 10851;

        [ThreadStatic]
        private static TwinMachine current;

        private readonly Action<string> onLine;

        /// <param name="targetName">Name of the runtime's target, from which the firmware knows its board.</param>
        /// <param name="onLine">Receives each line of the console, without its terminator.</param>
        public TwinMachine(string targetName, Action<string> onLine)
        {
            TargetName = targetName;
            this.onLine = onLine;
            Clock = new SimulatedClock();
            Bus = new SimulatedI2cBus(Clock);
            Pins = new SimulatedPins();
        }

        /// <summary>The machine of the firmware that runs on this thread.</summary>
        public static TwinMachine Current
        {
            get { return current ?? throw new InvalidOperationException("firmware code runs only inside DeviceTwin"); }
        }

        public string TargetName { get; }

        public SimulatedClock Clock { get; }

        public SimulatedI2cBus Bus { get; }

        public SimulatedPins Pins { get; }

        /// <summary>Milliseconds since the firmware started.</summary>
        public long TickMs
        {
            get { return Clock.NowMicros / 1000; }
        }

        /// <summary>Runs firmware code on this machine.</summary>
        public void Run(Action firmware)
        {
            TwinMachine outer = current;
            current = this;
            try
            {
                firmware();
            }
            finally
            {
                current = outer;
            }
        }

        public void Print(string line)
        {
            Clock.Advance((line.Length + 2L) * NanosPerCharacter / 1000);
            onLine(line);
        }
    }
}
