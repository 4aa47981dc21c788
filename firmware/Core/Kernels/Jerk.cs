namespace HarEdge.Core.Kernels
{
    /// <summary>Features of the first difference of a channel, the jerk of an acceleration. A difference is below 2^16.</summary>
    public static class Jerk
    {
        /// <summary>Sum of absolute differences of neighbors, in counts; at most 255 · 2^16 &lt; 2^24.</summary>
        public static int AbsoluteSum(SampleWindow window, int channel, int parameter)
        {
            short[] data = window.Channel(channel);
            int previous = data[0];
            int sum = 0;
            for (int i = 1; i < data.Length; i++)
            {
                int current = data[i];
                int difference = current - previous;
                sum += difference < 0 ? -difference : difference;
                previous = current;
            }

            return sum;
        }

        /// <summary>Largest absolute difference of neighbors, in counts; below 2^16.</summary>
        public static int Maximum(SampleWindow window, int channel, int parameter)
        {
            short[] data = window.Channel(channel);
            int previous = data[0];
            int maximum = 0;
            for (int i = 1; i < data.Length; i++)
            {
                int current = data[i];
                int difference = current - previous;
                if (difference < 0)
                {
                    difference = -difference;
                }

                if (difference > maximum)
                {
                    maximum = difference;
                }

                previous = current;
            }

            return maximum;
        }
    }
}
