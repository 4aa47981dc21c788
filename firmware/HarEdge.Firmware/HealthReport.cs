using HarEdge.Core;
using NativeGc = nanoFramework.Runtime.Native.GC;

namespace HarEdge.Firmware
{
    /// <summary>Once a minute: banner, calibration and health, so that who joins late knows everything within a minute.</summary>
    internal sealed class HealthReport
    {
        private const int PeriodMs = 60000;

        private readonly Board board;
        private readonly Classifier model;
        private readonly SerialConsole console;
        private long dueMs = PeriodMs;
        private int freeBytes;

        public HealthReport(Board board, Classifier model, SerialConsole console)
        {
            this.board = board;
            this.model = model;
            this.console = console;
        }

        /// <summary>Whether a minute has passed.</summary>
        public bool IsDue(long nowMs)
        {
            return nowMs >= dueMs;
        }

        /// <summary>Prints everything. Counting free memory runs the garbage collector.</summary>
        public void Print(long nowMs, Pipeline pipeline, Acquisition acquisition, int samples, int decisions, int retries)
        {
            dueMs = nowMs + PeriodMs;
            freeBytes = (int)NativeGc.Run(false);
            console.Banner(board, model);
            console.Calibration(pipeline.Calibration, samples);
            console.Health(nowMs / 1000, samples, decisions, acquisition.Rate.RateMilliHz, retries, freeBytes, acquisition.Faults);
        }
    }
}
