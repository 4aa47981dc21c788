namespace HarEdge.Core.Kernels
{
    /// <summary>Where gravity points in the sensor's frame: the direction of the window's mean acceleration.</summary>
    public static class Tilt
    {
        /// <summary>One in the scale of <see cref="DirectionCosine"/>.</summary>
        public const int CosineOne = 4096;

        /// <summary>
        /// Component of the unit vector along the mean acceleration, Q12: −4096 to 4096; 0 without any acceleration. The three
        /// together are a vector of length 4096, at most 1.6 % more for sums near zero.
        /// </summary>
        /// <param name="window">A complete window.</param>
        /// <param name="channel">Ax, Ay or Az.</param>
        /// <param name="parameter">Not used.</param>
        public static int DirectionCosine(SampleWindow window, int channel, int parameter)
        {
            // Sums are at most 2^23, their squares together below 2^48, times 2^12 below 2^60: the root is 64 times the length.
            long x = window.Sum(ChannelId.Ax);
            long y = window.Sum(ChannelId.Ay);
            long z = window.Sum(ChannelId.Az);
            int length64 = FixedMath.Sqrt((x * x + y * y + z * z) << 12);
            if (length64 == 0)
            {
                return 0;
            }

            int cosine = (int)((long)window.Sum(channel) * (64 * CosineOne) / length64);
            return FixedMath.Clamp(cosine, -CosineOne, CosineOne);
        }
    }
}
