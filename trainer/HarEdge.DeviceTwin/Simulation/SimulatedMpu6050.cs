using System;
using static HarEdge.DeviceTwin.Simulation.ChipRegister;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// An MPU6050, or one of the chips sold as one (0x70, 0x72, 0x98), made from <see cref="RegisterTable"/>: it answers a bus, samples an
    /// <see cref="IMotionSource"/> on the simulated clock, and catches up whenever someone looks. Sections are those of RM-MPU-6000A-00 r4.2.
    /// </summary>
    internal sealed class SimulatedMpu6050
    {
        private const int FifoResetBit = 0x04;
        private const int SignalResetBit = 0x01;
        private const int UserResetBits = 0x0F;
        private const int AnyReadClearsBit = 0x10;

        private readonly SimulatedClock clock;
        private readonly ChipVariant variant;
        private readonly ChipFamily family;
        private readonly RegisterTable table;
        private readonly SamplingEngine engine;
        private readonly byte[] registers = new byte[256];
        private readonly ProcessorMemory memory;
        private long resetDoneMicros;
        private long deafUntilMicros;
        private long answersAgainMicros;
        private int latchedCount;

        public SimulatedMpu6050(SimulatedClock clock, int identity, ChipVariant variant = null)
        {
            this.clock = clock;
            this.variant = variant ?? ChipVariant.Usual;
            family = new ChipFamily(identity);
            table = RegisterTable.Of(identity);
            engine = new SamplingEngine(family, this.variant, registers);
            memory = new ProcessorMemory(registers);
            PowerUp(false);
            engine.EmptyFifo();
        }

        /// <summary>How much too fast the chip's clock runs, parts per million.</summary>
        public int ClockErrorPpm
        {
            get { return engine.Clock.ErrorPpm; }

            set
            {
                CatchUp();
                engine.Clock.ErrorPpm = value;
            }
        }

        /// <summary>What its measurement registers say.</summary>
        public SignalPath Signal
        {
            get { return engine.Signal; }
        }

        /// <summary>Level of the INT pin.</summary>
        public bool IsInterruptHigh
        {
            get
            {
                CatchUp();
                return engine.IsInterruptHigh(NowNanos);
            }
        }

        /// <summary>How often the INT pin became active so far, pulses included that are over.</summary>
        public long InterruptEdges
        {
            get
            {
                CatchUp();
                return engine.InterruptEdges;
            }
        }

        /// <summary>False while the chip starts: it does not acknowledge its address.</summary>
        public bool IsAnswering
        {
            get { return clock.NowMicros >= answersAgainMicros; }
        }

        /// <summary>True when the source has no more samples, and all it had were read out of the FIFO.</summary>
        public bool SourceEnded
        {
            get { return engine.Source.IsOverWith(Fifo.PoppedTick); }
        }

        public SimulatedFifo Fifo
        {
            get { return engine.Fifo; }
        }

        private long NowNanos
        {
            get { return clock.NowMicros * 1000; }
        }

        private bool IsResetting
        {
            get { return clock.NowMicros < resetDoneMicros; }
        }

        /// <summary>Index within the source of a sample read from the FIFO, counted since the FIFO's last reset.</summary>
        public long SourceIndexOf(long sampleSinceReset)
        {
            return Fifo.TickOf(sampleSinceReset);
        }

        /// <summary>From now on it feels this; the source begins with the first sample that someone can keep, see <see cref="ChipSource"/>.</summary>
        public void Feel(IMotionSource motion)
        {
            CatchUp();
            engine.Source.Begin(motion);
            Fifo.MarkStale();
        }

        /// <summary>The supply dips: a chip reset in the middle of whatever it did.</summary>
        public void BrownOut()
        {
            CatchUp();
            PowerUp(true);
            engine.EmptyFifo();
            answersAgainMicros = clock.NowMicros + variant.PowerUpMs * 1000L;
        }

        /// <summary>A read begins: the measurement registers are frozen for it (§4.17).</summary>
        public void BeginRead()
        {
            CatchUp();
            engine.ShowMeasurement();
        }

        /// <summary>Where a burst goes on after a register.</summary>
        public int Next(int register)
        {
            return table.Stays[register] ? register : (register + 1) & 0xFF;
        }

        /// <summary>Gives the byte of a register and moves on to the next, where a burst does.</summary>
        public byte Read(ref int register)
        {
            CatchUp();
            int at = register;
            register = Next(at);
            byte value = Value(at);
            if ((registers[InterruptPin] & AnyReadClearsBit) != 0)
            {
                registers[InterruptStatus] = 0;
            }

            return value;
        }

        /// <summary>A register that takes no value but the one it has; −1 for none.</summary>
        public int RefusedRegister { get; set; } = -1;

        /// <summary>Writes a register.</summary>
        public void Write(int register, byte value)
        {
            CatchUp();
            bool isDeaf = register == Power1 ? clock.NowMicros < deafUntilMicros : engine.Clock.IsAsleep && variant.IgnoresSettingsAsleep;
            if (IsResetting || isDeaf || register == RefusedRegister)
            {
                return;
            }

            int mask = register == AccelConfig2 && !family.IsClone && !variant.HasRegister1D ? 0 : table.Writable[register];
            byte before = registers[register];
            registers[register] = (byte)((before & ~mask) | (value & mask));
            Act(register, before, value);
        }

        private byte Value(int at)
        {
            byte value = registers[at];
            switch (table.OnRead[at])
            {
                case ReadEffect.Clears:
                    registers[at] = 0;
                    return value;
                case ReadEffect.LatchesCount:
                    latchedCount = Fifo.CountAt(NowNanos);
                    return (byte)(latchedCount >> 8);
                case ReadEffect.LatchedCount:
                    return (byte)(latchedCount & 0xFF);
                case ReadEffect.Pops:
                    return engine.Pop(NowNanos);
                case ReadEffect.Memory:
                    return memory.Read();
                default:
                    return at == Power1 && IsResetting ? (byte)(value | ChipClock.ResetBit) : value;
            }
        }

        private void Act(int register, byte before, byte value)
        {
            switch (table.OnWrite[register])
            {
                case WriteEffect.ControlsPower:
                    ControlPower(before, value);
                    break;
                case WriteEffect.ControlsFifo:
                    ControlFifo(value);
                    break;
                case WriteEffect.RestartsClock:
                    engine.Clock.Restart(NowNanos);
                    break;
                case WriteEffect.HoldsReference:
                    engine.Motion.Hold(Signal.Output);
                    break;
                case WriteEffect.SizesFifo:
                    Fifo.Capacity = family.FifoBytes(registers[register]);
                    break;
                case WriteEffect.ResetsSignalPath:
                    Signal.Clear();
                    break;
                case WriteEffect.Memory:
                    memory.Write(value);
                    break;
                case WriteEffect.Pushes when engine.IsFifoOn:
                    Fifo.Push(value, engine.Source.Tick);
                    break;
                default:
                    break;
            }

            engine.Clock.Forget();
            Signal.Push(registers[AccelConfig], registers[GyroConfig], NowNanos);
        }

        private void ControlPower(byte before, byte value)
        {
            if ((value & ChipClock.ResetBit) != 0)
            {
                PowerUp(false);
                resetDoneMicros = clock.NowMicros + variant.ResetMs * 1000L;
                deafUntilMicros = resetDoneMicros + variant.WakeIgnoredMs * 1000L;
                engine.Restart(resetDoneMicros * 1000, false);
                return;
            }

            if (before != registers[Power1])
            {
                engine.Clock.Restart(NowNanos);
            }

            if ((before & ~value & (ChipClock.SleepBit | ChipClock.CycleBit)) != 0)
            {
                Signal.StartGyro(NowNanos);
            }
        }

        private void ControlFifo(byte value)
        {
            if ((value & FifoResetBit) != 0 && (!variant.FifoResetNeedsFifoOff || !engine.IsFifoOn))
            {
                engine.EmptyFifo();
            }

            if ((value & SignalResetBit) != 0)
            {
                Signal.Clear();
            }

            // Reset bits fall back by themselves (§4.27).
            registers[UserControl] &= unchecked((byte)~UserResetBits);
        }

        // Every register has its reset value; the chip sleeps where that value says so (§3).
        private void PowerUp(bool isBrownOut)
        {
            Array.Copy(table.Reset, registers, registers.Length);
            resetDoneMicros = 0;
            deafUntilMicros = 0;
            engine.Restart(NowNanos, isBrownOut);
            Fifo.Capacity = family.FifoBytes(0);
            if (variant.HasSelfTestCodes)
            {
                family.NoteCodes(registers);
            }

            if (!variant.KeepsFifoOverReset)
            {
                engine.EmptyFifo();
            }
        }

        private void CatchUp()
        {
            if (!IsResetting)
            {
                engine.CatchUp(NowNanos);
            }
        }
    }
}
