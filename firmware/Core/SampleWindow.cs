using System;

namespace HarEdge.Core
{
    /// <summary>
    /// The last <see cref="Length"/> samples, channel by channel. Comes in: one sample of six counts at a time. Goes out: channels as arrays, and the sums every
    /// kernel needs, computed at most once a window and only when asked for. What two windows share is done once: when the last window asked for it, too, a channel
    /// computed sample by sample keeps the samples that stay, and with a hop of half a window a sum keeps its later half.
    /// Never here: allocation after construction, ring arithmetic (the window slides by Array.Copy once a hop).
    /// </summary>
    public sealed class SampleWindow
    {
        // Where the flags of sums and of sums of squares begin, after those of derived channels.
        private const int SumFlags = ChannelId.Count;
        private const int SquareFlags = 2 * ChannelId.Count;

        // Measured channels and how many samples are there, where the pipeline reaches them without a call, which would cost a third of a sample.
        internal readonly short[] Ax;
        internal readonly short[] Ay;
        internal readonly short[] Az;
        internal readonly short[] Gx;
        internal readonly short[] Gy;
        internal readonly short[] Gz;
        internal int Filled;

        private readonly Classifier model;
        private readonly short[][] channels;
        private readonly int[] sums;
        private readonly int[] earlierHalves;
        private readonly long[] squares;
        private readonly bool[] known;

        // Flags of channels and sums as they were when the window slid: what the last window leaves to this one.
        private readonly bool[] left;
        private readonly short[] sorted;
        private readonly int length;
        private readonly int hop;
        private readonly int keptCoarse;
        private readonly bool isHopHalf;
        private int sortedChannel;

        /// <summary>Makes an empty window with every channel; all its memory is allocated here.</summary>
        /// <param name="length">Samples in a window: 64, 128 or 256.</param>
        /// <param name="hop">Samples from one window to the next: a power of two, 4 to length.</param>
        public SampleWindow(int length, int hop)
            : this(length, hop, null)
        {
        }

        /// <summary>Makes an empty window with the channels a model reads; others take no memory and must not be asked for.</summary>
        /// <param name="model">The only model that will read it.</param>
        public SampleWindow(Classifier model)
            : this(model.WindowSamples, model.HopSamples, model)
        {
        }

        private SampleWindow(int length, int hop, Classifier model)
        {
            if ((length != 64 && length != 128 && length != 256) || hop < 4 || hop > length || (hop & (hop - 1)) != 0)
            {
                throw new ArgumentException("a window has 64, 128 or 256 samples, and a hop a power of two from 4 to those");
            }

            this.model = model;
            this.length = length;
            LengthShift = FixedMath.BitLength(length) - 1;
            this.hop = hop;
            keptCoarse = (length - hop) >> ChannelId.CoarseShift;
            isHopHalf = 2 * hop == length;
            channels = new short[ChannelId.Count][];
            for (int channel = 0; channel < ChannelId.Count; channel++)
            {
                if (model == null || DerivedChannels.IsNeeded(model, channel))
                {
                    channels[channel] = new short[channel >= ChannelId.Coarse ? length >> ChannelId.CoarseShift : length];
                }
            }

            Ax = channels[ChannelId.Ax];
            Ay = channels[ChannelId.Ay];
            Az = channels[ChannelId.Az];
            Gx = channels[ChannelId.Gx];
            Gy = channels[ChannelId.Gy];
            Gz = channels[ChannelId.Gz];
            sums = new int[ChannelId.Count];
            earlierHalves = new int[ChannelId.Count];
            squares = model == null || model.ReadsSquares ? new long[ChannelId.Count] : null;
            known = new bool[3 * ChannelId.Count];
            left = new bool[SquareFlags];
            sorted = model == null || model.ReadsQuantiles ? new short[length >> ChannelId.CoarseShift] : null;
            sortedChannel = -1;
        }

        /// <summary>Samples in a window, a power of two.</summary>
        public int Length
        {
            get { return length; }
        }

        /// <summary>log2 of <see cref="Length"/>.</summary>
        public int LengthShift { get; }

        /// <summary>Samples from one window to the next, a power of two.</summary>
        public int Hop
        {
            get { return hop; }
        }

        /// <summary>Samples that still have to be pushed before the window is complete.</summary>
        public int Missing
        {
            get { return Length - Filled; }
        }

        /// <summary>Appends one sample. True when the window is complete; then read it and call <see cref="Slide"/>.</summary>
        public bool Push(short ax, short ay, short az, short gx, short gy, short gz)
        {
            int at = Filled;
            Ax[at] = ax;
            Ay[at] = ay;
            Az[at] = az;
            Gx[at] = gx;
            Gy[at] = gy;
            Gz[at] = gz;
            Filled = at + 1;
            return at + 1 == length;
        }

        /// <summary>Drops the oldest hop of a complete window, so that the next sample can be pushed.</summary>
        public void Slide()
        {
            int kept = length - hop;
            Array.Copy(Ax, hop, Ax, 0, kept);
            Array.Copy(Ay, hop, Ay, 0, kept);
            Array.Copy(Az, hop, Az, 0, kept);
            Array.Copy(Gx, hop, Gx, 0, kept);
            Array.Copy(Gy, hop, Gy, 0, kept);
            Array.Copy(Gz, hop, Gz, 0, kept);
            Filled = kept;
            Array.Copy(known, 0, left, 0, SquareFlags);
            Forget();
        }

