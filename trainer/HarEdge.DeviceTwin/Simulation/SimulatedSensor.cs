namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>A chip on the sensor's wires, as bus, board and wearer meet it. It samples an <see cref="IMotionSource"/> on the simulated clock, and catches up whenever someone looks.</summary>
    internal abstract class SimulatedSensor
    {
        protected SimulatedSensor(SimulatedClock clock, ChipVariant variant)
        {
            Clock = clock;
            Variant = variant ?? ChipVariant.Usual;
        }

        /// <summary>Address that it acknowledges.</summary>
        public abstract int BusAddress { get; }

        /// <summary>What its measurement registers say.</summary>
        public abstract SignalPath Signal { get; }

        public abstract SimulatedFifo Fifo { get; }

        /// <summary>How much too fast the chip's clock runs, parts per million.</summary>
        public abstract int ClockErrorPpm { get; set; }

        /// <summary>Level of the INT pin.</summary>
        public abstract bool IsInterruptHigh { get; }

        /// <summary>True when the source has no more samples, and all it had were read out of the FIFO.</summary>
        public abstract bool SourceEnded { get; }

        /// <summary>False while the chip starts: it does not acknowledge its address.</summary>
        public virtual bool IsAnswering
        {
            get { return Clock.NowMicros >= AnswersAgainMicros; }
        }

        /// <summary>A register that takes no value but the one it has; −1 for none.</summary>
        public int RefusedRegister { get; set; } = -1;

        protected SimulatedClock Clock { get; }

        protected ChipVariant Variant { get; }

        protected long AnswersAgainMicros { get; set; }

        protected long NowNanos
        {
            get { return Clock.NowMicros * 1000; }
        }

        /// <summary>The chip that answers WHO_AM_I so; one unknown has the MPU6050's registers.</summary>
        public static SimulatedSensor Of(SimulatedClock clock, int identity, ChipVariant variant)
        {
            return identity == SimulatedLsm6.Identity ? new SimulatedLsm6(clock, variant) : (SimulatedSensor)new SimulatedMpu6050(clock, identity, variant);
        }

        /// <summary>Index within the source of a sample that the device read, counted since the FIFO's last reset.</summary>
        public abstract long SourceIndexOf(long sampleSinceReset);

        /// <summary>From now on it feels this; the source begins with the first sample that someone can keep, see <see cref="ChipSource"/>.</summary>
        public abstract void Feel(IMotionSource motion);

        /// <summary>The supply dips: a chip reset in the middle of whatever it did.</summary>
        public abstract void BrownOut();

        /// <summary>A read begins: the measurement registers are frozen for it.</summary>
        public abstract void BeginRead();

        /// <summary>Where a burst goes on after a register.</summary>
        public abstract int Next(int register);

        /// <summary>Gives the byte of a register and moves on to the next, where a burst does.</summary>
        public abstract byte Read(ref int register);

        /// <summary>Writes a register.</summary>
        public abstract void Write(int register, byte value);
    }
}
