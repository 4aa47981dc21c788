namespace HarEdge.Core.Kernels
{
    /// <summary>Quantiles of a coarse channel: four-sample means keep the shape of the distribution and sort at an eighth of the cost.</summary>
    public static class OrderStatistics
    {
        /// <summary>The sample of rank floor((n − 1) · percent / 100), in counts.</summary>
        /// <param name="window">A complete window.</param>
        /// <param name="coarseChannel">A coarse channel.</param>
        /// <param name="percent">0 to 100.</param>
        public static int Quantile(SampleWindow window, int coarseChannel, int percent)
        {
            short[] sorted = window.Sorted(coarseChannel);
            return sorted[(sorted.Length - 1) * percent / 100];
        }

        /// <summary>Quantile 100 − percent minus quantile percent, in counts; 0 to 2^16.</summary>
        /// <param name="window">A complete window.</param>
        /// <param name="coarseChannel">A coarse channel.</param>
        /// <param name="percent">0 to 50; 25 gives the interquartile range.</param>
        public static int Range(SampleWindow window, int coarseChannel, int percent)
        {
            return Quantile(window, coarseChannel, 100 - percent) - Quantile(window, coarseChannel, percent);
        }
    }
}
