namespace HarEdge.Core.Kernels
{
    /// <summary>
    /// Sum, spread and extremes of one channel. n is the channel's number of samples, at most 256; a count is below 2^15.
    /// All kernels take (window, channel, parameter); these ignore the parameter.
    /// </summary>
    public static class Moments
    {
        /// <summary>Sum of the samples: n times the mean. |sum| ≤ 256 · 2^15 = 2^23.</summary>
        public static int Sum(SampleWindow window, int channel, int parameter)
        {
            return window.Sum(channel);
        }

        /// <summary>Population variance in counts², rounded down; at most (2^16 / 2)² = 2^30.</summary>
        public static int Variance(SampleWindow window, int channel, int parameter)
        {
            return (int)(ScaledVariance(window, channel) >> (2 * window.ChannelShift(channel)));
        }

        /// <summary>Smallest sample, −2^15 or more.</summary>
        public static int Minimum(SampleWindow window, int channel, int parameter)
        {
            short[] data = window.Channel(channel);
            int count = data.Length;
            int minimum = data[0];
            for (int i = 0; i < count; i += 4)
            {
                int value = data[i];
                if (value < minimum)
                {
                    minimum = value;
                }

                value = data[i + 1];
                if (value < minimum)
                {
                    minimum = value;
                }

                value = data[i + 2];
                if (value < minimum)
                {
                    minimum = value;
                }

                value = data[i + 3];
                if (value < minimum)
                {
                    minimum = value;
                }
            }

            return minimum;
        }

        /// <summary>Largest sample, below 2^15.</summary>
        public static int Maximum(SampleWindow window, int channel, int parameter)
        {
            short[] data = window.Channel(channel);
            int count = data.Length;
            int maximum = data[0];
            for (int i = 0; i < count; i += 4)
            {
                int value = data[i];
                if (value > maximum)
                {
                    maximum = value;
                }

                value = data[i + 1];
                if (value > maximum)
                {
                    maximum = value;
                }

                value = data[i + 2];
                if (value > maximum)
                {
                    maximum = value;
                }

                value = data[i + 3];
                if (value > maximum)
                {
                    maximum = value;
                }
            }

            return maximum;
        }

        /// <summary>n times the mean absolute deviation from the rounded mean; at most 256 · 2^16 = 2^24.</summary>
        public static int AbsoluteDeviation(SampleWindow window, int channel, int parameter)
        {
            short[] data = window.Channel(channel);
            int mean = window.Mean(channel);
            int count = data.Length;

            // |d| = d + 2 · max(−d, 0): the plain differences add up to sum − n · mean, so only samples below it need adding.
            int below = 0;
            for (int i = 0; i < count; i += 4)
            {
                int value = data[i];
                if (value < mean)
                {
                    below += mean - value;
                }

                value = data[i + 1];
                if (value < mean)
                {
                    below += mean - value;
                }

                value = data[i + 2];
                if (value < mean)
                {
                    below += mean - value;
                }

                value = data[i + 3];
                if (value < mean)
                {
                    below += mean - value;
                }
            }

            return window.Sum(channel) - count * mean + 2 * below;
        }

        /// <summary>Times the signal crosses its rounded mean (a sample at the mean counts as above it); below n.</summary>
        public static int MeanCrossings(SampleWindow window, int channel, int parameter)
        {
            short[] data = window.Channel(channel);
            int mean = window.Mean(channel);
            int count = data.Length;
            bool above = data[0] >= mean;
            int crossings = 0;
            for (int i = 1; i < count; i++)
            {
                if (above)
                {
                    if (data[i] < mean)
                    {
                        above = false;
                        crossings++;
                    }
                }
                else if (data[i] >= mean)
                {
                    above = true;
                    crossings++;
                }
            }

            return crossings;
        }

        /// <summary>n² times the variance, exact: n · Σx² − (Σx)². n · Σx² ≤ 2^8 · 2^38 = 2^46, hence long.</summary>
        internal static long ScaledVariance(SampleWindow window, int channel)
        {
            long sum = window.Sum(channel);
            return (window.SquareSum(channel) << window.ChannelShift(channel)) - sum * sum;
        }
    }
}
