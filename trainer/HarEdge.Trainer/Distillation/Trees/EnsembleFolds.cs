using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>Ensembles of the same columns and shape, each fitted without one fold of people: good for comparing, not for reporting.</summary>
internal static class EnsembleFolds
{
    // Of fewer, a forest's tree would see none.
    private const int LeastLearned = 2;

    /// <summary>For each fold with something to learn from, the rows to judge and the ensemble that never saw their people, fitted when it is asked for.</summary>
    /// <param name="table">Windows.</param>
    /// <param name="columns">Columns of the table, as chosen on everyone.</param>
    /// <param name="targets">What each window should be.</param>
    /// <param name="shape">Size and step of the trees.</param>
    /// <param name="mostNodes">Nodes allowed.</param>
    /// <param name="folds">Folds of people.</param>
    /// <param name="seed">Seed of every random choice.</param>
    internal static IEnumerable<(IReadOnlyList<int> Judged, BoostedEnsemble Ensemble)> Fit(
        WindowTable table, IReadOnlyList<int> columns, SoftTargets targets, EnsembleShape shape, int mostNodes, CrossFitFolds folds, int seed)
    {
        for (var fold = 0; fold < folds.Count; fold++)
        {
            // Of a short recording of one person the guard gap may leave nothing to learn from: such a fold judges nothing.
            var (judged, learned) = folds.Rows(table, fold);
            if (learned.Count < LeastLearned)
            {
                continue;
            }

            yield return (judged, BoostedEnsemble.Fit(new ColumnSubset(table, columns, learned), targets.Select(learned), shape, mostNodes, null, seed));
        }
    }
}
