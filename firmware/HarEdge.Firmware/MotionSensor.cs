using System;
using System.Threading;

namespace HarEdge.Firmware
{
    /// <summary>
    /// MPU6050 by its registers (register map RM-MPU-6000A-00 rev 4.2). Comes in: ranges and rate. Goes out: bursts of samples from the
    /// FIFO, in counts. Never here: retries beyond one transfer, decisions what a failure means (that is <see cref="DeviceLoop"/>).
    /// </summary>
    internal sealed class MotionSensor
    {
        /// <summary>Most samples a burst can hold; the FIFO's 1,024 bytes (§4.30) hold 85, one of which may be arriving.</summary>
        public const int MostSamples = 84;

        // Clones are MPU6500 at heart, with 512 bytes: 42 samples.
        private const int MostSamplesOfClone = 40;

        // 0.4 s for a wake-up that comes late; a clone's FIFO leaves only 0.16 s.
        private const int ReserveSamples = 20;
        private const int ReserveSamplesOfClone = 8;

        /// <summary>Bytes of a sample in the FIFO: ax ay az gx gy gz, high byte first (§4.17, §4.19).</summary>
        public const int SampleBytes = 12;

        // Registers, with their section of the register map.
        private const int SampleRateDivider = 0x19; // §4.2
        private const int AccelFilterOfClone = 0x1D; // register 29 of the MPU-6500; the MPU6050 filters both by 0x1A
        private const int FifoEnable = 0x23; // §4.6
        private const int UserControl = 0x6A; // §4.27
        private const int PowerManagement1 = 0x6B; // §4.28
        private const int FifoCountHigh = 0x72; // §4.30
        private const int FifoReadWrite = 0x74; // §4.31
        private const int WhoAmI = 0x75; // §4.32

        private const int DeviceReset = 0x80;
        private const int SleepBit = 0x40;
        private const int ClockFromGyroX = 0x01;
        private const int LowPass44Hz = 0x03;
        private const int FifoOfGyroAndAccel = 0x78;
        private const int FifoOn = 0x40;
        private const int FifoReset = 0x04;

        // With the low-pass filter on, the gyroscope gives 1,000 samples a second before the divider (§4.2).
        private const int FilteredRateHz = 1000;
        private const int ResetPollMs = 10;
        private const int MostResetPolls = 10;
        private const int GyroStartMs = 110;
        private const int CountTries = 4;
        private const int SettingsTries = 3;

        // The longest burst takes 23 ms at 400 kHz.
        private const int MostSamplesDuringBurst = 2;

        private readonly RegisterBus bus;
        private readonly byte[] small = new byte[1];

        // USER_CTRL and PWR_MGMT_1, whose values are known; and the FIFO count, read by itself: no burst gets past MEM_R_W (0x6F).
        private readonly byte[] powerBlock = new byte[2];
        private readonly byte[] countBlock = new byte[2];

        // SMPLRT_DIV, CONFIG, GYRO_CONFIG, ACCEL_CONFIG: neighbors from 0x19 on; zeros after power-up, when the chip sleeps (§3).
        private readonly byte[] settings = new byte[4];
        private readonly byte[] settingsNow = new byte[4];
        private readonly byte[] burst = new byte[MostSamples * SampleBytes];
        private int userControl;
        private int waitingBytes;

        public MotionSensor(RegisterBus bus)
        {
            this.bus = bus;
        }

        /// <summary>What WHO_AM_I answered: 0x68 for the real chip.</summary>
        public int Identity { get; private set; }

        /// <summary>Most samples to let gather before the FIFO is read.</summary>
        public int MostSamplesPerWake
        {
            get { return IsClone(Identity) ? MostSamplesOfClone - ReserveSamplesOfClone : MostSamples - ReserveSamples; }
        }

        private int MostSamplesInFifo
        {
            get { return IsClone(Identity) ? MostSamplesOfClone : MostSamples; }
        }

        /// <summary>Bits 4:3 of ACCEL_CONFIG as last configured.</summary>
        public int AccelRangeBits { get; private set; }

        /// <summary>Samples in the FIFO when they were last counted.</summary>
        public int WaitingSamples
        {
            get { return waitingBytes / SampleBytes; }
        }

        /// <summary>Samples in the last burst.</summary>
        public int SampleCount { get; private set; }

        /// <summary>The chip itself, or a clone known to have the same registers.</summary>
        public static bool IsKnownIdentity(int identity)
        {
            return identity == 0x68 || IsClone(identity);
        }

