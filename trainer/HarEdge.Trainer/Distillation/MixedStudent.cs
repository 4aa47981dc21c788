using HarEdge.Core;
using HarEdge.Trainer.Distillation.Linear;
using HarEdge.Trainer.Distillation.Trees;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;
using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Distillation;

/// <summary>
/// The gate with, on each side, a linear specialist and a boosted ensemble whose leaves are added to its scores: what no weighted sum
/// separates, thresholds do. How much the trees count, if at all, is decided by people left out.
/// </summary>
/// <param name="settings">How the linear specialists select and fit; null takes the defaults.</param>
internal sealed class MixedStudent(LinearSettings? settings = null) : Student
{
    private readonly LinearSettings settings = settings ?? new LinearSettings();

    /// <inheritdoc/>
    public override string Kind => "linear with trees";

    /// <inheritdoc/>
    /// <remarks>The agreement of the result is that of the linear specialists: trees compare integers from the start.</remarks>
    public override DistilledStudent Distil(DistillationInput input)
    {
        var student = new LinearStudent(settings).Distil(input);
        var model = student.Model;
        for (var stage = 0; stage < model.Stages.Count; stage++)
        {
            if (model.Stages[stage] is LinearStage)
            {
                model = StageCorrection.Add(model, stage, SideTrainingSet.Of(input, model, stage), input.Features, settings, input.Seed);
            }
        }

        return student with { Model = model };
    }
}

