using System;
using static HarEdge.DeviceTwin.Simulation.ChipRegister;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// An MPU6050, one of the chips sold as one (0x70 to 0x73, 0x98), or an MPU6886 (0x19), made from <see cref="RegisterTable"/>. Sections are those of RM-MPU-6000A-00 r4.2.
    /// </summary>
    internal sealed class SimulatedMpu6050 : SimulatedSensor
    {
        private const int FifoResetBit = 0x04;
        private const int SignalResetBit = 0x01;
        private const int UserResetBits = 0x0F;
        private const int AnyReadClearsBit = 0x10;

        private readonly ChipFamily family;
        private readonly RegisterTable table;
        private readonly SamplingEngine engine;
        private readonly byte[] registers = new byte[256];
        private readonly ProcessorMemory memory;
        private long resetDoneMicros;
        private long deafUntilMicros;
        private int latchedCount;

        public SimulatedMpu6050(SimulatedClock clock, int identity, ChipVariant variant = null)
            : base(clock, variant)
        {
            family = new ChipFamily(identity);
            table = RegisterTable.Of(identity);
            engine = new SamplingEngine(family, Variant, registers);
            memory = new ProcessorMemory(registers);
            PowerUp(false);
            engine.EmptyFifo();
        }

        public override int BusAddress
        {
            get { return 0x68; }
        }

        public override int ClockErrorPpm
        {
            get { return engine.Clock.ErrorPpm; }

            set
            {
                CatchUp();
                engine.Clock.ErrorPpm = value;
            }
        }

        public override SignalPath Signal
        {
            get { return engine.Signal; }
        }

        public override bool IsInterruptHigh
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

        public override bool SourceEnded
        {
            get { return engine.Source.IsOverWith(Fifo.PoppedTick); }
        }

        public override SimulatedFifo Fifo
        {
            get { return engine.Fifo; }
        }

        private bool IsResetting
        {
            get { return Clock.NowMicros < resetDoneMicros; }
        }

        public override long SourceIndexOf(long sampleSinceReset)
        {
            return Fifo.TickOf(sampleSinceReset);
        }

        public override void Feel(IMotionSource motion)
        {
            CatchUp();
            engine.Source.Begin(motion);
            Fifo.MarkStale();
        }

        public override void BrownOut()
        {
            CatchUp();
            PowerUp(true);
            engine.EmptyFifo();
            AnswersAgainMicros = Clock.NowMicros + Variant.PowerUpMs * 1000L;
        }

        // The measurement registers are frozen for a read: §4.17.
        public override void BeginRead()
        {
            CatchUp();
            engine.ShowMeasurement();
        }

        public override int Next(int register)
        {
            return table.Stays[register] ? register : (register + 1) & 0xFF;
        }

        public override byte Read(ref int register)
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

        public override void Write(int register, byte value)
        {
            CatchUp();
            bool isDeaf = register == Power1 ? Clock.NowMicros < deafUntilMicros : engine.Clock.IsAsleep && Variant.IgnoresSettingsAsleep;
            if (IsResetting || isDeaf || register == RefusedRegister)
            {
                return;
            }

            int mask = register == AccelConfig2 && !family.IsClone && !Variant.HasRegister1D ? 0 : table.Writable[register];
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
                resetDoneMicros = Clock.NowMicros + Variant.ResetMs * 1000L;
                deafUntilMicros = resetDoneMicros + Variant.WakeIgnoredMs * 1000L;
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
            if ((value & FifoResetBit) != 0 && (!Variant.FifoResetNeedsFifoOff || !engine.IsFifoOn))
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
            if (Variant.HasSelfTestCodes)
            {
                family.NoteCodes(registers);
            }

            if (!Variant.KeepsFifoOverReset)
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
