namespace HarEdge.Core
{
    /// <summary>
    /// Watches a stretch of samples for stillness. Comes in: samples. Goes out: their sums and how far each channel moved. Both
    /// calibrations take their measurements from here, and only when nothing moved.
    /// Never here: allocation after construction.
    /// </summary>
    public sealed class StillStretch
    {
        /// <summary>Longest stretch: sums of 256 samples stay within 2^23.</summary>
        public const int MostSamples = 256;

        /// <summary>Samples of the stretch in which a wearer stands still to be calibrated: three seconds.</summary>
        public const int StandingSamples = 3 * SensorScale.SampleRateHz;

        /// <summary>Most movement of a wearer who stands still, peak to peak, in 1/1000 g: people sway and breathe.</summary>
        public const int StandingMilliG = 200;

        /// <summary>The same in °/s.</summary>
        public const int StandingDps = 30;

        /// <summary>Gravity at rest is wrong when its length is off by more than this, in 1/1000 g: offset 80 mg and scale 3 % are in the datasheet.</summary>
        public const int GravityToleranceMilliG = 120;

        private readonly int[] sums = new int[SensorScale.ChannelCount];
        private readonly short[] lowest = new short[SensorScale.ChannelCount];
        private readonly short[] highest = new short[SensorScale.ChannelCount];
        private int length;

        /// <summary>Makes an empty stretch.</summary>
        /// <param name="length">Samples, 1 to <see cref="MostSamples"/>.</param>
        public StillStretch(int length)
        {
            Restart(length);
        }

        /// <summary>Samples so far.</summary>
        public int Filled { get; private set; }

        /// <summary>Forgets everything.</summary>
        public void Restart()
        {
            Filled = 0;
            for (int channel = 0; channel < SensorScale.ChannelCount; channel++)
            {
                sums[channel] = 0;
                lowest[channel] = short.MaxValue;
                highest[channel] = short.MinValue;
            }
        }

        /// <summary>Forgets everything and watches for another length from now on: those who never watch at once share one.</summary>
        /// <param name="length">Samples, 1 to <see cref="MostSamples"/>.</param>
        public void Restart(int length)
        {
            this.length = length;
            Restart();
        }

        /// <summary>Takes one sample; true when the stretch is complete. Then read it and call <see cref="Restart()"/>.</summary>
        public bool Push(short ax, short ay, short az, short gx, short gy, short gz)
        {
            Add(ChannelId.Ax, ax);
            Add(ChannelId.Ay, ay);
            Add(ChannelId.Az, az);
            Add(ChannelId.Gx, gx);
            Add(ChannelId.Gy, gy);
            Add(ChannelId.Gz, gz);
            Filled++;
            return Filled == length;
        }

        /// <summary>Sum of a channel; |sum| at most 2^23.</summary>
        public int Sum(int channel)
        {
            return sums[channel];
        }

        /// <summary>Mean of a channel, rounded to nearest, halves away from zero.</summary>
        public int Mean(int channel)
        {
            int half = sums[channel] < 0 ? -length / 2 : length / 2;
            return (sums[channel] + half) / length;
        }

        /// <summary>Length of the mean acceleration in counts.</summary>
        public int GravityCounts()
        {
            // Sums are at most 2^23: squares below 2^46, together below 2^48.
            long x = sums[ChannelId.Ax];
            long y = sums[ChannelId.Ay];
            long z = sums[ChannelId.Az];
            return FixedMath.Sqrt(x * x + y * y + z * z) / length;
        }

        /// <summary>True when no channel moved by more than its limit, peak to peak.</summary>
        /// <param name="accelLimit">Counts.</param>
        /// <param name="gyroLimit">Counts.</param>
        public bool IsStill(int accelLimit, int gyroLimit)
        {
            for (int channel = 0; channel < SensorScale.ChannelCount; channel++)
            {
                int limit = channel < ChannelId.Gx ? accelLimit : gyroLimit;
                if (highest[channel] - lowest[channel] > limit)
                {
                    return false;
                }
            }

            return true;
        }

        private void Add(int channel, short value)
        {
            sums[channel] += value;
            if (value < lowest[channel])
            {
                lowest[channel] = value;
            }

            if (value > highest[channel])
            {
                highest[channel] = value;
            }
        }
    }
}