/// <summary>
/// Adds trees to a linear stage. They use nothing but features that the device computes for these windows anyway, so that they cost
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
    /// <param name="trainingSet">The stage's own.</param>
    /// <param name="columns">The feature in each column.</param>
    /// <param name="settings">How the stage was fitted.</param>
    /// <param name="seed">Seed of folds and trees.</param>
    public static FixedPointModel Add(
        FixedPointModel model, int index, SideTrainingSet trainingSet, IReadOnlyList<Feature> columns, LinearSettings settings, int seed)
    {
        var folds = new CrossFitFolds(trainingSet.Table, Folds, seed);
        if (trainingSet.MostNodes < Shape.NodesOfTree * trainingSet.ClassCount || !EveryClassIsLearned(folds, trainingSet))
        {
            return model;
        }

        var linear = LinearOutOfFold.Scores((LinearStage)model.Stages[index], model.Features, trainingSet, columns, folds, settings);
        var share = ShareOf(linear, TreesOutOfFold(trainingSet, folds, seed), trainingSet.Table.Labels);
        return share == 0 ? model : WithTrees(model, index, Fit(trainingSet, seed), share, columns);
    }

    // Without a class that only one person shows, nothing can be compared.
    private static bool EveryClassIsLearned(CrossFitFolds folds, SideTrainingSet trainingSet) => Enumerable.Range(0, folds.Count).All(fold =>
        folds.Rows(trainingSet.Table, fold).Learned.Select(row => trainingSet.Table.Labels[row]).Distinct().Count() == trainingSet.ClassCount);

    private static BoostedEnsemble Fit(SideTrainingSet trainingSet, int seed) =>
        BoostedEnsemble.Fit(new ColumnSubset(trainingSet.Table, trainingSet.Columns), trainingSet.Targets, Shape, trainingSet.MostNodes, null, seed);

    // Their start, the classes' shares, is what a linear stage knows already.
    private static double[][] TreesOutOfFold(SideTrainingSet trainingSet, CrossFitFolds folds, int seed)
    {
        var scores = new double[trainingSet.Table.Rows][];
        foreach (var (judged, trees) in EnsembleFolds.Fit(trainingSet.Table, trainingSet.Columns, trainingSet.Targets, Shape, trainingSet.MostNodes, folds, seed))
        {
            foreach (var row in judged)
            {
                scores[row] = [.. trees.Score(trainingSet.Table.Row(row)).Zip(trees.Start, (score, start) => score - start)];
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
        FixedPointModel model, int index, BoostedEnsemble ensemble, double share, IReadOnlyList<Feature> columns)
    {
        string[] features = [.. model.Features];
        var slotOf = ensemble.UsedColumns.ToDictionary(column => column, column => Array.IndexOf(features, columns[column].Name));
        var stages = model.Stages.ToArray();
        stages[index] = (LinearStage)stages[index] with
        {
            Trees = [.. EnsembleConversion.TreesOf(ensemble, slotOf, share).Where(tree => tree.Nodes.Count > 1)],
        };
        return model with { Stages = stages };
    }
}

/// <summary>What a linear stage's features say about windows of people that its weights were not fitted on.</summary>
internal static class LinearOutOfFold
{
    /// <summary>
    /// For each row its scores in natural logarithms. The features stay as chosen on everyone: good for comparing, not for reporting.
    /// </summary>
    /// <param name="stage">The stage; its weights are fitted again without each fold.</param>
    /// <param name="features">The model's features.</param>
    /// <param name="trainingSet">The stage's training windows, its classes in the same order.</param>
    /// <param name="columns">The feature in each column.</param>
    /// <param name="folds">Folds of people.</param>
    /// <param name="settings">Penalty and share of the discriminant.</param>
    public static double[][] Scores(
        LinearStage stage,
        IReadOnlyList<string> features,
        SideTrainingSet trainingSet,
        IReadOnlyList<Feature> columns,
        CrossFitFolds folds,
        LinearSettings settings)
    {
        var table = trainingSet.Table;
        string[] names = [.. columns.Select(feature => feature.Name)];
        int[] inputs = [.. stage.Inputs.Select(input => Array.IndexOf(names, features[input.Feature]))];
        InputTransform[] transforms = [.. stage.Inputs.Select(input => input.Transform)];
        var scores = new double[table.Rows][];
        for (var fold = 0; fold < folds.Count; fold++)
        {
            var (judged, learned) = folds.Rows(table, fold);
            var design = DesignMatrix.Fit(table, learned, inputs, transforms);
            var wanted = Matrix<double>.Build.Dense(learned.Count, trainingSet.ClassCount, (i, c) => trainingSet.Targets.Probabilities[learned[i]][c]);
            var weights = StageWeights.Fit(design.Values, wanted, [.. learned.Select(row => (double)trainingSet.Targets.Weights[row])], settings);
            var said = DesignMatrix.Of(table, judged, inputs, transforms, design.Means, design.Deviations).Values * weights;
            for (var i = 0; i < judged.Count; i++)
            {
                scores[judged[i]] = said.Row(i).ToArray();
            }
        }

        return scores;
    }
}

/// <summary>The training windows of one side of a gate, as if its classes were all there are, for what may be added to the side's stage.</summary>
/// <param name="Columns">Columns the device computes for these windows anyway, ascending.</param>
/// <param name="Table">Windows the gate sends to the stage and whose label is one of its classes, which are numbered as in the stage.</param>
/// <param name="Targets">What each window should be.</param>
/// <param name="MostNodes">Nodes the budget leaves, in equal parts for this stage and those after it.</param>
internal sealed record SideTrainingSet(int[] Columns, WindowTable Table, SoftTargets Targets, int MostNodes)
{
    /// <summary>Number of the stage's classes.</summary>
    public int ClassCount => Table.Classes.Count;

    /// <summary>Takes the training windows of a stage.</summary>
    /// <param name="input">All training windows, and the budget.</param>
    /// <param name="model">A model with a gate, learned from them.</param>
    /// <param name="stage">Which of its stages.</param>
    public static SideTrainingSet Of(DistillationInput input, FixedPointModel model, int stage)
    {
        var classes = model.Stages[stage].Classes.ToArray();
        var evaluator = new ModelEvaluator(model, input.Features);
        var table = input.Table;
        int[] rows = [.. Enumerable.Range(0, table.Rows).Where(row => classes.Contains(table.Labels[row]) && evaluator.SelectStage(table.Row(row)) == stage)];
        var side = input.Select(rows);
        side = side with
        {
            Table = Relabelled(side.Table, classes),
            SoftLabels = [.. side.SoftLabels.Select(soft => Limited(soft, classes))],
        };
        int[] columns = [.. evaluator.Slots.Always.Concat(evaluator.Slots.BeyondAlways(stage)).Select(slot => evaluator.Columns[slot]).Order()];
        var size = ModelSize.Of(model);
        var nodes = Math.Min(input.Budget.Nodes - size.Nodes, (input.Budget.Bytes - size.Bytes) / ModelSize.BytesPerNode) / (model.Stages.Count - stage);
        return new SideTrainingSet(columns, side.Table, SoftTargets.Of(side), nodes);
    }

    private static WindowTable Relabelled(WindowTable table, int[] classes) => new()
    {
        Features = table.Features,
        Columns = table.Columns,
        Labels = [.. table.Labels.Select(label => Array.IndexOf(classes, label))],
        SubjectOfRow = table.SubjectOfRow,
        RecordingOfRow = table.RecordingOfRow,
        StartSample = table.StartSample,
        Subjects = table.Subjects,
        Classes = [.. classes.Select(c => table.Classes[c])],
    };

    // A teacher that gave these classes nothing at all knows nothing about them.
    private static float[] Limited(float[] soft, int[] classes)
    {
        var sum = classes.Sum(c => soft[c]);
        return [.. classes.Select(c => sum > 0 ? soft[c] / sum : 1f / classes.Length)];
    }
}
