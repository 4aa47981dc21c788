using System;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// An MPU6050 by its registers: reset values, sleep, ranges, rate, FIFO, identity (register map RM-MPU-6000A-00 rev 4.2). It samples
    /// an <see cref="IMotionSource"/> on the simulated clock, and catches up whenever someone looks.
    /// </summary>
    internal sealed class SimulatedMpu6050
    {
        private const int SampleRateDivider = 0x19;
        private const int Configuration = 0x1A;
        private const int GyroConfiguration = 0x1B;
        private const int AccelConfiguration = 0x1C;
        private const int FifoEnable = 0x23;
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
        private const int ResetBit = 0x80;
        private const int FifoOnBit = 0x40;
        private const int FifoResetBit = 0x04;
        private const int DataReady = 0x01;
        private const int Overflow = 0x10;
        private const long ResetMicros = 5000;

        private readonly SimulatedClock clock;
        private readonly byte[] registers = new byte[128];
        private readonly short[] felt = new short[6];
        private readonly short[] output = new short[6];
        private readonly int identity;
        private IMotionSource source;
        private bool sourceStarted;
        private long sourceIndex;
        private long tick;
        private long nextTickNanos;
        private long resetDoneMicros;
        private int latchedCount;

        public SimulatedMpu6050(SimulatedClock clock, int identity)
        {
            this.clock = clock;
            this.identity = identity;
            PowerUp();
        }

        /// <summary>Full scale the source's counts are made for, ± g.</summary>
        public int SourceAccelRangeG { get; set; } = 4;

        /// <summary>Full scale the source's counts are made for, ± °/s.</summary>
        public int SourceGyroRangeDps { get; set; } = 500;

        /// <summary>How much too fast the chip's clock runs, parts per million.</summary>
        public int ClockErrorPpm { get; set; }

        /// <summary>True when the source has no more samples.</summary>
        public bool SourceEnded { get; private set; }

        public SimulatedFifo Fifo { get; } = new SimulatedFifo();

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

            register = (register + 1) & 0x7F;
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
                    registers[register & 0x7F] = value;
                    break;
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
            if (intoFifo)
            {
                PushSample();
            }
        }

        private void Measure()
        {
            int accelRangeG = 2 << ((registers[AccelConfiguration] >> 3) & 3);
            int gyroRangeDps = 250 << ((registers[GyroConfiguration] >> 3) & 3);
            for (int i = 0; i < 3; i++)
            {
                output[i] = Rescale(felt[i], SourceAccelRangeG, accelRangeG);
                output[3 + i] = Rescale(felt[3 + i], SourceGyroRangeDps, gyroRangeDps);
            }
        }

        private static short Rescale(int counts, int fromRange, int toRange)
        {
            if (fromRange == toRange)
            {
                return (short)counts;
            }

            double scaled = Math.Round(counts * (double)fromRange / toRange);
            return (short)Math.Clamp(scaled, short.MinValue, short.MaxValue);
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
