using HarEdge.Trainer.Datasets;

namespace HarEdge.Cli.Output;

/// <summary>How titles name data: synthetic data is always called so.</summary>
internal static class DataNames
{
    /// <summary>The names, joined.</summary>
    public static string Of(IEnumerable<DataSet> sets) =>
        string.Join(" + ", sets.Select(set => set.IsSynthetic ? set.Name + " (SYNTHETIC data)" : set.Name));
}
