namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>How a budget of nodes is spent: many small trees, or few large ones with longer steps.</summary>
/// <param name="Leaves">Most leaves of a tree.</param>
/// <param name="LearningRate">Share of each tree's own estimate that is added; a forest averages and has none.</param>
/// <param name="IsForest">
/// Trees do not build upon each other: each learns the same residual of the classes' shares, on its own draw of windows and columns,
/// and their mean counts.
/// </param>
internal sealed record EnsembleShape(int Leaves, double LearningRate, bool IsForest = false)
{
    /// <summary>Nodes of a full tree: its leaves and one split fewer.</summary>
    internal int NodesOfTree => (2 * Leaves) - 1;
}
