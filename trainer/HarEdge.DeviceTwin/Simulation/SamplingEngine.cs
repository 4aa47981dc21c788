using static HarEdge.DeviceTwin.Simulation.ChipRegister;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// The chip's measuring half: when its clock ticks it takes a sample, tells of it by interrupts, and puts it into the FIFO. It works on the
    /// registers that <see cref="SimulatedMpu6050"/> keeps for the bus.
    /// </summary>
    internal sealed class SamplingEngine
    {
        private const int FifoOnBit = 0x40;
        private const int FifoRefusesBit = 0x40;
        private const int AccelIntoFifo = 0x08;
        private const int TemperatureIntoFifo = 0x80;
        private const int GyroXIntoFifo = 0x40;
        private const int GyroZIntoFifo = 0x10;
        private const int DataReady = 0x01;
        private const int Overflow = 0x10;
        private const int AxisMask = 0x3F;

        private readonly ChipFamily family;
        private readonly byte[] registers;
        private readonly InterruptLine line = new InterruptLine();

        public SamplingEngine(ChipFamily family, ChipVariant variant, byte[] registers)
        {
            this.family = family;
            this.registers = registers;
            Clock = new ChipClock(family, registers);
            Signal = new SignalPath(family, variant);
            Motion = new MotionDetector(family.IsClone, variant);
            Fifo = new SimulatedFifo(variant);
        }

        public ChipClock Clock { get; }

        public SignalPath Signal { get; }

        public MotionDetector Motion { get; }

        public ChipSource Source { get; } = new ChipSource();

        public SimulatedFifo Fifo { get; }

        /// <summary>Whether the bus can get at the FIFO, and samples into it.</summary>
        public bool IsFifoOn
        {
            get { return (registers[UserControl] & FifoOnBit) != 0; }
        }

        /// <summary>How often the INT pin became active.</summary>
        public long InterruptEdges
        {
            get { return line.Edges; }
        }

        private int Pending
        {
            get { return registers[InterruptStatus] & registers[InterruptEnable]; }
        }

        public bool IsInterruptHigh(long nowNanos)
        {
            return line.IsHigh(registers[InterruptPin], Pending, nowNanos);
        }

        /// <summary>Empties the FIFO; what was in it did not count.</summary>
        public void EmptyFifo()
        {
            Fifo.Reset();
            Source.Rewind();
        }

        /// <summary>A byte out of the FIFO, for the bus.</summary>
        public byte Pop(long nowNanos)
        {
            byte value = Fifo.Repeat();
            if (IsFifoOn && Fifo.Pop(nowNanos, out value))
            {
                Source.Keep();
            }

            return value;
        }

        /// <summary>The registers have their reset values: everything that moves starts over.</summary>
        public void Restart(long nowNanos, bool isBrownOut)
        {
            line.Reset();
            Signal.Reset(isBrownOut);
            Signal.StartGyro(nowNanos);
            Clock.Restart(nowNanos);
        }

        /// <summary>Puts the last measurement where the bus reads it.</summary>
        public void ShowMeasurement()
        {
            for (int i = 0; i < 3; i++)
            {
                SetShort(AccelOut + 2 * i, Signal.Output[i]);
                SetShort(GyroOut + 2 * i, Signal.Output[3 + i]);
            }

            SetShort(TemperatureOut, Signal.Temperature);
        }

        /// <summary>Takes all samples that are due.</summary>
        public void CatchUp(long nowNanos)
        {
            if (!Clock.IsDue(nowNanos))
            {
                return;
            }

            bool isWatched = (IsFifoOn && registers[FifoEnable] != 0) || (registers[InterruptEnable] & family.MotionBits) != 0;
            if (!isWatched)
            {
                // Nobody can distinguish the samples between from the last one.
                long skipped = Clock.SkipTo(nowNanos);
                Source.Skip(skipped);
                Interrupt(DataReady, nowNanos, skipped);
            }

            while (Clock.IsDue(nowNanos))
            {
                Sample(Clock.Next());
            }
        }

        private void Sample(long nanos)
        {
            bool intoFifo = IsFifoOn && registers[FifoEnable] != 0;
            bool isFelt = Source.TryFeel(intoFifo);
            int accelRange = (registers[AccelConfig] >> 3) & 3;
            int gyroRange = (registers[GyroConfig] >> 3) & 3;
            Signal.Measure(Source.Felt, nanos, accelRange, gyroRange, registers[Power2] & AxisMask, Clock.Cycles);
            Interrupt(DataReady, nanos, 1);
            if ((registers[InterruptEnable] & family.MotionBits) == 0)
            {
                Motion.KeepUp(Signal.Output, registers[AccelConfig]);
            }
            else
            {
                int threshold = registers[family.IsMpu6886 ? MotionThresholdX : MotionThreshold];
                int axes = Motion.Compare(
                    Signal.Output, Clock.PeriodNanos / 1000000.0, registers[AccelConfig], threshold, registers[MotionDuration], registers[MotionControl]);
                Interrupt(family.MotionStatus(axes) & registers[InterruptEnable], nanos, axes != 0 ? 1 : 0);
            }

            if (intoFifo && isFelt)
            {
                PushFrame(nanos);
            }
        }

        private void Interrupt(int statusBits, long nanos, long times)
        {
            if (times == 0)
            {
                return;
            }

            int before = Pending;
            registers[InterruptStatus] |= (byte)statusBits;
            if ((statusBits & registers[InterruptEnable]) != 0)
            {
                line.Interrupt(registers[InterruptPin], before, nanos, times);
            }
        }

        // In the order of the measurement registers: accelerometer, temperature, gyroscope (RM-MPU-6000A r4.2 §4.6, §4.31).
        private void PushFrame(long nanos)
        {
            int enabled = registers[FifoEnable];
            bool fits = true;
            Fifo.BeginFrame(nanos, FrameBytes(enabled));
            for (int i = 0; i < 3 && (enabled & AccelIntoFifo) != 0; i++)
            {
                fits &= PushShort(Signal.Output[i]);
            }

            if ((enabled & TemperatureIntoFifo) != 0 || family.IsMpu6886)
            {
                fits &= PushShort(Signal.Temperature);
            }

            for (int i = 0; i < 3; i++)
            {
                fits &= (enabled & GyroIntoFifo(i)) == 0 || PushShort(Signal.Output[3 + i]);
            }

            if (!fits)
            {
                Interrupt(Overflow, nanos, 1);
            }
        }

        // A bit an axis; one of all in the MPU6886.
        private int GyroIntoFifo(int axis)
        {
            return family.IsMpu6886 ? GyroZIntoFifo : GyroXIntoFifo >> axis;
        }

        // Six of the accelerometer, two of each other measurement; with either of the MPU6886's sensors comes the temperature.
        private int FrameBytes(int enabled)
        {
            int bytes = (enabled & AccelIntoFifo) != 0 ? 6 : 0;
            if (family.IsMpu6886)
            {
                return bytes + 2 + ((enabled & GyroZIntoFifo) != 0 ? 6 : 0);
            }

            for (int bit = GyroZIntoFifo; bit <= TemperatureIntoFifo; bit <<= 1)
            {
                bytes += (enabled & bit) != 0 ? 2 : 0;
            }

            return bytes;
        }

        private bool PushShort(int value)
        {
            bool refuses = family.IsClone && (registers[Config] & FifoRefusesBit) != 0;
            return Fifo.Push((byte)((value >> 8) & 0xFF), Source.Tick, refuses) & Fifo.Push((byte)(value & 0xFF), Source.Tick, refuses);
        }

        private void SetShort(int register, int value)
        {
            registers[register] = (byte)((value >> 8) & 0xFF);
            registers[register + 1] = (byte)(value & 0xFF);
        }
    }

    /// <summary>The chip's INT pin: level or 50 µs pulse, active high or low, and how often it rose (RM-MPU-6000A r4.2 §4.14).</summary>
    internal sealed class InterruptLine
    {
        private const int ActiveLowBit = 0x80;
        private const int LatchBit = 0x20;
        private const long PulseNanos = 50000;

        private long pulseEndNanos;

        /// <summary>How often the pin went from rest to its active level.</summary>
        public long Edges { get; private set; }

        /// <summary>Whether the pin is at its active level, which may be low.</summary>
        /// <param name="configuration">INT_PIN_CFG.</param>
        /// <param name="pending">INT_STATUS where INT_ENABLE is set.</param>
        /// <param name="nowNanos">When.</param>
        public bool IsActive(int configuration, int pending, long nowNanos)
        {
            return (configuration & LatchBit) != 0 ? pending != 0 : nowNanos < pulseEndNanos;
        }

        /// <summary>Whether the pin is high.</summary>
        public bool IsHigh(int configuration, int pending, long nowNanos)
        {
            return IsActive(configuration, pending, nowNanos) != ((configuration & ActiveLowBit) != 0);
        }

        /// <summary>An enabled interrupt happens, once or several times since the last one.</summary>
        /// <param name="configuration">INT_PIN_CFG.</param>
        /// <param name="pendingBefore">What was pending before it.</param>
        /// <param name="nanos">When it last happened.</param>
        /// <param name="times">How often.</param>
        public void Interrupt(int configuration, int pendingBefore, long nanos, long times)
        {
            bool isLatched = (configuration & LatchBit) != 0;
            Edges += !isLatched ? times : pendingBefore == 0 ? 1 : 0;
            pulseEndNanos = nanos + PulseNanos;
        }

        /// <summary>Power goes.</summary>
        public void Reset()
        {
            pulseEndNanos = 0;
        }
    }
}
