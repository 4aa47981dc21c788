namespace HarEdge.Core.Kernels
{
    /// <summary>
    /// How a channel resembles itself some samples later; the parameter is the lag in the channel's own samples, 1 to n − 1.
    /// </summary>
    public static class Autocovariance
    {
        /// <summary>One in the scale of <see cref="Normalized"/>.</summary>
        public const int NormalizedOne = 4096;

        /// <summary>
        /// Σ (x[i] − m)(x[i + lag] − m) / n in counts², m the rounded mean, rounded down. By Cauchy-Schwarz its magnitude is at
        /// most Σ (x[i] − m)² / n ≤ 2^30 + 1.
        /// </summary>
        public static int AtLag(SampleWindow window, int channel, int lag)
        {
            return (int)(Products(window, channel, lag) >> window.ChannelShift(channel));
        }

        /// <summary>The same divided by the variance, in Q12: −4096 to 4096; 0 for a constant channel.</summary>
        public static int Normalized(SampleWindow window, int channel, int lag)
        {
            // |Products| ≤ n · 2^30 = 2^38; times n and 2^12 it stays below 2^58.
            long variance = Moments.ScaledVariance(window, channel);
            if (variance == 0)
            {
                return 0;
            }

            long scaled = (Products(window, channel, lag) << window.ChannelShift(channel)) * NormalizedOne / variance;
            return scaled > NormalizedOne ? NormalizedOne : scaled < -NormalizedOne ? -NormalizedOne : (int)scaled;
        }

        // Each factor is below 2^16, a product at most 2^32, hence long before the multiplication.
        private static long Products(SampleWindow window, int channel, int lag)
        {
            short[] data = window.Channel(channel);
            int mean = window.Mean(channel);
            int end = data.Length - lag;
            long sum = 0;
            for (int i = 0; i < end; i++)
            {
                sum += (long)(data[i] - mean) * (data[i + lag] - mean);
            }

            return sum;
        }
    }
}
