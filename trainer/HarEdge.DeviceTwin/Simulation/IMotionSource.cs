using System;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>What the sensor feels: one sample of six counts for each tick of its sample clock.</summary>
    public interface IMotionSource
    {
        /// <summary>Gives a sample; false when there are no more.</summary>
        /// <param name="index">Ticks since samples first went into the FIFO, from 0, ascending.</param>
        /// <param name="counts">Receives ax ay az gx gy gz in counts of the ranges the source was made for.</param>
        bool TryRead(long index, Span<short> counts);
    }
}
