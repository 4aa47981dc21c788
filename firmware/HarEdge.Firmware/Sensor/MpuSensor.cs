using System;
using System.Threading;

namespace HarEdge.Firmware
{
    /// <summary>
    /// Samples of an MPU6050, of a chip sold as one, or of an MPU6886, from its FIFO (register map RM-MPU-6000A-00 rev 4.2). Their scales and axes are the model's. Comes in: a chip that
    /// <see cref="MpuSetup"/> has made ready. Goes out: bursts of samples.
    /// </summary>
    internal sealed class MpuSensor : MpuSetup
    {
        // The MPU6050's 1,024 bytes (§4.30) hold 85 samples, one of which may be arriving. Clones have 512 bytes, and one report of spoilt bytes above the 448th. The MPU6886 has
        // 1,024 and adds the temperature to each sample, relatives of it use 1,008 (Linux, inv_mpu_core.c): 72 samples.
        private const int MostInClone = 37;
        private const int MostInMpu6886 = 71;

        // 0.4 s for a wake-up that comes late; a clone's FIFO leaves 0.1 s if two bursts are to make a decision, an MPU6886's 0.14 s if one is. A burst is more than half of what fits: left
        // in the FIFO by a read at a wrong address, and not noticed, it makes the next one an overflow.
        private const int ReserveSamples = 20;
        private const int ReserveSamplesOfClone = 5;
        private const int ReserveSamplesOfMpu6886 = 7;

        // Registers, with their section of the register map.
        private const int FifoEnable = 0x23; // §4.6
        private const int FifoReadWrite = 0x74; // §4.31
        private const int UserControl = 0x6A; // §4.27
        private const int FifoCountHigh = 0x72; // §4.30

        private const int SleepBit = 0x40;
        private const int FifoOfGyroAndAccel = 0x78;
        private const int FifoOfAccel = 0x08;

        // On the MPU6886 one bit for the gyroscope (DS-000193 §9.3).
        private const int FifoOfBothOfMpu6886 = 0x18;
        private const int FifoOn = 0x40;
        private const int FifoReset = 0x04;

        private const int CountTries = 6;

        // A count taken while a sample is being written is no whole number of samples; a millisecond later it is written.
        private const int FrameMs = 1;

        // USER_CTRL and PWR_MGMT_1, whose values are known; then the FIFO count, read by itself: no burst gets past MEM_R_W (0x6F).
        private readonly byte[] pair = new byte[2];
        private readonly BurstReader reader;
        private int userControl;
        private int waitingBytes;

        /// <param name="bus">The chip's.</param>
        /// <param name="usesGyroscope">Whether the gyroscope runs.</param>
        public MpuSensor(RegisterBus bus, bool usesGyroscope)
            : base(bus, usesGyroscope)
        {
            reader = new BurstReader(bus, this, FifoReadWrite);
        }

        public override int MostSamplesPerWake
        {
            get
            {
                int most = MostInFifo - (IsClone ? ReserveSamplesOfClone : MostInFifo == MostInMpu6886 ? ReserveSamplesOfMpu6886 : ReserveSamples);
                return most < reader.MostSamples ? most : reader.MostSamples;
            }
        }

        public override bool ReadsShort
        {
            get { return reader.ReadsShort; }
        }

        public override int WaitingSamples
        {
            get { return waitingBytes / FrameBytes; }
        }

        // Finds out before how long a read may be.
        public override SensorStatus RestartFifo()
        {
            SampleCount = 0;
            LeftSamples = 0;
            reader.Restart(FrameBytes, Burst);
            SensorStatus status = Bus.WriteChecked(FifoEnable, 0);
            if (status == SensorStatus.Ok)
            {
                userControl = 0;
                status = Bus.Write(UserControl, FifoReset);
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
                status = Bus.WriteChecked(UserControl, FifoOn);
            }

            int channels = !UsesGyroscope ? FifoOfAccel : IsMpu6886 ? FifoOfBothOfMpu6886 : FifoOfGyroAndAccel;
            return status == SensorStatus.Ok ? Bus.WriteChecked(FifoEnable, channels) : status;
        }

