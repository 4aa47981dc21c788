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

    /// <summary>Plays samples [start, end) of a recording, once.</summary>
    public sealed class RecordingSource : IMotionSource
    {
        private readonly short[][] channels;
        private readonly int start;
        private readonly int end;

        /// <param name="channels">Six channels ax ay az gx gy gz, counts.</param>
        /// <param name="start">First sample.</param>
        /// <param name="end">One past the last sample.</param>
        public RecordingSource(short[][] channels, int start, int end)
        {
            this.channels = channels;
            this.start = start;
            this.end = end;
        }

        /// <inheritdoc/>
        public bool TryRead(long index, Span<short> counts)
        {
            if (index >= end - start)
            {
                return false;
            }

            for (int channel = 0; channel < channels.Length; channel++)
            {
                counts[channel] = channels[channel][start + (int)index];
            }

            return true;
        }
    }
}