        /// <summary>Clones seen on modules sold as MPU6050: MPU6500 (0x70), unmarked (0x72), ICM-20689 (0x98).</summary>
        public static bool IsClone(int identity)
        {
            return identity == 0x70 || identity == 0x72 || identity == 0x98;
        }

        /// <summary>Divider steps for a rate.</summary>
        public static int StepsFor(int rateHz)
        {
            return FilteredRateHz / rateHz;
        }

        /// <summary>Reads and judges WHO_AM_I.</summary>
        public SensorStatus CheckIdentity()
        {
            SensorStatus status = bus.Read(WhoAmI, small, 1);
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            Identity = small[0];
            return IsKnownIdentity(Identity) ? SensorStatus.Ok : SensorStatus.WrongIdentity;
        }

        /// <summary>Resets the chip and wakes it on its gyroscope's clock. Takes 120 ms or more.</summary>
        public SensorStatus Reset()
        {
            SensorStatus status = bus.Write(PowerManagement1, DeviceReset);
            for (int polls = 0; status == SensorStatus.Ok; polls++)
            {
                if (polls == MostResetPolls)
                {
                    return SensorStatus.ResetTimeout;
                }

                Thread.Sleep(ResetPollMs);
                status = bus.Read(PowerManagement1, small, 1);
                if (status == SensorStatus.Ok && (small[0] & DeviceReset) == 0)
                {
                    break;
                }
            }

            if (status == SensorStatus.Ok)
            {
                status = bus.WriteChecked(PowerManagement1, ClockFromGyroX);
            }

            Thread.Sleep(GyroStartMs);
            return status;
        }

        /// <summary>Sets ranges, filter and rate, and reads each back.</summary>
        /// <param name="accelRangeG">± g: 2, 4, 8 or 16.</param>
        /// <param name="gyroRangeDps">± °/s: 250, 500, 1000 or 2000.</param>
        /// <param name="dividerSteps">The rate is 1,000 Hz by this, see <see cref="StepsFor"/>.</param>
        public SensorStatus Configure(int accelRangeG, int gyroRangeDps, int dividerSteps)
        {
            AccelRangeBits = Doublings(accelRangeG, 2) << 3;
            settings[0] = (byte)(dividerSteps - 1);
            settings[1] = LowPass44Hz;
            settings[2] = (byte)(Doublings(gyroRangeDps, 250) << 3);
            settings[3] = (byte)AccelRangeBits;
            SensorStatus status = SensorStatus.Ok;
            for (int i = 0; i < settings.Length && status == SensorStatus.Ok; i++)
            {
                status = bus.WriteChecked(SampleRateDivider + i, settings[i]);
            }

            return status == SensorStatus.Ok && IsClone(Identity) ? bus.Write(AccelFilterOfClone, LowPass44Hz) : status;
        }

        /// <summary>Empties the FIFO and lets samples flow into it from now on.</summary>
        public SensorStatus RestartFifo()
        {
            SampleCount = 0;
            SensorStatus status = bus.WriteChecked(FifoEnable, 0);
            if (status == SensorStatus.Ok)
            {
                userControl = 0;
                status = bus.Write(UserControl, FifoReset);
            }

            if (status == SensorStatus.Ok)
            {
                // The reset bit cannot be read back; samples from before the gap must not pass for new ones.
                status = CountWaiting();
            }

            if (status == SensorStatus.Ok && waitingBytes != 0)
            {
                status = SensorStatus.FifoMisaligned;
            }

            if (status == SensorStatus.Ok)
            {
                userControl = FifoOn;
                status = bus.WriteChecked(UserControl, FifoOn);
            }

            if (status == SensorStatus.Ok)
            {
                status = bus.WriteChecked(FifoEnable, FifoOfGyroAndAccel);
            }

            return status;
        }

        /// <summary>Asks how many samples wait in the FIFO: <see cref="WaitingSamples"/>.</summary>
        public SensorStatus CountWaiting()
        {
            // A flipped bit changes a whole number of samples by a power of two, never by a multiple of twelve. Where it was no whole number to
            // begin with, it might: after a first doubt two answers must agree.
            SensorStatus doubt = SensorStatus.Ok;
            int before = -1;
            for (int tries = 0; tries < CountTries; tries++)
            {
                SensorStatus status = bus.Read(UserControl, powerBlock, powerBlock.Length);
                status = status == SensorStatus.Ok ? ReadCount() : status;
                if (status != SensorStatus.Ok)
                {
                    return status;
                }

                status = JudgeCount();
                if (status == SensorStatus.Ok && (doubt == SensorStatus.Ok || waitingBytes == before))
                {
                    return waitingBytes > MostSamplesInFifo * SampleBytes ? SensorStatus.FifoOverflow : SensorStatus.Ok;
                }

                doubt = status == SensorStatus.Ok ? SensorStatus.FifoMisaligned : status;
                before = waitingBytes;
            }

            return doubt;
        }

