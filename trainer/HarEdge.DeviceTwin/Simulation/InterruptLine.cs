namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>The chip's INT pin: level or 50 µs pulse, active high or low, and how often it rose (RM-MPU-6000A r4.2 §4.14).</summary>
    internal sealed class InterruptLine
    {
        private const int ActiveLowBit = 0x80;
        private const int LatchBit = 0x20;
        private const long PulseNanos = 50000;

        private long pulseEndNanos;

        /// <summary>How often the pin went from rest to its active level.</summary>
        public long Edges { get; private set; }

        /// <summary>Whether the pin is at its active level, which may be low.</summary>
        /// <param name="configuration">INT_PIN_CFG.</param>
        /// <param name="pending">INT_STATUS where INT_ENABLE is set.</param>
        /// <param name="nowNanos">When.</param>
        public bool IsActive(int configuration, int pending, long nowNanos)
        {
            return (configuration & LatchBit) != 0 ? pending != 0 : nowNanos < pulseEndNanos;
        }

        /// <summary>Whether the pin is high.</summary>
        public bool IsHigh(int configuration, int pending, long nowNanos)
        {
            return IsActive(configuration, pending, nowNanos) != ((configuration & ActiveLowBit) != 0);
        }

        /// <summary>An enabled interrupt happens, once or several times since the last one.</summary>
        /// <param name="configuration">INT_PIN_CFG.</param>
        /// <param name="pendingBefore">What was pending before it.</param>
        /// <param name="nanos">When it last happened.</param>
        /// <param name="times">How often.</param>
        public void Interrupt(int configuration, int pendingBefore, long nanos, long times)
        {
            bool isLatched = (configuration & LatchBit) != 0;
            Edges += !isLatched ? times : pendingBefore == 0 ? 1 : 0;
            pulseEndNanos = nanos + PulseNanos;
        }

        /// <summary>Power goes.</summary>
        public void Reset()
        {
            pulseEndNanos = 0;
        }
    }
}
