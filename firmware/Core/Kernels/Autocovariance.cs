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

        // Σ (x − m)(y − m) = Σ xy − m · (Σ x + Σ y) + count · m², exact: a product of two samples is at most 2^30, all of them
        // together below 2^38; Σ x and Σ y, the channel without its last or first lag samples, below 2^23.
        private static long Products(SampleWindow window, int channel, int lag)
        {
            short[] data = window.Channel(channel);
            int count = data.Length - lag;
            int end = count & -4;
            int later = lag;
            long products = 0;
            for (int i = 0; i < end; i += 4)
            {
                products += (long)(data[i] * data[later]) + data[i + 1] * data[later + 1]
                    + data[i + 2] * data[later + 2] + data[i + 3] * data[later + 3];
                later += 4;
            }

            for (int i = end; i < count; i++)
            {
                products += data[i] * data[i + lag];
            }

            int sums = 2 * window.Sum(channel);
            for (int i = 0; i < lag; i++)
            {
                sums -= data[i] + data[count + i];
            }

            long mean = window.Mean(channel);
            return products - mean * sums + mean * mean * count;
        }
    }
}
