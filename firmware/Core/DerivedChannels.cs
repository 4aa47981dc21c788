namespace HarEdge.Core
{
    /// <summary>
    /// Fills the channels that are computed rather than measured: magnitudes, the components along gravity, and the coarse
    /// copies. Comes in: a complete window. Goes out: one channel's samples.
    /// </summary>
    public static class DerivedChannels
    {
        /// <summary>
        /// Whether each sample of a channel depends on its own moment alone, as measured ones, magnitudes and coarse copies do, and
        /// not on the window around it.
        /// </summary>
        public static bool IsOfEachSample(int channel)
        {
            int fine = channel >= ChannelId.Coarse ? channel - ChannelId.Coarse : channel;
            return fine < ChannelId.AccelVertical;
        }

        /// <summary>Whether a window of a model must have a channel: measured ones, those it reads, and the coarse copies that coarse derived channels are made from.</summary>
        public static bool IsNeeded(Classifier model, int channel)
        {
            if (channel < SensorScale.ChannelCount || model.ReadsChannel(channel))
            {
                return true;
            }

            if (channel < ChannelId.Coarse || channel >= ChannelId.Coarse + SensorScale.ChannelCount)
            {
                return false;
            }

            return channel < ChannelId.Coarse + ChannelId.Gx
                ? model.ReadsChannel(ChannelId.Coarse + ChannelId.AccelMagnitude) || model.ReadsChannel(ChannelId.Coarse + ChannelId.AccelVertical)
                : model.ReadsChannel(ChannelId.Coarse + ChannelId.GyroMagnitude) || model.ReadsChannel(ChannelId.Coarse + ChannelId.GyroVertical);
        }

        /// <summary>Computes <paramref name="channel"/> from the measured channels of <paramref name="window"/>.</summary>
        /// <param name="target">Receives the samples; its length decides between full and coarse rate.</param>
        /// <param name="start">The first sample to compute; those before are there already. 0 for channels along gravity.</param>
        /// <param name="window">A complete window.</param>
        /// <param name="channel">A derived channel, see <see cref="ChannelId"/>.</param>
        public static void FillInto(short[] target, int start, SampleWindow window, int channel)
        {
            int rate = channel >= ChannelId.Coarse ? ChannelId.Coarse : 0;
            switch (channel - rate)
            {
                case ChannelId.AccelMagnitude:
                    FillMagnitude(target, start, window, rate + ChannelId.Ax);
                    break;
                case ChannelId.GyroMagnitude:
                    FillMagnitude(target, start, window, rate + ChannelId.Gx);
                    break;
                case ChannelId.AccelVertical:
                    FillVertical(target, window, rate + ChannelId.Ax);
                    break;
                case ChannelId.GyroVertical:
                    FillVertical(target, window, rate + ChannelId.Gx);
                    break;
                default:
                    FillCoarse(target, start, window.Channel(channel - ChannelId.Coarse));
                    break;
            }
        }

        // Floor of the mean of four: the sum of four shorts is below 2^17.
        private static void FillCoarse(short[] target, int start, short[] source)
        {
            int count = target.Length;
            int from = start << ChannelId.CoarseShift;
            for (int i = start; i < count; i++)
            {
                target[i] = (short)((source[from] + source[from + 1] + source[from + 2] + source[from + 3]) >> ChannelId.CoarseShift);
                from += 4;
            }
        }

        // Each square is at most 2^30, their sum below 2^32, hence long; half of its root is below 28,379. Neighbors are alike:
        // Newton's method from the last root takes two steps where Sqrt's takes five. From within a factor of 2, above or below,
        // the first step lands at or above the root, the others descend to its floor (as in FixedMath.Sqrt).
        private static void FillMagnitude(short[] target, int start, SampleWindow window, int first)
        {
            short[] x = window.Channel(first);
            short[] y = window.Channel(first + 1);
            short[] z = window.Channel(first + 2);
            int count = target.Length;
            long last = 0;
            long root = 0;
            for (int i = start; i < count; i++)
            {
                int xi = x[i];
                int yi = y[i];
                int zi = z[i];
                long square = (long)(xi * xi) + yi * yi + zi * zi;
                if (square >> 2 < last && last >> 2 < square)
                {
                    root = (root + square / root) >> 1;
                    while (root * root > square)
                    {
                        root = (root + square / root) >> 1;
                    }
                }
                else
                {
                    root = FixedMath.Sqrt(square);
                }

                target[i] = (short)(root >> 1);
                last = square;
            }
        }

        // Direction cosines are at most 2^12 in Q12, so each product is below 2^27, their sum below 2^29;
        // by Cauchy-Schwarz the result is at most half the vector's length (plus rounding of the cosines): below 28,400.
        private static void FillVertical(short[] target, SampleWindow window, int first)
        {
            int ux = Kernels.Tilt.DirectionCosine(window, ChannelId.Ax, 0);
            int uy = Kernels.Tilt.DirectionCosine(window, ChannelId.Ay, 0);
            int uz = Kernels.Tilt.DirectionCosine(window, ChannelId.Az, 0);
            short[] x = window.Channel(first);
            short[] y = window.Channel(first + 1);
            short[] z = window.Channel(first + 2);
            int count = target.Length;
            for (int i = 0; i < count; i++)
            {
                target[i] = (short)((x[i] * ux + y[i] * uy + z[i] * uz) >> 13);
            }
        }
    }
}
