using System;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>
    /// An LSM6DS3TR-C, made from its register table: what the bus and the board see of it. Sections are those of DocID030071 r3, or of AN5130 r1. The sensor hub and embedded functions are not there;
    /// of the FIFO's two addresses each gives the next byte, for the documents do not say what reading begins with at the second.
    /// </summary>
    internal sealed class SimulatedLsm6 : SimulatedSensor
    {
        public const int Identity = 0x6A;

        private readonly RegisterTable table = RegisterTable.Of(Identity);
        private readonly byte[] registers = new byte[256];
        private readonly byte[] status = new byte[4];
        private readonly LsmSampling engine;
        private long resetDoneMicros;

        public SimulatedLsm6(SimulatedClock clock, ChipVariant variant = null)
            : base(clock, variant)
        {
            engine = new LsmSampling(Variant, registers);
            PowerUp(false);
        }

        /// <summary>Whether a write has switched I2C off: until its power goes it does not acknowledge any more (§9.16, I2C_disable).</summary>
        public bool IsLocked
        {
            get { return (registers[LsmRegister.Control4] & 0x04) != 0; }
        }

        public override bool IsAnswering
        {
            get { return base.IsAnswering && !IsLocked; }
        }

        public override int BusAddress
        {
            get { return 0x6A; }
        }

        public override SignalPath Signal
        {
            get { return engine.Signal; }
        }

        public override SimulatedFifo Fifo
        {
            get { return engine.Fifo; }
        }

        public override int ClockErrorPpm
        {
            get
            {
                return engine.ErrorPpm;
            }

            set
            {
                CatchUp();
                engine.ErrorPpm = value;
            }
        }

        public override bool IsInterruptHigh
        {
            get
            {
                CatchUp();
                bool isReady = (registers[LsmRegister.Interrupt1] & registers[LsmRegister.Status] & 1) != 0;
                bool isMoved = (registers[LsmRegister.Functions1] & 0x20) != 0 && (registers[LsmRegister.WakeUpSource] & 0x08) != 0;
                return (isReady || isMoved) != ((registers[LsmRegister.Control3] & 0x20) != 0);
            }
        }

        public override bool SourceEnded
        {
            get { return engine.Source.IsOverWith(Fifo.PoppedTick); }
        }

        /// <summary>The set read out first since the FIFO was last emptied: each later one follows it.</summary>
        public long FirstTick
        {
            get { return Fifo.PoppedTick - Fifo.PoppedSamples + 1; }
        }

        // Where the set lies that the device's sample follows, its first one leaving out a set.
        public override long SourceIndexOf(long sampleSinceReset)
        {
            return ((FirstTick + 1) * 50 + sampleSinceReset * LsmSampling.SourceRateHz) / LsmSampling.SourceRateHz;
        }

        public override void Feel(IMotionSource motion)
        {
            CatchUp();
            engine.Source.Begin(new RateSource(motion, LsmSampling.SourceRateHz));
            Fifo.MarkStale();
        }

        public override void BrownOut()
        {
            CatchUp();
            PowerUp(true);
            AnswersAgainMicros = Clock.NowMicros + Variant.PowerUpMs * 1000L;
        }

        // Status and measurements belong together: BDU (§9.15).
        public override void BeginRead()
        {
            CatchUp();
            int words = Fifo.CountAt(NowNanos) / 2;
            status[0] = (byte)(words & 0xFF);
            status[1] = (byte)(((words >> 8) & 0x07) | (words == 0 ? 0x10 : 0) | (engine.HasOverrun ? 0x40 : 0));
            status[2] = (byte)engine.Pattern;
            for (int i = 0; i < 3; i++)
            {
                SetShort(LsmRegister.GyroOut + 2 * i, Signal.Output[3 + i]);
                SetShort(LsmRegister.AccelOut + 2 * i, Signal.Output[i]);
            }
        }

        // IF_INC, which rounds at the FIFO's output by itself (AN5130 §4.7.1).
        public override int Next(int register)
        {
            return register == LsmRegister.FifoOut + 1 ? LsmRegister.FifoOut
                : (registers[LsmRegister.Control3] & 0x04) != 0 || register == LsmRegister.FifoOut ? (register + 1) & 0xFF : register;
        }

        public override byte Read(ref int register)
        {
            CatchUp();
            int at = register;
            register = Next(at);
            if ((registers[LsmRegister.Banks] & 0xA0) != 0 && at != LsmRegister.Banks)
            {
                return 0;
            }

            byte value = registers[at];
            switch (table.OnRead[at])
            {
                case ReadEffect.Clears:
                    registers[at] = 0;
                    return value;
                case ReadEffect.Status:
                    return status[at - LsmRegister.FifoStatus];
                case ReadEffect.Pops:
                    return engine.Pop(NowNanos);
                case ReadEffect.Measurement when at == LsmRegister.AccelOut + 5:
                    registers[LsmRegister.Status] &= 0xFE;
                    return value;
                default:
                    return at == LsmRegister.Control3 && Clock.NowMicros < resetDoneMicros ? (byte)(value | 1) : value;
            }
        }

        public override void Write(int register, byte value)
        {
            CatchUp();
            bool isHidden = (registers[LsmRegister.Banks] & 0xA0) != 0 && register != LsmRegister.Banks;
            if (Clock.NowMicros < resetDoneMicros || register == RefusedRegister || isHidden)
            {
                return;
            }

            int mask = table.Writable[register];
            int previously = registers[register];
            registers[register] = (byte)((previously & ~mask) | (value & mask));
            switch (table.OnWrite[register])
            {
                case WriteEffect.ControlsPower when register == LsmRegister.Control3 && (value & 0x01) != 0:
                    PowerUp(false);
                    resetDoneMicros = Clock.NowMicros + Variant.ResetMs * 1000L;
                    break;
                case WriteEffect.ControlsFifo when (value & 7) == 0:
                    engine.EmptyFifo();
                    break;
                case WriteEffect.RestartsClock:
                    engine.Restart(NowNanos);
                    if (register == LsmRegister.Control2 && previously >> 4 == 0)
                    {
                        Signal.StartGyro(NowNanos);
                    }

                    break;
                case WriteEffect.Pushes:
                    Signal.Push((value & 3) == 1 ? 0xE0 : 0, (value & 0x0C) == 4 ? 0xE0 : 0, NowNanos);
                    break;
                default:
                    break;
            }
        }

        private void CatchUp()
        {
            if (Clock.NowMicros >= resetDoneMicros)
            {
                engine.CatchUp(NowNanos);
            }
        }

        private void PowerUp(bool isBrownOut)
        {
            Array.Copy(table.Reset, registers, registers.Length);
            resetDoneMicros = 0;
            engine.Reset(isBrownOut);
        }

        private void SetShort(int register, int value)
        {
            registers[register] = (byte)(value & 0xFF);
            registers[register + 1] = (byte)((value >> 8) & 0xFF);
        }
    }
}
