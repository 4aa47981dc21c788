namespace HarEdge.Core
{
    /// <summary>
    /// Batcher's odd-even merge sort (Batcher 1968; Knuth, TAOCP vol. 3, 5.2.2, algorithm M): the comparisons do not depend
    /// on the data, so the cost of a sort is the same for every window.
    /// </summary>
    public static class SortingNetwork
    {
        /// <summary>Sorts ascending in place.</summary>
        /// <param name="data">Length a power of two.</param>
        public static void Sort(short[] data)
        {
            int n = data.Length;
            for (int p = n >> 1; p > 0; p >>= 1)
            {
                int q = n >> 1;
                int r = 0;
                int d = p;
                while (true)
                {
                    for (int i = 0; i < n - d; i++)
                    {
                        if ((i & p) == r)
                        {
                            short low = data[i];
                            short high = data[i + d];
                            if (low > high)
                            {
                                data[i] = high;
                                data[i + d] = low;
                            }
                        }
                    }

                    if (q == p)
                    {
                        break;
                    }

                    d = q - p;
                    q >>= 1;
                    r = p;
                }
            }
        }
    }
}
