namespace HarEdge.Core.Kernels
{
    /// <summary>
    /// Power at single frequencies by Goertzel's recurrence (Goertzel, Am. Math. Monthly 65, 1958). Bin k is k · rate / n:
    /// 0.39 Hz a bin for 128 samples at 50 Hz, and the same for their coarse copy.
    /// </summary>
    public static class Goertzel
    {
        // round(2^14 · cos(2π i / 256)), i = 0..64: a quarter wave; 256 is the longest window.
        private static readonly short[] CosineQ14 =
        {
            16384, 16379, 16364, 16340, 16305, 16261, 16207, 16143, 16069, 15986, 15893, 15791, 15679, 15557, 15426, 15286,
            15137, 14978, 14811, 14635, 14449, 14256, 14053, 13842, 13623, 13395, 13160, 12916, 12665, 12406, 12140, 11866,
            11585, 11297, 11003, 10702, 10394, 10080, 9760, 9434, 9102, 8765, 8423, 8076, 7723, 7366, 7005, 6639,
            6270, 5897, 5520, 5139, 4756, 4370, 3981, 3590, 3196, 2801, 2404, 2006, 1606, 1205, 804, 402,
            0,
        };

        /// <summary>
        /// |X[k]|² / n² of the mean-free channel, in counts²; at most 2^30 because |X[k]| ≤ Σ |x − m| ≤ n · 2^15. Limited to
        /// 0..2^31 − 1 against rounding: the recurrence rounds down once a sample in steps of a quarter count.
        /// </summary>
        /// <param name="window">A complete window.</param>
        /// <param name="channel">The channel.</param>
        /// <param name="bin">1 to n / 2 − 1.</param>
        public static int BinPower(SampleWindow window, int channel, int bin)
        {
            short[] data = window.Channel(channel);
            int shift = window.ChannelShift(channel);
            long mean = window.Mean(channel) << 2;
            int count = data.Length;
            long twoCosineQ14 = 2 * Cosine(bin << (8 - shift));

            // In quarter counts |state| ≤ 4 · Σ |x − m| / sin(2π / n) ≤ 2^2 · 2^23 · 2^5.4 < 2^31 for n = 256, so its product
            // with the Q14 coefficient (at most 2^15) stays below 2^46 and the squares below 2^62.
            long last = 0;
            long beforeLast = 0;
            for (int i = 0; i < count; i += 4)
            {
                beforeLast = ((twoCosineQ14 * last) >> 14) - beforeLast + (data[i] << 2) - mean;
                last = ((twoCosineQ14 * beforeLast) >> 14) - last + (data[i + 1] << 2) - mean;
                beforeLast = ((twoCosineQ14 * last) >> 14) - beforeLast + (data[i + 2] << 2) - mean;
                last = ((twoCosineQ14 * beforeLast) >> 14) - last + (data[i + 3] << 2) - mean;
            }

            long power = last * last + beforeLast * beforeLast - ((twoCosineQ14 * last) >> 14) * beforeLast;
            power >>= 2 * shift + 4;
            return power < 0 ? 0 : FixedMath.Saturate(power);
        }

        /// <summary>Sum of <see cref="BinPower"/> over the bins low..high; at most n · variance / n ≤ 2^30 by Parseval, limited as above.</summary>
        /// <param name="window">A complete window.</param>
        /// <param name="channel">The channel.</param>
        /// <param name="band">low · 256 + high, 1 ≤ low ≤ high ≤ n / 2 − 1.</param>
        public static int BandPower(SampleWindow window, int channel, int band)
        {
            long power = 0;
            int high = band & 255;
            for (int bin = band >> 8; bin <= high; bin++)
            {
                power += BinPower(window, channel, bin);
            }

            return FixedMath.Saturate(power);
        }

        /// <summary>cos(2π angle / 256) in Q14.</summary>
        /// <param name="angle">0 to 128.</param>
        public static int Cosine(int angle)
        {
            return angle <= 64 ? CosineQ14[angle] : -CosineQ14[128 - angle];
        }
    }
}
