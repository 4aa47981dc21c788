using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Fifty samples a second out of a sensor that gives about 104, in the model's counts (docs/adr/0027). Comes in: sets as the chip's FIFO gives them, gyroscope before accelerometer, low byte
    /// first. Goes out: samples, each on the straight line between the sets before and after it. Integers only, nothing is allocated, and the same sets give the same samples.
    /// </summary>
    internal sealed class Resampler
    {
        // From one set to the next, and to the nominal sample: 104 / 50 of it.
        private const int One = 1 << 14;
        private const int NominalStep = 34079;

        // A clock further off than a quarter is broken, not slow.
        private const int LeastStep = 3 * NominalStep / 4;
        private const int MostStep = 5 * NominalStep / 4;

        // 0.122 mg at ±4 g against 1 / 8192 g, 17.5 m°/s at ±500 °/s against 1 / 65.536 °/s, and the same at the other ranges (DocID030071 table 3); times 2^14.
        private const int AccelScale = 16375;
        private const int GyroScale = 18790;
        private const int ScaleBits = 28;
        private const long Half = 1L << (ScaleBits - 1);

        // AN5130 §7.3: the first set after the FIFO was switched on does not count.
        private const int SkippedSets = 1;

        private readonly bool usesGyroscope;
        private int[] previous = new int[SensorScale.ChannelCount];
        private int[] current = new int[SensorScale.ChannelCount];

        // Where the next sample lies after the set before; and how many sets it takes until there is one.
        private int next;
        private int missing;

        public Resampler(bool usesGyroscope)
        {
            this.usesGyroscope = usesGyroscope;
            Restart();
        }

        /// <summary>From sample to sample, in 1/16384 of a set's period.</summary>
        public int Step { get; private set; } = NominalStep;

        /// <summary>No sample spans this place.</summary>
        public void Restart()
        {
            next = 0;
            missing = SkippedSets + 1;
        }

        /// <summary>Takes over a measured rate; false when it is as good as it can be. Call <see cref="Restart"/> before the next set.</summary>
        public bool Correct(int rateMilliHz)
        {
            int better = RateMonitor.BetterSteps(Step, rateMilliHz, LeastStep, MostStep);
            bool canImprove = better != Step;
            Step = better;
            return canImprove;
        }

        /// <summary>How many samples so many further sets give: at most 341, so products stay below 2^24.</summary>
        public int SamplesOf(int sets)
        {
            int spans = sets - missing;
            return spans <= 0 ? 0 : (spans * One - next + Step - 1) / Step;
        }

        /// <summary>Most sets that give no more than so many samples.</summary>
        public int SetsFor(int samples)
        {
            return missing + (next + samples * Step) / One;
        }

        /// <summary>Takes sets and appends samples of twelve bytes.</summary>
        /// <param name="target">Where samples go.</param>
        /// <param name="samples">How many it holds.</param>
        /// <param name="sets">The FIFO's bytes.</param>
        /// <param name="count">How many sets.</param>
        /// <returns>How many samples it holds now.</returns>
        public int TakeInto(byte[] target, int samples, byte[] sets, int count)
        {
            int at = 0;
            for (int i = 0; i < count; i++)
            {
                int[] oldest = previous;
                previous = current;
                current = oldest;
                at = Decode(sets, at);
                if (missing > 0)
                {
                    missing--;
                    continue;
                }

                for (; next < One; next += Step)
                {
                    Interpolate(target, samples);
                    samples++;
                }

                next -= One;
            }

            return samples;
        }

        private int Decode(byte[] sets, int at)
        {
            int[] values = current;
            for (int channel = usesGyroscope ? 3 : SensorScale.ChannelCount; channel < SensorScale.ChannelCount; channel++)
            {
                values[channel] = unchecked((short)(sets[at] | (sets[at + 1] << 8)));
                at += 2;
            }

            for (int channel = 0; channel < 3; channel++)
            {
                values[channel] = unchecked((short)(sets[at] | (sets[at + 1] << 8)));
                at += 2;
            }

            return at;
        }

        // Between two shorts: below 2^29; scaled, below 2^44.
        private void Interpolate(byte[] target, int sample)
        {
            int at = sample * MotionSensor.SampleBytes;
            int[] from = previous;
            int[] to = current;
            int part = next;
            int rest = One - part;
            for (int channel = 0; channel < SensorScale.ChannelCount; channel++)
            {
                int scale = channel < 3 ? AccelScale : GyroScale;
                int counts = (int)(((long)(from[channel] * rest + to[channel] * part) * scale + Half) >> ScaleBits);
                counts = FixedMath.Clamp(counts, short.MinValue, short.MaxValue);
                target[at] = (byte)((counts >> 8) & 0xFF);
                target[at + 1] = (byte)(counts & 0xFF);
                at += 2;
            }
        }
    }
}
