namespace HarEdge.Core
{
    /// <summary>The one place that says how ties are broken.</summary>
    public static class ArgMax
    {
        /// <summary>Index of the largest value; the lowest index on ties.</summary>
        public static int Of(int[] values)
        {
            int best = 0;
            int largest = values[0];
            for (int i = 1; i < values.Length; i++)
            {
                int value = values[i];
                if (value > largest)
                {
                    largest = value;
                    best = i;
                }
            }

            return best;
        }

        /// <summary>Largest value minus the largest of the others; 0 on ties, and for a single value.</summary>
        public static int Margin(int[] values, int best)
        {
            int margin = int.MaxValue;
            int largest = values[best];
            for (int i = 0; i < values.Length; i++)
            {
                int distance = largest - values[i];
                if (distance < margin && i != best)
                {
                    margin = distance;
                }
            }

            return values.Length > 1 ? margin : 0;
        }
    }
}
