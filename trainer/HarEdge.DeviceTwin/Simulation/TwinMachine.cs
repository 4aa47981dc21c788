using System;
using System.Collections.Generic;
using nanoFramework.Hardware.Esp32;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// The board around the firmware: clock, bus, pins, console. The stand-ins of the runtime's types find the machine they belong to
    /// through <see cref="Current"/>, which holds for one thread: several twins can run side by side, each on its thread.
    /// </summary>
    internal sealed class TwinMachine
    {
        /// <summary>Free managed memory the twin reports: it has no heap of the device to measure.</summary>
        public const uint FreeBytes = 100000;

        // Ten bits a character at 921600 baud.
        private const int NanosPerCharacter = 10851;

        [ThreadStatic]
        private static TwinMachine current;

        private readonly Action<string> onLine;
        private long bootMicros;
        private long untickedMicros;
        private long clockTicks;

        /// <param name="targetName">Name of the runtime's target, from which the firmware knows its board.</param>
        /// <param name="onLine">Receives each line of the console, without its terminator.</param>
        public TwinMachine(string targetName, Action<string> onLine)
        {
            TargetName = targetName;
            this.onLine = onLine;
            Clock = new SimulatedClock();
            Bus = new SimulatedI2cBus(Clock);
            Pins = new SimulatedPins(Bus);
            Bus.Pins = Pins;
        }

        /// <summary>The machine of the firmware that runs on this thread.</summary>
        public static TwinMachine Current
        {
            get { return current ?? throw new InvalidOperationException("firmware code runs only inside SimulatedDevice"); }
        }

        public string TargetName { get; }

        public SimulatedClock Clock { get; }

        public SimulatedI2cBus Bus { get; }

        public SimulatedPins Pins { get; }

        /// <summary>What arrived on the second UART and was not read yet.</summary>
        public Queue<byte> CommandBytes { get; } = new Queue<byte>();

        /// <summary>How long the timer lets a sleep last; 0 when it is not set.</summary>
        public long TimerMicros { get; set; }

        /// <summary>Whether the motion pin ends deep sleep, and at which level.</summary>
        public bool WakesByPin { get; set; }

        /// <summary>The level that does.</summary>
        public bool WakesByHigh { get; set; }

        /// <summary>Whether the processor is in deep sleep.</summary>
        public bool IsAsleep { get; set; }

        /// <summary>What ended the last deep sleep.</summary>
        public Sleep.WakeupCause WokenBy { get; private set; }

        /// <summary>Whether the firmware has asked for a reboot.</summary>
        public bool IsRebooting { get; set; }

        /// <summary>Whether printing this line runs out of memory; null for never.</summary>
        public Predicate<string> RunsOutOfMemory { get; set; }

        /// <summary>Whether the runtime allows light sleep.</summary>
        public bool AllowsLightSleep { get; set; } = true;

        /// <summary>How often it slept lightly.</summary>
        public int LightSleeps { get; private set; }

        /// <summary>Whether the runtime reports what ended a deep sleep; older ones refuse on an ESP32-C3.</summary>
        public bool ReportsWakeupCause { get; set; } = true;

        /// <summary>Time added to the next sleep, once: a garbage collection or another thread came between.</summary>
        public long OversleepMs { get; set; }

        /// <summary>Milliseconds since boot as the runtime counts them: it stands still in light sleep.</summary>
        public long TickMs
        {
            get { return (Clock.NowMicros - bootMicros - untickedMicros) / 1000; }
        }

        /// <summary>Time of the clock that outlives deep sleep and reboot, in tenths of microseconds since year 1.</summary>
        public long UtcTicks
        {
            get { return clockTicks + (10 * Clock.NowMicros); }
            set { clockTicks = value - (10 * Clock.NowMicros); }
        }

        /// <summary>Called when the firmware reads <see cref="UtcTicks"/>; null for nobody.</summary>
        public Action ClockRead { get; set; }

        /// <summary>Power comes: all is forgotten.</summary>
        public void PowerUp()
        {
            UtcTicks = DateTime.UnixEpoch.Ticks;
            Reset(Sleep.WakeupCause.Undefined);
        }

        /// <summary>The processor starts.</summary>
        /// <param name="cause">What ended a deep sleep.</param>
        public void Reset(Sleep.WakeupCause cause)
        {
            WokenBy = cause;
            IsAsleep = false;
            IsRebooting = false;
            TimerMicros = 0;
            bootMicros = Clock.NowMicros;
            untickedMicros = 0;
            WakesByPin = false;
            Bus.Close();
            Pins.Release();
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

        public void Wait(int milliseconds)
        {
            long more = OversleepMs;
            OversleepMs = 0;
            Clock.AdvanceMs(milliseconds + more);
        }

        public bool TrySleepLightly()
        {
            if (AllowsLightSleep)
            {
                LightSleeps++;
                Pins.MissesEdges = true;
                Clock.Advance(TimerMicros);
                Pins.MissesEdges = false;
                untickedMicros += TimerMicros;
            }

            return AllowsLightSleep;
        }

        public void Print(string line)
        {
            if (RunsOutOfMemory?.Invoke(line) == true)
            {
                throw new InsufficientMemoryException("the simulated heap is full");
            }

            Clock.Advance((line.Length + 2L) * NanosPerCharacter / 1000);
            onLine(line);
        }
    }
}
