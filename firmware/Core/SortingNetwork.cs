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
                    // Indices i with (i & p) == r come in blocks of p; n − d is a multiple of p, so no block is cut.
                    int end = n - d;
                    for (int block = r; block < end; block += p)
                    {
                        int blockEnd = block + p;
                        while (block < blockEnd)
                        {
                            short low = data[block];
                            short high = data[block + d];
                            if (low > high)
                            {
                                data[block] = high;
                                data[block + d] = low;
                            }

                            block++;
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
