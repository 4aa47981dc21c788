namespace HarEdge.Firmware
{
    /// <summary>What became of talking to the sensor. Everything but <see cref="Ok"/> ends the current stretch of samples.</summary>
    internal enum SensorStatus
    {
        /// <summary>As it should be.</summary>
        Ok = 0,

        /// <summary>Nobody answered at the address: wire off, no power, wrong address.</summary>
        NotAcknowledged,

        /// <summary>Fewer bytes than asked for.</summary>
        ShortTransfer,

        /// <summary>The bus stayed busy for its whole timeout: a line is held low.</summary>
        BusTimeout,

        /// <summary>The I2C driver refused or failed in another way.</summary>
        BusError,

        /// <summary>WHO_AM_I names a chip this driver does not know.</summary>
        WrongIdentity,

        /// <summary>The reset bit did not clear in time.</summary>
        ResetTimeout,

        /// <summary>A register read back differs from what was written.</summary>
        RegisterMismatch,

        /// <summary>The FIFO overflowed, or was so full that it may have.</summary>
        FifoOverflow,

        /// <summary>The FIFO count is not a whole number of samples, even when asked again.</summary>
        FifoMisaligned,

        /// <summary>The sensor sleeps although it was woken: it lost power and started anew.</summary>
        SensorReset,

        /// <summary>No sample came for much longer than the sample period.</summary>
        NoSamples,

        /// <summary>The burst holds a sample of all ones: the sensor let go of the bus in the middle.</summary>
        BusReleased,

        /// <summary>A channel did not move for longer than any living wearer can hold it.</summary>
        FrozenChannel,

        /// <summary>Samples come more than 3 % faster or slower than they should.</summary>
        RateOff,
    }
}
