using HarEdge.Trainer.Distillation.Linear;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Distillation.Mixed;

/// <summary>What a linear stage's features say about windows of people that its weights were not fitted on.</summary>
internal static class LinearOutOfFold
{
    /// <summary>
    /// For each row its scores in natural logarithms. The features stay as chosen on everyone: good for comparing, not for reporting.
    /// </summary>
    /// <param name="stage">The stage; its weights are fitted again without each fold.</param>
    /// <param name="features">The model's features.</param>
    /// <param name="lessons">The stage's lessons, its classes in the same order.</param>
    /// <param name="featureNames">Name of each column.</param>
    /// <param name="folds">Folds of people.</param>
    /// <param name="settings">Penalty and share of the discriminant.</param>
    public static double[][] Scores(
        LinearStage stage,
        IReadOnlyList<string> features,
        SideLessons lessons,
        IReadOnlyList<string> featureNames,
        CrossFitFolds folds,
        LinearSettings settings)
    {
        var table = lessons.Table;
        string[] names = [.. featureNames];
        int[] columns = [.. stage.Inputs.Select(input => Array.IndexOf(names, features[input.Feature]))];
        InputTransform[] transforms = [.. stage.Inputs.Select(input => input.Transform)];
        var scores = new double[table.Rows][];
        for (var fold = 0; fold < folds.Count; fold++)
        {
            var (judged, learned) = folds.Rows(table, fold);
            var design = DesignMatrix.Fit(table, learned, columns, transforms);
            var wanted = Matrix<double>.Build.Dense(learned.Count, lessons.ClassCount, (i, c) => lessons.Targets.Probabilities[learned[i]][c]);
            var weights = StageWeights.Fit(design.Values, wanted, [.. learned.Select(row => (double)lessons.Targets.Weights[row])], settings);
            var said = DesignMatrix.Of(table, judged, columns, transforms, design.Means, design.Deviations).Values * weights;
            for (var i = 0; i < judged.Count; i++)
            {
                scores[judged[i]] = said.Row(i).ToArray();
            }
        }

        return scores;
    }
}