        /// <summary>Empties the window: after a gap no window may span the hole.</summary>
        public void Restart()
        {
            Filled = 0;
            Forget();
            Array.Clear(left, 0, SquareFlags);
        }

        /// <summary>
        /// The samples of a channel of a complete window, oldest first; <see cref="Length"/> of them, or a quarter for coarse
        /// channels. Do not keep or write it.
        /// </summary>
        public short[] Channel(int channel)
        {
            if (channel >= SensorScale.ChannelCount && !known[channel])
            {
                Fill(channel);
                known[channel] = true;
            }

            return channels[channel];
        }

        /// <summary>As <see cref="Channel"/> for a coarse copy, filled by the model's own code, which sums the measured samples for <see cref="Sum"/> on the way.</summary>
        /// <param name="channel">A measured channel whose coarse copy the model reads.</param>
        public short[] Coarse(int channel)
        {
            int coarse = ChannelId.Coarse + channel;
            short[] samples = channels[coarse];
            bool[] known = this.known;
            if (known[coarse] || model == null)
            {
                return Channel(coarse);
            }

            known[coarse] = true;
            short[] measured = channels[channel];
            int kept = keptCoarse;
            bool isKept = kept > 0 && left[coarse];
            if (isKept)
            {
                Array.Copy(samples, samples.Length - kept, samples, 0, kept);
            }

            int earlier = isKept ? sums[channel] - earlierHalves[channel] : kept > 0 ? model.FillCoarse(samples, 0, kept, measured) : 0;
            int later = model.FillCoarse(samples, kept, samples.Length, measured);

            // What the last window left of its sum is that of the samples kept only where they are its later half.
            int sum = SumFlags + channel;
            if (!known[sum] && (!isKept || (isHopHalf && left[sum])))
            {
                earlierHalves[channel] = earlier;
                sums[channel] = earlier + later;
                known[sum] = true;
            }

            return samples;
        }

        /// <summary>log2 of the number of samples in a channel.</summary>
        public int ChannelShift(int channel)
        {
            return channel >= ChannelId.Coarse ? LengthShift - ChannelId.CoarseShift : LengthShift;
        }

        /// <summary>Sum over a channel; |sum| at most 256 · 2^15 = 2^23.</summary>
        public int Sum(int channel)
        {
            if (!known[SumFlags + channel])
            {
                AddUp(channel);
                known[SumFlags + channel] = true;
            }

            return sums[channel];
        }

        /// <summary>Tells the sum over a channel, and over the earlier half of its samples, where straight code has them and a kernel asks for the sum, too.</summary>
        public void NoteSum(int channel, int earlierHalf, int sum)
        {
            earlierHalves[channel] = earlierHalf;
            sums[channel] = sum;
            known[SumFlags + channel] = true;
        }

        /// <summary>Sum of squares over a channel; at most 256 · 2^30 = 2^38.</summary>
        public long SquareSum(int channel)
        {
            if (!known[SquareFlags + channel])
            {
                squares[channel] = FixedMath.SquareSumOf(Channel(channel));
                known[SquareFlags + channel] = true;
            }

            return squares[channel];
        }

        /// <summary>Mean of a channel, rounded to nearest, in the channel's counts.</summary>
        public int Mean(int channel)
        {
            int shift = ChannelShift(channel);
            return (Sum(channel) + (1 << (shift - 1))) >> shift;
        }

        /// <summary>The samples of a coarse channel in ascending order; valid until another channel is asked for.</summary>
        public short[] Sorted(int coarseChannel)
        {
            if (sortedChannel != coarseChannel)
            {
                Array.Copy(Channel(coarseChannel), 0, sorted, 0, sorted.Length);
                SortingNetwork.Sort(sorted);
                sortedChannel = coarseChannel;
            }

            return sorted;
        }

        // Samples of the last window that are still in this one stay; only along gravity, whose direction belongs to the window, all change.
        private void Fill(int channel)
        {
            short[] samples = channels[channel];
            int kept = (length - Hop) >> (LengthShift - ChannelShift(channel));
            if (kept > 0 && left[channel] && DerivedChannels.IsOfEachSample(channel))
            {
                Array.Copy(samples, samples.Length - kept, samples, 0, kept);
                DerivedChannels.FillInto(samples, kept, this, channel);
            }
            else
            {
                DerivedChannels.FillInto(samples, 0, this, channel);
            }
        }

        // A sum belongs to its samples, so its later half is the next window's earlier half, except along gravity.
        private void AddUp(int channel)
        {
            short[] samples = Channel(channel);
            int half = samples.Length >> 1;
            if (2 * Hop == length && left[SumFlags + channel] && DerivedChannels.IsOfEachSample(channel))
            {
                earlierHalves[channel] = sums[channel] - earlierHalves[channel];
            }
            else
            {
                earlierHalves[channel] = FixedMath.SumOf(samples, 0, half);
            }

            sums[channel] = earlierHalves[channel] + FixedMath.SumOf(samples, half, samples.Length);
        }

        private void Forget()
        {
            Array.Clear(known, 0, 3 * ChannelId.Count);
            sortedChannel = -1;
        }
    }
}
