using System;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// From what the chip feels to what its measurement registers say: ranges, rounding, clipping, the self-test's push, the gyroscope's start,
    /// noise while it only wakes now and then. Comes in: a source's counts and the settings in force.
    /// </summary>
    internal sealed class SignalPath
    {
        public const int Channels = 6;

        private const long NanosPerMs = 1000000;

        // What of the bias is left on gx when the gyroscope starts, °/s: 2 to 4 at power-up; up to 22 after a brown-out, on 0x98.
        private const double StartDps = 3;
        private const double BrownOutStartDps = 22;

        // Noise of a single sample without filter, mg: 400 µg/√Hz over 260 Hz (PS-MPU-6000A §6.2), 300 µg/√Hz over 1.1 kHz (PS-MPU-6500A §3.2, RM §4.8).
        private const double GenuineNoiseMg = 8;
        private const double CloneNoiseMg = 12;

        // 170 µg/√Hz over 235 Hz (DS-000193 §3.2).
        private const double Mpu6886NoiseMg = 2.6;

        // RMS in low power (DocID030071 table 3).
        private const double LsmNoiseMg = 2;

        private readonly ChipFamily family;
        private readonly ChipVariant variant;
        private readonly Random noise = new Random(1);
        private readonly short[] output = new short[Channels];
        private readonly bool[] isPushed = new bool[Channels];
        private readonly double[] pushFrom = new double[Channels];
        private readonly long[] pushSinceNanos = new long[Channels];
        private long pushRestsNanos;
        private long gyroSinceNanos;
        private bool anyPush;
        private bool afterBrownOut;

        public SignalPath(ChipFamily family, ChipVariant variant)
        {
            this.family = family;
            this.variant = variant;
        }

        /// <summary>Full scale the source's counts are made for, ± g.</summary>
        public int SourceAccelRangeG { get; set; } = 4;

        /// <summary>Full scale the source's counts are made for, ± °/s.</summary>
        public int SourceGyroRangeDps { get; set; } = 500;

        /// <summary>How much stronger the self-test pushes than the factory noted, per mille, axis by axis.</summary>
        public int[] DeviationPerMille { get; } = new int[Channels];

        /// <summary>A channel that does not move any more, or −1.</summary>
        public int FrozenChannel { get; set; } = -1;

        /// <summary>The measurement, ax ay az gx gy gz in counts of the ranges set.</summary>
        public short[] Output
        {
            get { return output; }
        }

        /// <summary>The thermometer's measurement.</summary>
        public int Temperature { get; private set; }

        /// <summary>Everything rests at zero, as after power-up.</summary>
        public void Reset(bool isBrownOut)
        {
            afterBrownOut = isBrownOut;
            pushRestsNanos = 0;
            anyPush = false;
            Array.Clear(isPushed, 0, Channels);
            Array.Clear(pushFrom, 0, Channels);
            Clear();
        }

        /// <summary>The measurement registers are emptied.</summary>
        public void Clear()
        {
            Array.Clear(output, 0, Channels);
            Temperature = 0;
        }

        /// <summary>The gyroscope gets power.</summary>
        public void StartGyro(long nanos)
        {
            gyroSinceNanos = nanos;
        }

        /// <summary>Which axes the self-test pushes changes: bits 7:5 of the two configuration registers.</summary>
        public void Push(int accelBits, int gyroBits, long nanos)
        {
            anyPush = false;
            for (int i = 0; i < Channels; i++)
            {
                bool on = ((i < 3 ? accelBits : gyroBits) & (0x80 >> (i % 3))) != 0;
                anyPush |= on;
                if (on != isPushed[i])
                {
                    pushFrom[i] = PushedPart(i, nanos);
                    isPushed[i] = on;
                    pushSinceNanos[i] = nanos;
                    pushRestsNanos = nanos + variant.SelfTestSettleMs * NanosPerMs;
                }
            }
        }

        /// <summary>Takes a sample.</summary>
        /// <param name="felt">The source's counts.</param>
        /// <param name="nanos">When.</param>
        /// <param name="accelRange">Bits 4:3 of ACCEL_CONFIG as a number.</param>
        /// <param name="gyroRange">Bits 4:3 of GYRO_CONFIG as a number.</param>
        /// <param name="standby">Bits 5:0 of PWR_MGMT_2: the axes without power.</param>
        /// <param name="cycles">Whether only the accelerometer wakes, for this sample.</param>
        public void Measure(short[] felt, long nanos, int accelRange, int gyroRange, int standby, bool cycles)
        {
            double accelScale = SourceAccelRangeG / (double)(2 << accelRange);
            double gyroScale = SourceGyroRangeDps / (double)(250 << gyroRange);
            Temperature = family.RoomTemperature;
            bool isPushing = anyPush || nanos < pushRestsNanos;
            for (int i = 0; i < Channels; i++)
            {
                if (i == FrozenChannel || (standby & (0x20 >> i)) != 0 || (cycles && i >= 3))
                {
                    continue;
                }

                double counts = family.CountsOf(felt[i] * (i < 3 ? accelScale : gyroScale), i < 3);
                counts += isPushing ? PushedPart(i, nanos) * PushCounts(i, accelRange, gyroRange) : 0;
                counts += cycles ? Noise() * (16.384 / (1 << accelRange)) : 0;
                output[i] = Clip(i < 3 ? counts : Started(i, counts, nanos, gyroRange));
            }
        }

        // Nothing before the gyroscope turns; then what is left of its start on gx, gone when it has settled.
        private double Started(int channel, double counts, long nanos, int gyroRange)
        {
            long runsNanos = nanos - gyroSinceNanos;
            if (runsNanos >= variant.SettleMs * NanosPerMs)
            {
                return counts;
            }

            long startNanos = variant.GyroStartMs * NanosPerMs;
            if (runsNanos < startNanos)
            {
                return 0;
            }

            double left = 1 - (runsNanos - startNanos) / (double)(variant.SettleMs * NanosPerMs - startNanos);
            double dps = afterBrownOut && family.IsIcm20689 ? BrownOutStartDps : StartDps;
            return channel == 3 ? counts + dps * left * left * left * 131.072 / (1 << gyroRange) : counts;
        }

        // 0 to 1, there when the self-test has settled.
        private double PushedPart(int channel, long nanos)
        {
            double target = isPushed[channel] ? 1 : 0;
            double left = 1 - (nanos - pushSinceNanos[channel]) / (double)(variant.SelfTestSettleMs * NanosPerMs);
            return left <= 0 ? target : target + (pushFrom[channel] - target) * left * left * left;
        }

        // MPU6050: RM-MPU-6000A §4.1, at ±8 g and ±250 °/s. Clones: AN-MPU-6500A-02, at ±2 g and ±250 °/s. LSM6DS3TR-C: within DocID030071 table 3, 500 mg and 400 °/s.
        private double PushCounts(int channel, int accelRange, int gyroRange)
        {
            double noted;
            if (family.IsLsm6)
            {
                noted = (channel < 3 ? 500 / 0.061 : 400 / 0.00875) / (1 << (channel < 3 ? accelRange : gyroRange));
            }
            else if (family.IsClone)
            {
                noted = 2620 * Math.Pow(1.01, family.Codes[channel] - 1) / (1 << (channel < 3 ? accelRange : gyroRange));
            }
            else if (channel < 3)
            {
                noted = 4096 * 0.34 * Math.Pow(0.92 / 0.34, (family.Codes[channel] - 1) / 30.0) * 4 / (1 << accelRange);
            }
            else
            {
                noted = (channel == 4 ? -25 : 25) * 131 * Math.Pow(1.046, family.Codes[channel] - 1) / (1 << gyroRange);
            }

            return noted * (1 + DeviationPerMille[channel] / 1000.0);
        }

        // Twelve even numbers make a bell: standard deviation 1.
        private double Noise()
        {
            double sum = -6;
            for (int i = 0; i < 12; i++)
            {
                sum += noise.NextDouble();
            }

            return sum * (family.IsLsm6 ? LsmNoiseMg : family.IsMpu6886 ? Mpu6886NoiseMg : family.IsClone ? CloneNoiseMg : GenuineNoiseMg);
        }

        private static short Clip(double counts)
        {
            return (short)Math.Clamp(Math.Round(counts), short.MinValue, short.MaxValue);
        }
    }
}
