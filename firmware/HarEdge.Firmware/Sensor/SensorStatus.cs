namespace HarEdge.Firmware
{
    /// <summary>
    /// What became of talking to the sensor. Everything but <see cref="Ok"/> ends the current stretch of samples. The numbers go out
    /// in telemetry: never renumber, only append.
    /// </summary>
    internal enum SensorStatus
    {
        /// <summary>As it should be.</summary>
        Ok = 0,

        /// <summary>Nobody answered at the address: wire off, no power, wrong address.</summary>
        NotAcknowledged = 1,

        /// <summary>Fewer bytes than asked for.</summary>
        ShortTransfer = 2,

        /// <summary>The bus stayed busy for its whole timeout: a line is held low.</summary>
        BusTimeout = 3,

        /// <summary>The I2C driver refused or failed in another way.</summary>
        BusError = 4,

        /// <summary>WHO_AM_I names a chip this driver does not know.</summary>
        WrongIdentity = 5,

        /// <summary>The reset bit did not clear in time.</summary>
        ResetTimeout = 6,

        /// <summary>A register differs from what was written, at once or later.</summary>
        RegisterMismatch = 7,

        /// <summary>The FIFO overflowed, or was so full that it may have.</summary>
        FifoOverflow = 8,

        /// <summary>The FIFO count is not a whole number of samples, or too large after a burst: bytes are lost or the wrong ones were read.</summary>
        FifoMisaligned = 9,

        /// <summary>The sensor's settings are those of power-up, in which it sleeps: it lost power and started anew.</summary>
        SensorReset = 10,

        /// <summary>No sample came for much longer than the sample period.</summary>
        NoSamples = 11,

        /// <summary>The burst ends in a sample of all ones: the sensor let go of the bus in the middle.</summary>
        BusReleased = 12,

        /// <summary>A channel did not move during a whole burst: no living wearer, and no sensor at rest, is that still.</summary>
        FrozenChannel = 13,

        /// <summary>Samples come more than 3 % faster or slower than they should.</summary>
        RateOff = 14,

        /// <summary>An exception nobody expected.</summary>
        Unexpected = 15,
    }

    /// <summary>What went wrong since boot, by kind: nothing that happened is forgotten before it was in a health line.</summary>
    internal sealed class FaultCounters
    {
        /// <summary>Kinds of <see cref="SensorStatus"/>.</summary>
        public const int Kinds = (int)SensorStatus.Unexpected + 1;

        private readonly int[] counts = new int[Kinds];

        /// <summary>Stretches of samples that ended in a fault.</summary>
        public int Gaps { get; private set; }

        /// <summary>Attempts to bring the sensor up, successful or not.</summary>
        public int BringUps { get; private set; }

        /// <summary>How often a fault was met, also while the sensor was already known to be gone.</summary>
        public int Of(SensorStatus status)
        {
            return counts[(int)status];
        }

        public void CountFault(SensorStatus status)
        {
            counts[(int)status]++;
        }

        public void CountGap()
        {
            Gaps++;
        }

        public void CountBringUp()
        {
            BringUps++;
        }
    }
}
