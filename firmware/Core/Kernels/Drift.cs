namespace HarEdge.Core.Kernels
{
    /// <summary>
    /// How far a channel's level moves within the window: small for every steady activity, large for a change of posture, so
    /// it tells known windows from transitions.
    /// </summary>
    public static class Drift
    {
        /// <summary>Largest minus smallest of the four sums over quarters of the window; 0 to 64 · 2^16 = 2^22.</summary>
        public static int QuarterRange(SampleWindow window, int channel, int parameter)
        {
            short[] data = window.Channel(channel);
            int quarter = data.Length >> 2;
            int smallest = QuarterSum(data, 0, quarter);
            int largest = smallest;
            for (int start = quarter; start < data.Length; start += quarter)
            {
                int sum = QuarterSum(data, start, quarter);
                if (sum < smallest)
                {
                    smallest = sum;
                }

                if (sum > largest)
                {
                    largest = sum;
                }
            }

            return largest - smallest;
        }

        private static int QuarterSum(short[] data, int start, int count)
        {
            int end = start + count;
            int sum = 0;
            for (int i = start; i < end; i += 4)
            {
                sum += data[i] + data[i + 1] + data[i + 2] + data[i + 3];
            }

            return sum;
        }
    }
}
