namespace HarEdge.Core.Kernels
{
    /// <summary>How two channels of the same rate move together; the parameter is the other channel.</summary>
    public static class Covariance
    {
        /// <summary>One in the scale of <see cref="Correlation"/>.</summary>
        public const int CorrelationOne = 4096;

        /// <summary>Population covariance in counts², rounded down; magnitude at most 2^30 by Cauchy-Schwarz.</summary>
        public static int OfChannels(SampleWindow window, int channel, int other)
        {
            return (int)(Scaled(window, channel, other) >> (2 * window.ChannelShift(channel)));
        }

        /// <summary>Pearson correlation in Q12, −4096 to 4096; 0 when either channel is constant.</summary>
        public static int Correlation(SampleWindow window, int channel, int other)
        {
            // Scaled variances are below 2^46: their roots below 2^23, the product of the roots below 2^46.
            long product = (long)FixedMath.Sqrt(Moments.ScaledVariance(window, channel))
                * FixedMath.Sqrt(Moments.ScaledVariance(window, other));
            if (product == 0)
            {
                return 0;
            }

            long scaled = Scaled(window, channel, other) * CorrelationOne / product;
            return scaled > CorrelationOne ? CorrelationOne : scaled < -CorrelationOne ? -CorrelationOne : (int)scaled;
        }

        // n² times the covariance, exact: n · Σxy − Σx · Σy; |n · Σxy| ≤ 2^46.
        private static long Scaled(SampleWindow window, int channel, int other)
        {
            short[] first = window.Channel(channel);
            short[] second = window.Channel(other);
            int count = first.Length;
            long products = 0;
            for (int i = 0; i < count; i += 4)
            {
                products += (long)(first[i] * second[i]) + first[i + 1] * second[i + 1]
                    + first[i + 2] * second[i + 2] + first[i + 3] * second[i + 3];
            }

            return (products << window.ChannelShift(channel)) - (long)window.Sum(channel) * window.Sum(other);
        }
    }
}