        private SensorStatus ReadCount()
        {
            SensorStatus status = bus.Read(FifoCountHigh, countBlock, countBlock.Length);
            waitingBytes = (countBlock[0] << 8) | countBlock[1];
            return status;
        }

        /// <summary>
        /// Reads the samples last counted, then looks twice whether to believe them. The settings tell whether the chip lost power before
        /// the data was complete, or took a wrong one from a noisy wire; the count afterwards, whether it was the FIFO that was read, and
        /// all of it.
        /// </summary>
        public SensorStatus ReadWaiting()
        {
            SampleCount = 0;
            int bytes = waitingBytes;
            SensorStatus status = SensorStatus.Ok;
            if (bytes > 0)
            {
                status = bus.Read(FifoReadWrite, burst, bytes);
            }

            if (status == SensorStatus.Ok)
            {
                status = CheckSettings();
            }

            if (status == SensorStatus.Ok && bytes > 0)
            {
                status = CheckBurst(bytes);
            }

            SampleCount = status == SensorStatus.Ok ? bytes / SampleBytes : 0;
            return status;
        }

        /// <summary>One channel of a sample of the last burst, in counts.</summary>
        /// <param name="sample">0 to <see cref="SampleCount"/> − 1.</param>
        /// <param name="channel">0 to 5: ax ay az gx gy gz.</param>
        public short Counts(int sample, int channel)
        {
            int at = sample * SampleBytes + 2 * channel;
            return unchecked((short)((burst[at] << 8) | burst[at + 1]));
        }

        /// <summary>Copies one sample of the last burst, twelve bytes as the FIFO gave them.</summary>
        public void CopySample(int sample, byte[] target, int at)
        {
            Array.Copy(burst, sample * SampleBytes, target, at, SampleBytes);
        }

        // Read again before it is believed: on the way back a bit may have turned.
        private SensorStatus CheckSettings()
        {
            for (int tries = 0; tries < SettingsTries; tries++)
            {
                SensorStatus status = bus.Read(SampleRateDivider, settingsNow, settingsNow.Length);
                if (status != SensorStatus.Ok)
                {
                    return status;
                }

                if (HoldsSettings())
                {
                    return SensorStatus.Ok;
                }
            }

            return settingsNow[1] == 0 ? SensorStatus.SensorReset : SensorStatus.RegisterMismatch;
        }

        private bool HoldsSettings()
        {
            for (int i = 0; i < settings.Length; i++)
            {
                if (settingsNow[i] != settings[i])
                {
                    return false;
                }
            }

            return true;
        }

        private SensorStatus JudgeCount()
        {
            if (powerBlock[0] != userControl || powerBlock[1] != ClockFromGyroX)
            {
                return (powerBlock[1] & SleepBit) != 0 ? SensorStatus.SensorReset : SensorStatus.RegisterMismatch;
            }

            if (waitingBytes % SampleBytes == 0)
            {
                return SensorStatus.Ok;
            }

            return waitingBytes > MostSamplesInFifo * SampleBytes ? SensorStatus.FifoOverflow : SensorStatus.FifoMisaligned;
        }

        private SensorStatus CheckBurst(int bytes)
        {
            if (EndsInOnes(bytes))
            {
                return SensorStatus.BusReleased;
            }

            // No second try: on a noisy wire a count that was asked for at a wrong address may itself have taken bytes out of the FIFO.
            // It may fall into a sample that is just being written, so only its size says something.
            SensorStatus status = ReadCount();
            return status == SensorStatus.Ok && waitingBytes > MostSamplesDuringBurst * SampleBytes ? SensorStatus.FifoMisaligned : status;
        }

        // A bus nobody drives reads as ones; a sample of six times −1 does not happen otherwise.
        private bool EndsInOnes(int bytes)
        {
            for (int i = bytes - SampleBytes; i < bytes; i++)
            {
                if (burst[i] != 0xFF)
                {
                    return false;
                }
            }

            return true;
        }

        // Full scales double from one setting to the next.
        private static int Doublings(int range, int smallest)
        {
            int doublings = 0;
            while (smallest << doublings < range)
            {
                doublings++;
            }

            return doublings;
        }
    }
}
