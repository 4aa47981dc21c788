using System;

namespace HarEdge.Firmware
{
    /// <summary>
    /// What a decision takes on this chip: from the window's last sample to the filtered decision. Allocates nothing. A simulation, in
    /// which no time passes meanwhile, measures nothing and says so.
    /// </summary>
    internal sealed class DecisionTimer
    {
        private const int TicksPerMicro = 10;
        private long startTicks;
        private long sumMicros;

        /// <summary>Decisions measured since the last <see cref="Restart"/>.</summary>
        public int Decisions { get; private set; }

        /// <summary>Longest of them.</summary>
        public int WorstMicros { get; private set; }

        /// <summary>Mean of them; 0 when none was measured.</summary>
        public int MeanMicros
        {
            get { return Decisions == 0 ? 0 : (int)(sumMicros / Decisions); }
        }

        /// <summary>The last sample of a window may come now. On ESP32 the clock counts microseconds (ESP-IDF's gettimeofday).</summary>
        public void Start()
        {
            startTicks = DateTime.UtcNow.Ticks;
        }

        /// <summary>It did: the decision is there.</summary>
        public void Stop()
        {
            // A decision takes some 50 ms, at most seconds: far below 2^31 µs.
            int micros = (int)((DateTime.UtcNow.Ticks - startTicks) / TicksPerMicro);
            if (micros > 0)
            {
                Decisions++;
                sumMicros += micros;
                WorstMicros = micros > WorstMicros ? micros : WorstMicros;
            }
        }

        /// <summary>What was measured has been told.</summary>
        public void Restart()
        {
            Decisions = 0;
            sumMicros = 0;
            WorstMicros = 0;
        }
    }
}
