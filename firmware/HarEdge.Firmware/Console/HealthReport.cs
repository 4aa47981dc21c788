using System;
using HarEdge.Core;
using nanoFramework.Runtime.Native;
using NativeGc = nanoFramework.Runtime.Native.GC;

namespace HarEdge.Firmware
{
    /// <summary>Who speaks and how it is: self-tests at boot; banner, calibration, health and timing once a minute, for who joins late.</summary>
    internal sealed class HealthReport
    {
        private const int PeriodMs = 60000;

        private readonly Board board;
        private readonly Classifier model;
        private readonly SerialConsole console;
        private readonly string start;
        private long dueMs = PeriodMs;

        // In a field its value loses the unsigned tag that the runtime gives it.
        private int freeBytes;

        /// <param name="board">The board.</param>
        /// <param name="model">The model.</param>
        /// <param name="console">Where it goes.</param>
        /// <param name="start">Why the board booted, a word of <see cref="BootReason"/>.</param>
        public HealthReport(Board board, Classifier model, SerialConsole console, string start)
        {
            this.board = board;
            this.model = model;
            this.console = console;
            this.start = start;
        }

        /// <summary>Whether a minute has passed.</summary>
        public bool IsDue(long nowMs)
        {
            return nowMs >= dueMs;
        }

        /// <summary>Says whether the known answers agree.</summary>
        public void PrintModelTest(int windows, int mismatch)
        {
            console.SelfTest("MODEL", mismatch >= 0 ? "FAIL" : "PASS", windows, mismatch, 0);
        }

        /// <summary>Says how the chip's own test went.</summary>
        public void PrintSensorTest(SelfTest test)
        {
            string outcome = test.FirstFailure < 0 ? "PASS" : "FAIL";
            console.SelfTest("SENSOR", test.HasVerdict ? outcome : "SKIP", SelfTest.Axes, test.FirstFailure, test.WorstPerMille);
        }

        /// <summary>Says who speaks.</summary>
        public void PrintBanner()
        {
            console.Banner(board, model, start, SystemInfo.TargetName, SystemInfo.Version.ToString());
        }

        /// <summary>Prints everything. Counting free memory runs the garbage collector.</summary>
        public void Print(long nowMs, Stepper stepper, Acquisition acquisition, int retries)
        {
            dueMs = nowMs + PeriodMs;
            freeBytes = (int)NativeGc.Run(false);
            PrintBanner();
            stepper.SayCalibration();
            console.Health(nowMs / 1000, stepper.Samples, stepper.Decisions, acquisition.Rate.RateMilliHz, retries, freeBytes, acquisition.Faults);
            console.Timing(stepper.Timer);
            stepper.Timer.Clear();
        }
    }

    /// <summary>
    /// What a decision takes on this chip: decoding and pushing the samples of its hop, classifying, filtering; no reading, no printing. Allocates nothing.
    /// A simulation, in which no time passes meanwhile, measures nothing and says so.
    /// </summary>
    internal sealed class DecisionTimer
    {
        private const int TicksPerMicro = 10;

        // While running the time when it would have begun without pauses; while paused the time so far.
        private long ticks;
        private long sumMicros;
        private bool isWholeHop;

        /// <summary>Decisions measured since the last report.</summary>
        public int Decisions { get; private set; }

        /// <summary>Longest of them.</summary>
        public int WorstMicros { get; private set; }

        /// <summary>Mean of them; 0 when none was measured.</summary>
        public int MeanMicros
        {
            get { return Decisions == 0 ? 0 : (int)(sumMicros / Decisions); }
        }

        /// <summary>Runs on, or pauses. On ESP32 the clock counts microseconds (ESP-IDF's gettimeofday).</summary>
        public void Switch()
        {
            ticks = DateTime.UtcNow.Ticks - ticks;
        }

        /// <summary>Paused, with a decision: the next hop begins. A first window is more than a hop and does not count.</summary>
        public void NoteDecision()
        {
            // Some 60 ms, at most seconds: far below 2^31 µs.
            int micros = (int)(ticks / TicksPerMicro);
            if (isWholeHop && micros > 0)
            {
                Decisions++;
                sumMicros += micros;
                WorstMicros = micros > WorstMicros ? micros : WorstMicros;
            }

            ticks = 0;
            isWholeHop = true;
        }

        /// <summary>The window starts over.</summary>
        public void Discard()
        {
            ticks = 0;
            isWholeHop = false;
        }

        /// <summary>What was measured has been reported.</summary>
        public void Clear()
        {
            Decisions = 0;
            sumMicros = 0;
            WorstMicros = 0;
        }
    }
}
