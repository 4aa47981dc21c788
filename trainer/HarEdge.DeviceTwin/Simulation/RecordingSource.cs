using System;

namespace HarEdge.DeviceTwin.Simulation
{
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
