namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// Where the chip is in its source. It begins with the first sample that someone can keep: what flows into the FIFO before a reset that throws
    /// it away is played again. Before that the chip feels the first sample all the time, after the end the last one: a chip never stops measuring.
    /// </summary>
    internal sealed class ChipSource
    {
        private IMotionSource source;
        private bool isFlowing;
        private bool isKept;
        private long index;
        private long length;

        /// <summary>Counts of the last sample felt.</summary>
        public short[] Felt { get; } = new short[SignalPath.Channels];

        /// <summary>Its index within the source.</summary>
        public long Tick { get; private set; }

        /// <summary>True when there are no more samples.</summary>
        public bool HasEnded
        {
            get { return length >= 0; }
        }

        public void Begin(IMotionSource motion)
        {
            source = motion;
            isKept = false;
            Rewind();
        }

        /// <summary>The FIFO was emptied: unless a sample was kept, begin again.</summary>
        public void Rewind()
        {
            if (!isKept)
            {
                index = 0;
                isFlowing = false;
                length = -1;
            }
        }

        /// <summary>A byte of this source left the FIFO.</summary>
        public void Keep()
        {
            isKept |= isFlowing;
        }

        /// <summary>Whether the sample of a tick, and so each before it, is all there is.</summary>
        public bool IsOverWith(long sampleTick)
        {
            return HasEnded && sampleTick >= length - 1;
        }

        /// <summary>Samples pass that nobody looks at.</summary>
        public void Skip(long samples)
        {
            index += isFlowing ? samples : 0;
        }

        /// <summary>Feels the next sample; false when there is nothing to feel.</summary>
        /// <param name="intoFifo">Whether it goes into the FIFO.</param>
        public bool TryFeel(bool intoFifo)
        {
            if (source == null)
            {
                return false;
            }

            isFlowing |= intoFifo;
            if (!HasEnded && !source.TryRead(index, Felt))
            {
                length = isFlowing ? index : -1;
            }

            Tick = index;
            index += isFlowing ? 1 : 0;
            return true;
        }
    }
}
