using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Compares the sensor's clock with the board's. Comes in: how many samples were read, and when. Goes out: the rate, and the divider
    /// that brings it closest to nominal. The sensor's clock may be off by several percent; the board's is a crystal.
    /// </summary>
    internal sealed class RateMonitor
    {
        /// <summary>More than 3 % off is a fault.</summary>
        public const int ToleranceMilliHz = SensorScale.SampleRateHz * 30;

        // A burst's size is uncertain by a sample at each end: 0.13 % of 1,500 samples.
        private const int LeastMs = 30000;

        private const int NominalMilliHz = SensorScale.SampleRateHz * 1000;

        private long sinceMs;
        private int samples;
        private bool isStarted;

        /// <summary>Last measured rate, 1/1000 Hz; 0 before the first measurement.</summary>
        public int RateMilliHz { get; private set; }

        /// <summary>Whether the last measured rate is within tolerance.</summary>
        public bool IsGood
        {
            get { return RateMilliHz >= NominalMilliHz - ToleranceMilliHz && RateMilliHz <= NominalMilliHz + ToleranceMilliHz; }
        }

        /// <summary>After a gap nothing before it counts.</summary>
        public void Restart()
        {
            isStarted = false;
        }

        /// <summary>Notes a burst that emptied the FIFO; true when a new measurement is there.</summary>
        /// <param name="nowMs">When it was read.</param>
        /// <param name="count">Samples in it.</param>
        public bool NoteBurst(long nowMs, int count)
        {
            if (!isStarted)
            {
                sinceMs = nowMs;
                samples = 0;
                isStarted = true;
                return false;
            }

            samples += count;
            int elapsedMs = (int)(nowMs - sinceMs);
            if (elapsedMs < LeastMs)
            {
                return false;
            }

            // Some 1,600 samples in some 32 s, never more than the FIFO of each burst: the product needs 33 bits or so.
            RateMilliHz = (int)((long)samples * 1000000 / elapsedMs);
            sinceMs = nowMs;
            samples = 0;
            return true;
        }

        /// <summary>Steps of what divides the sensor's clock (rate = clock / steps) that bring the rate closest to nominal.</summary>
        /// <param name="steps">Steps now, below 2^16.</param>
        /// <param name="rateMilliHz">The rate measured with them, below 2^17.</param>
        public static int BetterSteps(int steps, int rateMilliHz, int least, int most)
        {
            return FixedMath.Clamp((int)(((long)steps * rateMilliHz + NominalMilliHz / 2) / NominalMilliHz), least, most);
        }
    }
}