        public override SensorStatus CountWaiting()
        {
            // A flipped bit changes a whole number of samples by a power of two, never by a multiple of 6, 12 or 14. Where a sample is 8 bytes, or the count was no whole number to
            // begin with, it might: then two answers must agree.
            SensorStatus doubt = FrameBytes == AccelFrameOfMpu6886 ? SensorStatus.FifoMisaligned : SensorStatus.Ok;
            int before = -1;
            for (int tries = 0; tries < CountTries; tries++)
            {
                SensorStatus status = Bus.Read(UserControl, pair, pair.Length);
                SensorStatus powered = JudgePower();
                status = status == SensorStatus.Ok ? ReadCount() : status;
                if (status != SensorStatus.Ok)
                {
                    return status;
                }

                status = powered == SensorStatus.Ok ? JudgeCount() : powered;
                if (status == SensorStatus.Ok && (doubt == SensorStatus.Ok || waitingBytes == before))
                {
                    return waitingBytes > MostInFifo * FrameBytes ? SensorStatus.FifoOverflow : SensorStatus.Ok;
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

        public override SensorStatus ReadWaiting()
        {
            SampleCount = 0;
            int bytes = reader.BytesOf(waitingBytes);
            int leftBytes = waitingBytes - bytes;
            SensorStatus status = reader.Read(Burst, bytes);
            bool isWhole = status == SensorStatus.Ok;
            if (isWhole)
            {
                status = CheckSettings();
            }

            if (status == SensorStatus.Ok && bytes > 0)
            {
                status = CheckBurst(bytes, leftBytes);
            }

            LeftSamples = leftBytes / FrameBytes;
            reader.Note(isWhole && status != SensorStatus.BusReleased);
            SampleCount = status == SensorStatus.Ok ? bytes / FrameBytes : 0;
            if (FrameBytes != SampleBytes)
            {
                Arrange();
            }

            return status;
        }

        private int MostInFifo
        {
            get { return IsClone ? MostInClone : IsMpu6886 && UsesGyroscope ? MostInMpu6886 : MostSamples; }
        }

        private SensorStatus ReadCount()
        {
            SensorStatus status = Bus.Read(FifoCountHigh, pair, pair.Length);
            waitingBytes = (pair[0] << 8) | pair[1];
            return status;
        }

        private SensorStatus JudgePower()
        {
            if (pair[0] == userControl && pair[1] == Clock)
            {
                return SensorStatus.Ok;
            }

            // After power-up the FIFO is off, and the chip sleeps or, as the MPU6500, runs on the clock it has here.
            bool isPowerUp = (pair[1] & SleepBit) != 0 || (pair[0] == 0 && pair[1] == ClockFromGyroX && IsClone);
            return isPowerUp ? SensorStatus.SensorReset : SensorStatus.RegisterMismatch;
        }

        private SensorStatus JudgeCount()
        {
            if (waitingBytes % FrameBytes == 0)
            {
                return SensorStatus.Ok;
            }

            return waitingBytes > (MostInFifo + 1) * FrameBytes ? SensorStatus.FifoOverflow : SensorStatus.FifoMisaligned;
        }

        // A part read at a wrong address leaves its bytes in the FIFO, or some of them; a count asked for at a wrong address may take one out.
        private SensorStatus CheckBurst(int bytes, int leftBytes)
        {
            if (reader.EndsInOnes(Burst, bytes))
            {
                return SensorStatus.BusReleased;
            }

            SensorStatus status = ReadCount();
            for (int tries = 1; tries < CountTries && status == SensorStatus.Ok && waitingBytes % FrameBytes != 0; tries++)
            {
                Thread.Sleep(FrameMs);
                status = ReadCount();
            }

            int arrivedBytes = waitingBytes - leftBytes;
            bool isAligned = waitingBytes % FrameBytes == 0 && arrivedBytes >= 0 && arrivedBytes <= reader.MostArrivals * FrameBytes;
            return status == SensorStatus.Ok && !isAligned ? SensorStatus.FifoMisaligned : status;
        }

        // Frames become samples of twelve bytes in their place: longer ones lose the temperature, from the first on; shorter ones get zeros for the gyroscope, from the last on. So none
        // is written over before it is moved.
        private void Arrange()
        {
            for (int i = 0; i < SampleCount && UsesGyroscope; i++)
            {
                Array.Copy(Burst, i * FrameBytes, Burst, i * SampleBytes, BytesOfAccel);
                Array.Copy(Burst, i * FrameBytes + GyroInFrameOfMpu6886, Burst, i * SampleBytes + BytesOfAccel, BytesOfAccel);
            }

            for (int i = SampleCount - 1; i >= 0 && !UsesGyroscope; i--)
            {
                Array.Copy(Burst, i * FrameBytes, Burst, i * SampleBytes, BytesOfAccel);
                Array.Clear(Burst, i * SampleBytes + BytesOfAccel, SampleBytes - BytesOfAccel);
            }
        }
    }
}
