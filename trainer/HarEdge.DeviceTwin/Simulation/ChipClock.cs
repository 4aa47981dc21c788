using System;
using static HarEdge.DeviceTwin.Simulation.ChipRegister;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>When the chip takes its samples: sleep, cycle, filter and divider decide (RM-MPU-6000A r4.2 §4.2, §4.3, §4.28, §4.29).</summary>
    internal sealed class ChipClock
    {
        public const int ResetBit = 0x80;
        public const int SleepBit = 0x40;
        public const int CycleBit = 0x20;

        private const int StoppedClock = 0x07;
        private const long UnfilteredNanos = 125000;
        private const long FilteredNanos = 1000000;
        private const long BypassedNanos = 31250;

        // Wake-ups in cycle mode, 1/100 Hz: LP_WAKE_CTRL (§4.29), and LPOSC_CLKSEL of the MPU-6500 (RM-MPU-6500A §4.9).
        private static readonly int[] GenuineCycles = { 125, 500, 2000, 4000 };
        private static readonly int[] CloneCycles = { 24, 49, 98, 195, 391, 781, 1563, 3125, 6250, 12500, 25000, 50000 };

        private readonly bool isClone;
        private readonly bool isMpu6886;
        private readonly byte[] registers;
        private long nextNanos;
        private long periodNanos;
        private int errorPpm;

        public ChipClock(ChipFamily family, byte[] registers)
        {
            isClone = family.IsClone;
            isMpu6886 = family.IsMpu6886;
            this.registers = registers;
        }

        /// <summary>How much too fast it runs, parts per million.</summary>
        public int ErrorPpm
        {
            get
            {
                return errorPpm;
            }

            set
            {
                errorPpm = value;
                Forget();
            }
        }

        public bool IsAsleep
        {
            get { return (registers[Power1] & SleepBit) != 0; }
        }

        /// <summary>Whether it sleeps between single samples of the accelerometer.</summary>
        public bool Cycles
        {
            get { return (registers[Power1] & CycleBit) != 0; }
        }

        /// <summary>From sample to sample.</summary>
        public long PeriodNanos
        {
            get
            {
                if (periodNanos == 0)
                {
                    periodNanos = Period();
                }

                return periodNanos;
            }
        }

        /// <summary>Settings changed: the period is worked out anew.</summary>
        public void Forget()
        {
            periodNanos = 0;
        }

        /// <summary>A period begins now.</summary>
        public void Restart(long nowNanos)
        {
            Forget();
            nextNanos = nowNanos + PeriodNanos;
        }

        public bool IsDue(long nowNanos)
        {
            return nextNanos <= nowNanos && !IsAsleep && (registers[Power1] & StoppedClock) != StoppedClock;
        }

        /// <summary>When the sample that is due was taken; the next one is due a period later.</summary>
        public long Next()
        {
            long nanos = nextNanos;
            nextNanos += PeriodNanos;
            return nanos;
        }

        /// <summary>Leaves out all samples that are due but the last.</summary>
        /// <returns>How many.</returns>
        public long SkipTo(long nowNanos)
        {
            long skipped = Math.Max(0, (nowNanos - nextNanos) / PeriodNanos);
            nextNanos += skipped * PeriodNanos;
            return skipped;
        }

        // The MPU6886 cycles at the divider's rate (DS-000193 §5.1). With filter 0 or 7 the gyroscope gives 8 kHz; the MPU6050 divides them, the MPU-6500 does not (RM-MPU-6500A §4.4).
        private long Period()
        {
            if (Cycles && !isMpu6886)
            {
                int centiHz = isClone ? CloneCycles[Math.Min(registers[LowPowerRate] & 0x0F, 11)] : GenuineCycles[registers[Power2] >> 6];
                return 100000000000 / centiHz;
            }

            int filter = registers[Config] & 7;
            bool isFiltered = filter != 0 && filter != 7;
            bool isBypassed = isClone && (registers[GyroConfig] & 3) != 0;
            long nanos = isBypassed ? BypassedNanos : isFiltered ? FilteredNanos : UnfilteredNanos;
            nanos *= isFiltered && !isBypassed || !isClone ? 1 + registers[Divider] : 1;
            return nanos * 1000000 / (1000000 + errorPpm);
        }
    }
}
