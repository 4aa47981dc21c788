using System;
using System.Threading;
using HarEdge.Core;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Samples of an MPU6050, or of a chip sold as one, from its FIFO (register map RM-MPU-6000A-00 rev 4.2). Comes in: a chip that <see cref="Setup"/> has
    /// made ready. Goes out: bursts of samples, in counts. Never here: retries beyond one transfer, decisions what a failure means (that is <see cref="DeviceLoop"/>).
    /// </summary>
    internal sealed class MotionSensor
    {
        /// <summary>Most samples a burst can hold; the FIFO's 1,024 bytes (§4.30) hold 85, one of which may be arriving.</summary>
        public const int MostSamples = 84;

        // Clones have 512 bytes, and one report of spoilt bytes above the 448th.
        private const int MostSamplesOfClone = 37;

        // 0.4 s for a wake-up that comes late; a clone's FIFO leaves 0.1 s if two bursts are to make a decision.
        private const int ReserveSamples = 20;
        private const int ReserveSamplesOfClone = 5;

        /// <summary>Bytes of a sample for whoever asks: ax ay az gx gy gz, high byte first.</summary>
        public const int SampleBytes = SensorSetup.BytesOfBoth;

        // Registers, with their section of the register map.
        private const int FifoEnable = 0x23; // §4.6
        private const int UserControl = 0x6A; // §4.27
        private const int FifoCountHigh = 0x72; // §4.30

        private const int SleepBit = 0x40;
        private const int FifoOfGyroAndAccel = 0x78;
        private const int FifoOfAccel = 0x08;
        private const int FifoOn = 0x40;
        private const int FifoReset = 0x04;

        private const int CountTries = 6;

        // A count taken while a sample is being written is no whole number of samples; a millisecond later it is written.
        private const int FrameMs = 1;

        private readonly RegisterBus bus;

        // USER_CTRL and PWR_MGMT_1, whose values are known; then the FIFO count, read by itself: no burst gets past MEM_R_W (0x6F).
        private readonly byte[] pair = new byte[2];
        private readonly byte[] burst = new byte[MostSamples * SampleBytes];
        private readonly BurstReader reader;
        private int userControl;
        private int waitingBytes;

        /// <param name="bus">The chip's.</param>
        /// <param name="usesGyroscope">Whether the gyroscope runs; otherwise its channels are 0.</param>
        public MotionSensor(RegisterBus bus, bool usesGyroscope)
        {
            this.bus = bus;
            Setup = new SensorSetup(bus, usesGyroscope);
            reader = new BurstReader(bus, Setup);
        }

        /// <summary>Who the chip is, and how it is set.</summary>
        public SensorSetup Setup { get; }

        /// <summary>What WHO_AM_I answered: 0x68 for the real chip.</summary>
        public int Identity
        {
            get { return Setup.Identity; }
        }

        /// <summary>Most samples to let gather before the FIFO is read.</summary>
        public int MostSamplesPerWake
        {
            get
            {
                int most = Setup.IsClone ? MostSamplesOfClone - ReserveSamplesOfClone : MostSamples - ReserveSamples;
                return most < reader.MostSamples ? most : reader.MostSamples;
            }
        }

        /// <summary>Whether the FIFO is read two samples at a time, because longer reads fail on this runtime.</summary>
        public bool ReadsShort
        {
            get { return reader.ReadsShort; }
        }

        /// <summary>Samples in the FIFO when they were last counted.</summary>
        public int WaitingSamples
        {
            get { return waitingBytes / Setup.SampleBytes; }
        }

        /// <summary>Samples that the last burst left in the FIFO.</summary>
        public int LeftSamples { get; private set; }

        /// <summary>Samples in the last burst.</summary>
        public int SampleCount { get; private set; }

        /// <summary>Chips built like the MPU6500 (0x70), many of them sold as MPU6050: MPU9250 (0x71), MPU9255 (0x73), unmarked (0x72), ICM-20689 (0x98).</summary>
        public static bool IsClone(int identity)
        {
            return identity == 0x70 || identity == 0x71 || identity == 0x72 || identity == 0x73 || identity == 0x98;
        }

        /// <summary>Empties the FIFO and lets samples flow into it from now on; finds out before how long a read may be.</summary>
        public SensorStatus RestartFifo()
        {
            SampleCount = 0;
            LeftSamples = 0;
            reader.TryLength(burst);
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
                status = status == SensorStatus.Ok && waitingBytes != 0 ? SensorStatus.FifoMisaligned : status;
            }

            if (status == SensorStatus.Ok)
            {
                userControl = FifoOn;
                status = bus.WriteChecked(UserControl, FifoOn);
            }

            return status == SensorStatus.Ok ? bus.WriteChecked(FifoEnable, Setup.UsesGyroscope ? FifoOfGyroAndAccel : FifoOfAccel) : status;
        }

        /// <summary>Asks how many samples wait in the FIFO: <see cref="WaitingSamples"/>.</summary>
        public SensorStatus CountWaiting()
        {
            // A flipped bit changes a whole number of samples by a power of two, never by a multiple of six or twelve. Where it was no whole number to
            // begin with, it might: after a first doubt two answers must agree.
            SensorStatus doubt = SensorStatus.Ok;
            int before = -1;
            for (int tries = 0; tries < CountTries; tries++)
            {
                SensorStatus status = bus.Read(UserControl, pair, pair.Length);
                SensorStatus powered = JudgePower();
                status = status == SensorStatus.Ok ? ReadCount() : status;
                if (status != SensorStatus.Ok)
                {
                    return status;
                }

                status = powered == SensorStatus.Ok ? JudgeCount() : powered;
                if (status == SensorStatus.Ok && (doubt == SensorStatus.Ok || waitingBytes == before))
                {
                    return waitingBytes > MostInFifo * Setup.SampleBytes ? SensorStatus.FifoOverflow : SensorStatus.Ok;
                }

                if (status == SensorStatus.FifoMisaligned)
                {
                    Thread.Sleep(FrameMs);
                }

                doubt = status == SensorStatus.Ok ? SensorStatus.FifoMisaligned : status;
                before = waitingBytes;
            }

            return doubt;
        }

        /// <summary>
        /// Reads the samples last counted, or as many as a burst may have, then checks them twice. The settings tell whether the chip lost power before
        /// the data was complete, or took a wrong one from a noisy wire; the count afterwards, whether it was the FIFO that was read, and nothing else.
        /// </summary>
        public SensorStatus ReadWaiting()
        {
            SampleCount = 0;
            int bytes = reader.BytesOf(waitingBytes);
            int leftBytes = waitingBytes - bytes;
            SensorStatus status = reader.Read(burst, bytes);
            bool isWhole = status == SensorStatus.Ok;
            if (isWhole)
            {
                status = Setup.Check();
            }

            if (status == SensorStatus.Ok && bytes > 0)
            {
                status = CheckBurst(bytes, leftBytes);
            }

            LeftSamples = leftBytes / Setup.SampleBytes;
            reader.Note(isWhole && status != SensorStatus.BusReleased);
            SampleCount = status == SensorStatus.Ok ? bytes / Setup.SampleBytes : 0;
            if (!Setup.UsesGyroscope)
            {
                MakeRoomForGyroscope();
            }

            return status;
        }

        /// <summary>The bytes of the last burst, <see cref="SampleCount"/> samples as the FIFO gave them; not to be written.</summary>
        public byte[] Burst
        {
            get { return burst; }
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

        private int MostInFifo
        {
            get { return Setup.IsClone ? MostSamplesOfClone : MostSamples; }
        }

        private SensorStatus ReadCount()
        {
            SensorStatus status = bus.Read(FifoCountHigh, pair, pair.Length);
            waitingBytes = (pair[0] << 8) | pair[1];
            return status;
        }

        private SensorStatus JudgePower()
        {
            if (pair[0] == userControl && pair[1] == Setup.Clock)
            {
                return SensorStatus.Ok;
            }

            // After power-up the FIFO is off, and the chip sleeps or, as the MPU6500, runs on the clock it has here.
            bool isPowerUp = (pair[1] & SleepBit) != 0 || (pair[0] == 0 && pair[1] == SensorSetup.ClockFromGyroX && Setup.IsClone);
            return isPowerUp ? SensorStatus.SensorReset : SensorStatus.RegisterMismatch;
        }

        private SensorStatus JudgeCount()
        {
            if (waitingBytes % Setup.SampleBytes == 0)
            {
                return SensorStatus.Ok;
            }

            return waitingBytes > (MostInFifo + 1) * Setup.SampleBytes ? SensorStatus.FifoOverflow : SensorStatus.FifoMisaligned;
        }

        // A part read at a wrong address leaves its bytes in the FIFO, or some of them; a count asked for at a wrong address may take one out.
        private SensorStatus CheckBurst(int bytes, int leftBytes)
        {
            if (EndsInOnes(bytes))
            {
                return SensorStatus.BusReleased;
            }

            SensorStatus status = ReadCount();
            for (int tries = 1; tries < CountTries && status == SensorStatus.Ok && waitingBytes % Setup.SampleBytes != 0; tries++)
            {
                Thread.Sleep(FrameMs);
                status = ReadCount();
            }

            int arrivedBytes = waitingBytes - leftBytes;
            bool isAligned = waitingBytes % Setup.SampleBytes == 0 && arrivedBytes >= 0 && arrivedBytes <= reader.MostArrivals * Setup.SampleBytes;
            return status == SensorStatus.Ok && !isAligned ? SensorStatus.FifoMisaligned : status;
        }

        // From the last sample on, so that none is written over before it is moved.
        private void MakeRoomForGyroscope()
        {
            for (int i = SampleCount - 1; i >= 0; i--)
            {
                Array.Copy(burst, i * Setup.SampleBytes, burst, i * SampleBytes, Setup.SampleBytes);
                Array.Clear(burst, i * SampleBytes + Setup.SampleBytes, SampleBytes - Setup.SampleBytes);
            }
        }

        // A bus nobody drives reads as ones; a sample of nothing but −1 does not happen otherwise.
        private bool EndsInOnes(int bytes)
        {
            for (int i = bytes - Setup.SampleBytes; i < bytes; i++)
            {
                if (burst[i] != 0xFF)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
