namespace HarEdge.Core.Kernels
{
    /// <summary>Features of the first difference of a channel, the jerk of an acceleration. A difference is below 2^16.</summary>
    public static class Jerk
    {
        /// <summary>Sum of absolute differences of neighbors, in counts; at most 255 · 2^16 &lt; 2^24.</summary>
        public static int AbsoluteSum(SampleWindow window, int channel, int parameter)
        {
            short[] data = window.Channel(channel);
            int count = data.Length;

            // |d| = 2 · max(d, 0) − d, and the plain differences add up to last − first: only rises need adding.
            // Two samples a turn take turns at being the previous one; the first is compared with itself.
            int second = data[0];
            int rises = 0;
            for (int i = 0; i < count; i += 2)
            {
                int first = data[i];
                if (first > second)
                {
                    rises += first - second;
                }

                second = data[i + 1];
                if (second > first)
                {
                    rises += second - first;
                }
            }

            return 2 * rises - (second - data[0]);
        }

        /// <summary>Largest absolute difference of neighbors, in counts; below 2^16.</summary>
        public static int Maximum(SampleWindow window, int channel, int parameter)
        {
            short[] data = window.Channel(channel);
            int count = data.Length;
            int second = data[0];
            int rise = 0;
            int fall = 0;
            for (int i = 0; i < count; i += 2)
            {
                int first = data[i];
                int difference = first - second;
                if (difference > rise)
                {
                    rise = difference;
                }
                else if (difference < fall)
                {
                    fall = difference;
                }

                second = data[i + 1];
                difference = second - first;
                if (difference > rise)
                {
                    rise = difference;
                }
                else if (difference < fall)
                {
                    fall = difference;
                }
            }

            return rise > -fall ? rise : -fall;
        }
    }
}
