using System;

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

        /// <summary>Samples pass that nobody examines.</summary>
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

    /// <summary>What a chip with another rate feels of a source of 50 samples a second: the curve through them, by Catmull and Rom.</summary>
    internal sealed class RateSource : IMotionSource
    {
        private const int SourceHz = 50;

        private readonly IMotionSource source;
        private readonly int rateHz;
        private readonly short[][] near = { new short[SignalPath.Channels], new short[SignalPath.Channels], new short[SignalPath.Channels], new short[SignalPath.Channels] };
        private long known = -1;
        private long lastIndex = long.MaxValue;
        private bool hasEnded;

        public RateSource(IMotionSource source, int rateHz)
        {
            this.source = source;
            this.rateHz = rateHz;
        }

        /// <inheritdoc/>
        public bool TryRead(long index, Span<short> counts)
        {
            long before = index * SourceHz / rateHz;
            double part = (double)(index * SourceHz % rateHz) / rateHz;
            if (before + 2 < known || before - 1 > known)
            {
                known = Math.Max(-1, before - 2);
                hasEnded = false;
            }

            while (known < before + 2)
            {
                Shift();
            }

            if (hasEnded && before > lastIndex)
            {
                return false;
            }

            for (int i = 0; i < counts.Length; i++)
            {
                double a = near[0][i], b = near[1][i], c = near[2][i], d = near[3][i];
                double value = b + 0.5 * part * (c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a)));
                counts[i] = (short)Math.Clamp(Math.Round(value), short.MinValue, short.MaxValue);
            }

            return true;
        }

        // Before the first sample and after the last the source rests.
        private void Shift()
        {
            short[] oldest = near[0];
            Array.Copy(near, 1, near, 0, 3);
            near[3] = oldest;
            known++;
            if (hasEnded || !source.TryRead(known, near[3]))
            {
                lastIndex = hasEnded ? lastIndex : known - 1;
                hasEnded = true;
                near[2].CopyTo(near[3], 0);
            }

            if (known == 0)
            {
                near[3].CopyTo(near[2], 0);
                near[3].CopyTo(near[1], 0);
                near[3].CopyTo(near[0], 0);
            }
        }
    }
}
