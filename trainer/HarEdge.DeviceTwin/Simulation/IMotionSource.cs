using System;

namespace HarEdge.DeviceTwin.Simulation
{
    /// <summary>What the sensor feels: one sample of six counts for each tick of its sample clock.</summary>
    public interface IMotionSource
    {
        /// <summary>Gives a sample; false when there are no more.</summary>
        /// <param name="index">Samples since the first that a device could keep, from 0, ascending; 0 again and again until then.</param>
        /// <param name="counts">Receives ax ay az gx gy gz in counts of the ranges the source was made for.</param>
        bool TryRead(long index, Span<short> counts);
    }
}
