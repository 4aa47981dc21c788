namespace HarEdge.DeviceTwin
{
    /// <summary>What a cheap sensor and a long wire can do.</summary>
    public enum DeviceFault
    {
        /// <summary>A third of all transfers is not acknowledged.</summary>
        Nack,

        /// <summary>A tenth of all reads ends early.</summary>
        ShortTransfer,

        /// <summary>In a third of all transfers one bit arrives wrong, in either direction.</summary>
        FlippedBit,

        /// <summary>The data line is held low by a chip in the middle of a byte; it lets go when clocked.</summary>
        HungBus,

        /// <summary>The data line is shorted to ground.</summary>
        ShortedBus,

        /// <summary>The sensor loses power for a moment.</summary>
        BrownOut,

        /// <summary>The board wakes up a second late, and the FIFO overflows.</summary>
        LateWake,

        /// <summary>The sensor's clock is 5 % fast.</summary>
        FastClock,

        /// <summary>The sensor's clock is 5 % slow.</summary>
        SlowClock,

        /// <summary>One axis does not move any more.</summary>
        FrozenAxis,

        /// <summary>The wires are off.</summary>
        Detached,
    }
}
