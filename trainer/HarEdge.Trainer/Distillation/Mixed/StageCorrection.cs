using HarEdge.Trainer.Distillation.Linear;
using HarEdge.Trainer.Distillation.Trees;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;

namespace HarEdge.Trainer.Distillation.Mixed;

/// <summary>
/// Adds trees to a linear stage. They look at nothing but features that the device computes for these windows anyway, so that they cost
/// the splits on the way to their leaves and no more.
/// </summary>
internal static class StageCorrection
{
    private const int Folds = 3;

    private static readonly EnsembleShape Shape = new(4, 0.5);

    // Trees are surer of themselves than they are right on other people, so that they mostly count for less than they say.
    private static readonly double[] Shares = [0, 0.125, 0.25, 0.5, 1, 2];

    /// <summary>The model with trees in one stage, or as it is when none fit or they do not help on people left out.</summary>
    /// <param name="model">A model before unknown rule and filter.</param>
    /// <param name="index">Its linear stage.</param>
    /// <param name="lessons">The stage's own.</param>
    /// <param name="featureNames">Name of each column.</param>
    /// <param name="settings">How the stage was fitted.</param>
    /// <param name="seed">Seed of folds and trees.</param>
    public static FixedPointModel Add(
        FixedPointModel model, int index, SideLessons lessons, IReadOnlyList<string> featureNames, LinearSettings settings, int seed)
    {
        var folds = new CrossFitFolds(lessons.Table, Folds, seed);
        if (lessons.MostNodes < Shape.NodesOfTree * lessons.ClassCount || !EveryClassIsLearned(folds, lessons))
        {
            return model;
        }

        var linear = LinearOutOfFold.Scores((LinearStage)model.Stages[index], model.Features, lessons, featureNames, folds, settings);
        var share = ShareOf(linear, TreesOutOfFold(lessons, folds, seed), lessons.Table.Labels);
        return share == 0 ? model : WithTrees(model, index, Fit(lessons, seed), share, featureNames);
    }

    // Without a class that only one person shows, nothing can be compared.
    private static bool EveryClassIsLearned(CrossFitFolds folds, SideLessons lessons) => Enumerable.Range(0, folds.Count).All(fold =>
        folds.Rows(lessons.Table, fold).Learned.Select(row => lessons.Table.Labels[row]).Distinct().Count() == lessons.ClassCount);

    private static BoostedEnsemble Fit(SideLessons lessons, int seed) =>
        BoostedEnsemble.Fit(new ColumnSubset(lessons.Table, lessons.Columns), lessons.Targets, Shape, lessons.MostNodes, null, seed);

    // Their start, the classes' shares, is what a linear stage knows already.
    private static double[][] TreesOutOfFold(SideLessons lessons, CrossFitFolds folds, int seed)
    {
        var scores = new double[lessons.Table.Rows][];
        foreach (var (judged, trees) in EnsembleFolds.Fit(lessons.Table, lessons.Columns, lessons.Targets, Shape, lessons.MostNodes, folds, seed))
        {
            foreach (var row in judged)
            {
                scores[row] = [.. trees.Score(lessons.Table.Row(row)).Zip(trees.Start, (score, start) => score - start)];
            }
        }

        return scores;
    }

    // The fewest errors; of equals the smallest share.
    private static double ShareOf(double[][] linear, double[][] trees, int[] labels)
    {
        int Errors(double share) => Enumerable.Range(0, labels.Length).Count(row =>
            ClassScores.ArgMax([.. linear[row].Zip(trees[row], (score, added) => score + (share * added))]) != labels[row]);
        return Shares.MinBy(Errors);
    }

    private static FixedPointModel WithTrees(
        FixedPointModel model, int index, BoostedEnsemble ensemble, double share, IReadOnlyList<string> featureNames)
    {
        string[] features = [.. model.Features];
        var slotOf = ensemble.UsedColumns.ToDictionary(column => column, column => Array.IndexOf(features, featureNames[column]));
        var stages = model.Stages.ToArray();
        stages[index] = (LinearStage)stages[index] with
        {
            Trees = [.. EnsembleConversion.TreesOf(ensemble, slotOf, share).Where(tree => tree.Nodes.Count > 1)],
        };
        return model with { Stages = stages };
    }
}
