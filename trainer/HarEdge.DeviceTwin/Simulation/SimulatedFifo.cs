namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// The sensor's FIFO: 1,024 bytes, 512 in clones. When full the oldest byte gives way (register map §4.30), so the bytes of samples shift against each
    /// other: whoever goes on reading without a reset reads nonsense. It remembers from which tick each byte came.
    /// </summary>
    internal sealed class SimulatedFifo
    {
        private const int SampleBytes = 12;
        private const int RememberedSamples = 1024;

        private readonly byte[] bytes;
        private readonly long[] ticks;
        private readonly long[] poppedTicks = new long[RememberedSamples];
        private int head;
        private long poppedBytes;
        private byte lastPopped;

        public SimulatedFifo(int capacity)
        {
            bytes = new byte[capacity];
            ticks = new long[capacity];
        }

        /// <summary>Bytes waiting.</summary>
        public int Count { get; private set; }

        /// <summary>Whole samples read out since the last reset.</summary>
        public long PoppedSamples
        {
            get { return poppedBytes / SampleBytes; }
        }

        public void Reset()
        {
            Count = 0;
            poppedBytes = 0;
        }

        /// <summary>Appends a byte; false when another had to give way.</summary>
        public bool Push(byte value, long tick)
        {
            bool fits = Count < bytes.Length;
            if (!fits)
            {
                head = (head + 1) % bytes.Length;
                Count--;
            }

            int at = (head + Count) % bytes.Length;
            bytes[at] = value;
            ticks[at] = tick;
            Count++;
            return fits;
        }

        /// <summary>The oldest byte; when empty, the one read last again (register map §4.31).</summary>
        public byte Pop()
        {
            if (Count == 0)
            {
                return lastPopped;
            }

            lastPopped = bytes[head];
            poppedBytes++;
            if (poppedBytes % SampleBytes == 0)
            {
                poppedTicks[(PoppedSamples - 1) % RememberedSamples] = ticks[head];
            }

            head = (head + 1) % bytes.Length;
            Count--;
            return lastPopped;
        }

        /// <summary>Tick of a sample read out since the last reset; the last 1,024 are known.</summary>
        /// <param name="sample">0 is the first one after the reset.</param>
        public long TickOf(long sample)
        {
            return poppedTicks[sample % RememberedSamples];
        }
    }
}
