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
            int minimum = data[0];
            for (int i = 1; i < data.Length; i++)
            {
                int value = data[i];
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
            int maximum = data[0];
            for (int i = 1; i < data.Length; i++)
            {
                int value = data[i];
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
            int deviation = 0;
            for (int i = 0; i < data.Length; i += 2)
            {
                int first = data[i] - mean;
                int second = data[i + 1] - mean;
                deviation += (first < 0 ? -first : first) + (second < 0 ? -second : second);
            }

            return deviation;
        }

        /// <summary>Times the signal crosses its rounded mean (a sample at the mean counts as above it); below n.</summary>
        public static int MeanCrossings(SampleWindow window, int channel, int parameter)
        {
            short[] data = window.Channel(channel);
            int mean = window.Mean(channel);
            bool above = data[0] >= mean;
            int crossings = 0;
            for (int i = 1; i < data.Length; i++)
            {
                if (data[i] >= mean != above)
                {
                    above = !above;
                    crossings++;
                }
            }

            return crossings;
        }

        /// <summary>n² times the variance, exact: n · Σx² − (Σx)². n · Σx² ≤ 2^8 · 2^38 = 2^46, hence long.</summary>
        internal static long ScaledVariance(SampleWindow window, int channel)
        {
            short[] data = window.Channel(channel);
            long squares = 0;
            for (int i = 0; i < data.Length; i += 2)
            {
                // Two squares together reach 2^31 only for two samples of −2^15: add them as longs.
                int first = data[i];
                int second = data[i + 1];
                squares += (long)(first * first) + second * second;
            }

            long sum = window.Sum(channel);
            return (squares << window.ChannelShift(channel)) - sum * sum;
        }
    }
}
