using System;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// An MPU6050 by its registers: reset values, sleep, ranges, rate, FIFO, identity, self-test, motion interrupt (register map RM-MPU-6000A-00 rev 4.2). It samples
    /// an <see cref="IMotionSource"/> on the simulated clock, and catches up whenever someone looks.
    /// </summary>
    internal sealed class SimulatedMpu6050
    {
        private const int SelfTestX = 0x0D;
        private const int SampleRateDivider = 0x19;
        private const int Configuration = 0x1A;
        private const int GyroConfiguration = 0x1B;
        private const int AccelConfiguration = 0x1C;
        private const int MotionThreshold = 0x1F;
        private const int FifoEnable = 0x23;
        private const int InterruptEnable = 0x38;
        private const int InterruptStatus = 0x3A;
        private const int AccelOutput = 0x3B;
        private const int TemperatureOutput = 0x41;
        private const int GyroOutput = 0x43;
        private const int UserControl = 0x6A;
        private const int PowerManagement1 = 0x6B;
        private const int FifoCountHigh = 0x72;
        private const int FifoCountLow = 0x73;
        private const int FifoReadWrite = 0x74;
        private const int WhoAmI = 0x75;

        private const int SleepBit = 0x40;
        private const int CycleBit = 0x20;
        private const int MotionBit = 0x40;
        private const int ResetBit = 0x80;
        private const int FifoOnBit = 0x40;
        private const int FifoResetBit = 0x04;
        private const int DataReady = 0x01;
        private const int Overflow = 0x10;
        private const long ResetMicros = 5000;
        private const long CyclePeriodNanos = 50000000;
        private const int RealIdentity = 0x68;

        // The factory's notes: codes of ax ay az and gx gy gz.
        private static readonly int[] AccelCodes = { 16, 18, 14 };
        private static readonly int[] GyroCodes = { 17, 15, 18 };

        private readonly SimulatedClock clock;
        private readonly byte[] registers = new byte[256];
        private readonly short[] felt = new short[6];
        private readonly short[] output = new short[6];
        private readonly short[] held = new short[6];
        private readonly int identity;
        private IMotionSource source;
        private bool sourceStarted;
        private long sourceIndex;
        private long tick;
        private long nextTickNanos;
        private long resetDoneMicros;
        private long answersAgainMicros;
        private int latchedCount;
        private int clockErrorPpm;

        public SimulatedMpu6050(SimulatedClock clock, int identity)
        {
            this.clock = clock;
            this.identity = identity;
            Fifo = new SimulatedFifo(identity == RealIdentity ? 1024 : 512);
            PowerUp();
        }

        /// <summary>Full scale the source's counts are made for, ± g.</summary>
        public int SourceAccelRangeG { get; set; } = 4;

        /// <summary>Full scale the source's counts are made for, ± °/s.</summary>
        public int SourceGyroRangeDps { get; set; } = 500;

        /// <summary>How much too fast the chip's clock runs, parts per million.</summary>
        public int ClockErrorPpm
        {
            get
            {
                return clockErrorPpm;
            }

            set
            {
                CatchUp();
                clockErrorPpm = value;
            }
        }

        /// <summary>How much stronger the self-test pushes than the factory noted, per mille, axis by axis.</summary>
        public int[] SelfTestDeviationPerMille { get; } = new int[6];

        /// <summary>A channel that does not move any more, or −1.</summary>
        public int FrozenChannel { get; set; } = -1;

        /// <summary>Level of the INT pin.</summary>
        public bool IsInterruptHigh
        {
            get
            {
                CatchUp();
                return (registers[InterruptStatus] & registers[InterruptEnable] & MotionBit) != 0;
            }
        }

        /// <summary>False for a moment after power came back.</summary>
        public bool IsAnswering
        {
            get { return clock.NowMicros >= answersAgainMicros; }
        }

        /// <summary>True when the source has no more samples.</summary>
        public bool SourceEnded { get; private set; }

        public SimulatedFifo Fifo { get; }

        /// <summary>Index within the source of a sample read from the FIFO, counted since the FIFO's last reset.</summary>
        public long SourceIndexOf(long sampleSinceReset)
        {
            return Fifo.TickOf(sampleSinceReset);
        }

        /// <summary>From now on it feels this; the source begins when samples next go into the FIFO.</summary>
        public void Feel(IMotionSource motion)
        {
            CatchUp();
            source = motion;
            sourceStarted = false;
            sourceIndex = 0;
            SourceEnded = false;
        }

        /// <summary>Power comes back: every register has its reset value, the FIFO is empty, the chip sleeps.</summary>
        public void PowerUp()
        {
            Array.Clear(registers, 0, registers.Length);
            registers[PowerManagement1] = SleepBit;
            registers[WhoAmI] = (byte)identity;
            Fifo.Reset();
            for (int axis = 0; axis < 3 && identity == RealIdentity; axis++)
            {
                registers[SelfTestX + axis] = (byte)(((AccelCodes[axis] >> 2) << 5) | GyroCodes[axis]);
                registers[SelfTestX + 3] |= (byte)((AccelCodes[axis] & 3) << (4 - 2 * axis));
            }
        }

        /// <summary>The supply dips: a chip reset in the middle of whatever it did.</summary>
        public void BrownOut()
        {
            CatchUp();
            PowerUp();
            answersAgainMicros = clock.NowMicros + 1000;
        }

        /// <summary>A read begins: the measurement registers are frozen for it (register map §4.17).</summary>
        public void BeginRead()
        {
            CatchUp();
            for (int i = 0; i < 3; i++)
            {
                SetShort(AccelOutput + 2 * i, output[i]);
                SetShort(GyroOutput + 2 * i, output[3 + i]);
            }

            // 25 °C: (25 − 36.53) · 340 (register map §4.18).
            SetShort(TemperatureOutput, -3920);
        }

        /// <summary>Gives the byte of a register and moves on to the next, except in the FIFO.</summary>
        public byte Read(ref int register)
        {
            CatchUp();
            int at = register;
            if (at == FifoReadWrite)
            {
                return Fifo.Pop();
            }

            register = (register + 1) & 0xFF;
            switch (at)
            {
                case FifoCountHigh:
                    latchedCount = Fifo.Count;
                    return (byte)(latchedCount >> 8);
                case FifoCountLow:
                    return (byte)(latchedCount & 0xFF);
                case InterruptStatus:
                    byte status = registers[at];
                    registers[at] = 0;
                    return status;
                case PowerManagement1:
                    return (byte)(clock.NowMicros < resetDoneMicros ? registers[at] | ResetBit : registers[at]);
                default:
                    return registers[at];
            }
        }

        /// <summary>Writes a register.</summary>
        public void Write(int register, byte value)
        {
            CatchUp();
            switch (register)
            {
                case PowerManagement1 when (value & ResetBit) != 0:
                    PowerUp();
                    resetDoneMicros = clock.NowMicros + ResetMicros;
                    return;
                case UserControl:
                    if ((value & FifoResetBit) != 0)
                    {
                        Fifo.Reset();
                    }

                    registers[register] = (byte)(value & ~0x07);
                    return;
                case WhoAmI:
                case FifoReadWrite:
                case InterruptStatus:
                    return;
                default:
                    registers[register & 0xFF] = value;
                    break;
            }

            if (register == AccelConfiguration)
            {
                // The high-pass filter's hold setting compares with this sample from now on (rev 3.2 §4.5).
                Array.Copy(output, held, held.Length);
            }

            if (register == PowerManagement1 || register == SampleRateDivider || register == Configuration)
            {
                nextTickNanos = clock.NowMicros * 1000 + PeriodNanos;
            }
        }

        // Filter off (0 or 7): 8 kHz before the divider, else 1 kHz (register map §4.2).
        private long PeriodNanos
        {
            get
            {
                if ((registers[PowerManagement1] & CycleBit) != 0)
                {
                    return CyclePeriodNanos;
                }

                int filter = registers[Configuration] & 7;
                long baseNanos = filter == 0 || filter == 7 ? 125000 : 1000000;
                return baseNanos * (1 + registers[SampleRateDivider]) * 1000000 / (1000000 + ClockErrorPpm);
            }
        }

        private void CatchUp()
        {
            long nowNanos = clock.NowMicros * 1000;
            while ((registers[PowerManagement1] & SleepBit) == 0 && nextTickNanos <= nowNanos)
            {
                nextTickNanos += PeriodNanos;
                Sample();
            }
        }

        private void Sample()
        {
            bool intoFifo = (registers[UserControl] & FifoOnBit) != 0 && registers[FifoEnable] != 0;
            sourceStarted |= intoFifo && source != null;
            if (source != null && !SourceEnded && source.TryRead(sourceIndex, felt))
            {
                tick = sourceIndex;
                sourceIndex += sourceStarted ? 1 : 0;
            }
            else
            {
                SourceEnded |= sourceStarted;
                return;
            }

            Measure();
            registers[InterruptStatus] |= DataReady;
            if (HasMoved())
            {
                registers[InterruptStatus] |= MotionBit;
            }

            if (intoFifo)
            {
                PushSample();
            }
        }

        // 32 mg a step (product specification §6.2), counted against the sample held when the threshold was armed.
        private bool HasMoved()
        {
            int countsPerG = 16384 >> ((registers[AccelConfiguration] >> 3) & 3);
            int threshold = registers[MotionThreshold] * 32 * countsPerG / 1000;
            bool moved = false;
            for (int axis = 0; axis < 3; axis++)
            {
                moved |= Math.Abs(output[axis] - held[axis]) > threshold;
            }

            return moved && (registers[InterruptEnable] & MotionBit) != 0;
        }

        private void Measure()
        {
            int accelRangeG = 2 << ((registers[AccelConfiguration] >> 3) & 3);
            int gyroRangeDps = 250 << ((registers[GyroConfiguration] >> 3) & 3);
            for (int i = 0; i < 3; i++)
            {
                double accelPush = Push(AccelConfiguration, i, 1392.64, 0.92 / 0.34, (AccelCodes[i] - 1) / 30.0, 8.0 / accelRangeG, i);
                double gyroPush = Push(GyroConfiguration, i, i == 1 ? -3275 : 3275, 1.046, GyroCodes[i] - 1, 250.0 / gyroRangeDps, 3 + i);
                SetOutput(i, felt[i] * (double)SourceAccelRangeG / accelRangeG + accelPush);
                SetOutput(3 + i, felt[3 + i] * (double)SourceGyroRangeDps / gyroRangeDps + gyroPush);
            }
        }

        // What the self-test adds to an axis while its bit is set (register map §4.1): the noted trim at the test's range, scaled to the
        // range now set.
        private double Push(int register, int axis, double least, double growth, double power, double scale, int channel)
        {
            bool isPushed = (registers[register] & (0x80 >> axis)) != 0;
            return isPushed ? least * Math.Pow(growth, power) * scale * (1 + SelfTestDeviationPerMille[channel] / 1000.0) : 0;
        }

        // Rounded and clipped, as the chip would.
        private void SetOutput(int channel, double counts)
        {
            if (channel != FrozenChannel)
            {
                output[channel] = (short)Math.Clamp(Math.Round(counts), short.MinValue, short.MaxValue);
            }
        }

        // In the order of the measurement registers: accelerometer, then gyroscope (register map §4.6).
        private void PushSample()
        {
            int enabled = registers[FifoEnable];
            for (int i = 0; i < 3 && (enabled & 0x08) != 0; i++)
            {
                PushShort(output[i]);
            }

            if ((enabled & 0x80) != 0)
            {
                PushShort(-3920);
            }

            for (int i = 0; i < 3; i++)
            {
                if ((enabled & (0x40 >> i)) != 0)
                {
                    PushShort(output[3 + i]);
                }
            }
        }

        private void PushShort(int value)
        {
            bool fits = Fifo.Push((byte)((value >> 8) & 0xFF), tick) & Fifo.Push((byte)(value & 0xFF), tick);
            if (!fits)
            {
                registers[InterruptStatus] |= Overflow;
            }
        }

        private void SetShort(int register, int value)
        {
            registers[register] = (byte)((value >> 8) & 0xFF);
            registers[register + 1] = (byte)(value & 0xFF);
        }
    }
}
