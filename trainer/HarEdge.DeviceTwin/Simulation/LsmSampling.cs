using System;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// The measuring half of <see cref="SimulatedLsm6"/>: when its clock ticks it takes a sample, tells of it and of motion in its registers, and puts it into the FIFO. Data sets of both sensors at the
    /// sensors' own rate; other decimations are not there.
    /// </summary>
    internal sealed class LsmSampling
    {
        /// <summary>At which the firmware runs it: the source is felt as often.</summary>
        public const int SourceRateHz = 104;

        private const int FifoBytes = 4096;
        private const int HighPerformanceOff = 0x10;

        // Tables 52 and 55, 1/10 Hz.
        private static readonly int[] Rates = { 0, 125, 260, 520, 1040, 2080, 4160, 8330, 16660, 33330, 66660, 0, 0, 0, 0, 0 };

        // ±2, ±16, ±4, ±8 g (table 51): doublings of 2 g by code.
        private static readonly int[] AccelRanges = { 0, 3, 1, 2 };

        private readonly byte[] registers;
        private readonly short[] before = new short[3];
        private long nextNanos;
        private long outBytes;

        public LsmSampling(ChipVariant variant, byte[] registers)
        {
            this.registers = registers;
            Signal = new SignalPath(new ChipFamily(SimulatedLsm6.Identity), variant);
            Fifo = new SimulatedFifo(variant) { Capacity = FifoBytes };
        }

        public SignalPath Signal { get; }

        public SimulatedFifo Fifo { get; }

        public ChipSource Source { get; } = new ChipSource();

        /// <summary>How much too fast the clock runs, parts per million.</summary>
        public int ErrorPpm { get; set; }

        /// <summary>Whether the FIFO lost a word since it was emptied.</summary>
        public bool HasOverrun { get; private set; }

        /// <summary>Which word of a set is read next.</summary>
        public int Pattern
        {
            get { return WordsOfSet == 0 ? 0 : (int)(outBytes / 2 % WordsOfSet); }
        }

        private int AccelRate
        {
            get { return Rates[registers[LsmRegister.Control1] >> 4]; }
        }

        private int GyroRate
        {
            get { return Rates[registers[LsmRegister.Control2] >> 4]; }
        }

        // The faster sensor's (AN5130 §7.3); where neither runs there is no sample.
        private long PeriodNanos
        {
            get
            {
                int rate = Math.Max(AccelRate, GyroRate);
                return rate == 0 ? 0 : 10000000000L / rate * 1000000 / (1000000 + ErrorPpm);
            }
        }

        private bool IsFifoOn
        {
            get { return (registers[LsmRegister.FifoControl5] & 7) == 6 && Rates[(registers[LsmRegister.FifoControl5] >> 3) & 0x0F] == Math.Max(AccelRate, GyroRate); }
        }

        private bool HasGyroInFifo
        {
            get { return ((registers[LsmRegister.FifoControl3] >> 3) & 7) == 1; }
        }

        private bool HasAccelInFifo
        {
            get { return (registers[LsmRegister.FifoControl3] & 7) == 1; }
        }

        private int WordsOfSet
        {
            get { return (HasGyroInFifo ? 3 : 0) + (HasAccelInFifo ? 3 : 0); }
        }

        /// <summary>A byte out of the FIFO, for the bus.</summary>
        public byte Pop(long nowNanos)
        {
            int waiting = Fifo.Count;
            if (Fifo.Pop(nowNanos, out byte value))
            {
                Source.Keep();
            }

            outBytes += waiting - Fifo.Count;
            return value;
        }

        /// <summary>The settings of the clock changed.</summary>
        public void Restart(long nowNanos)
        {
            nextNanos = nowNanos + PeriodNanos;
        }

        public void Reset(bool isBrownOut)
        {
            Array.Clear(before, 0, before.Length);
            Signal.Reset(isBrownOut);
            EmptyFifo();
        }

        /// <summary>Takes all samples that are due.</summary>
        public void CatchUp(long nowNanos)
        {
            if (PeriodNanos == 0)
            {
                return;
            }

            bool isWatched = IsFifoOn || (registers[LsmRegister.TapConfiguration] & 0x80) != 0;
            long skipped = isWatched ? 0 : Math.Max(0, (nowNanos - nextNanos) / PeriodNanos);
            Source.Skip(skipped);
            nextNanos += skipped * PeriodNanos;
            for (; nextNanos <= nowNanos; nextNanos += PeriodNanos)
            {
                Sample(nextNanos);
            }
        }

        private void Sample(long nanos)
        {
            bool intoFifo = IsFifoOn && WordsOfSet > 0;
            bool isFelt = Source.TryFeel(intoFifo);
            bool isLowPower = (registers[LsmRegister.Control6] & HighPerformanceOff) != 0 && GyroRate == 0;
            int standby = (AccelRate == 0 ? 0x38 : 0) | (GyroRate == 0 ? 0x07 : 0);
            Signal.Measure(Source.Felt, nanos, AccelRanges[(registers[LsmRegister.Control1] >> 2) & 3], (registers[LsmRegister.Control2] >> 2) & 3, standby, isLowPower);
            registers[LsmRegister.Status] |= (byte)((AccelRate > 0 ? 1 : 0) | (GyroRate > 0 ? 2 : 0));
            Compare();

            // A slower one feels the same motion in the same time.
            Source.Skip(Math.Max(0, 10 * SourceRateHz / Math.Max(AccelRate, GyroRate) - 1));
            if (!intoFifo || !isFelt)
            {
                return;
            }

            Fifo.BeginFrame(nanos, WordsOfSet * 2);
            bool fits = true;
            for (int i = HasGyroInFifo ? 0 : 3; i < (HasAccelInFifo ? 6 : 3); i++)
            {
                int word = Signal.Output[i < 3 ? 3 + i : i - 3];
                fits &= Fifo.Push((byte)(word & 0xFF), Source.Tick) & Fifo.Push((byte)((word >> 8) & 0xFF), Source.Tick);
            }

            HasOverrun |= !fits;
        }

        // Half the step from the sample before against so many 64ths of the range (AN5130 §5.3); held until it is read where LIR is set.
        private void Compare()
        {
            int moved = 0;
            double limit = (registers[LsmRegister.WakeUpThreshold] & 0x3F) * 32768 / 64.0;
            for (int axis = 0; axis < 3; axis++)
            {
                moved |= Math.Abs(Signal.Output[axis] - before[axis]) / 2.0 > limit ? 4 >> axis : 0;
                before[axis] = Signal.Output[axis];
            }

            bool isOn = (registers[LsmRegister.TapConfiguration] & 0x80) != 0;
            bool isLatched = (registers[LsmRegister.TapConfiguration] & 0x01) != 0;
            int held = isLatched ? registers[LsmRegister.WakeUpSource] : 0;
            registers[LsmRegister.WakeUpSource] = (byte)(held | (isOn && moved != 0 ? 0x08 | moved : 0));
        }

        public void EmptyFifo()
        {
            Fifo.Reset();
            Source.Rewind();
            HasOverrun = false;
            outBytes = 0;
        }
    }
}
