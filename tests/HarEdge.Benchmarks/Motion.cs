using HarEdge.Trainer.Datasets;

namespace HarEdge.Benchmarks;

/// <summary>The motion every benchmark runs on: the synthetic wearer, seed 1.</summary>
internal static class Motion
{
    /// <summary>Recordings of two synthetic people.</summary>
    public static IReadOnlyList<Recording> Synthetic() =>
        SyntheticWearer.Create(new SyntheticOptions { Seed = 1, Subjects = 2 }).Recordings;
}
