using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Tests.Teachers;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Trees;

/// <summary>Generated windows and a teacher that is right, but not sure.</summary>
internal static class SmallDistillation
{
    internal static DistillationInput Input(WindowTable table, StudentBudget? budget = null) => new()
    {
        Table = table,
        Features = [.. SmallTable.Names.Select(new FeatureLayout(128).Find)],
        SoftLabels = [.. table.Labels.Select(label => Enumerable.Range(0, 3).Select(c => c == label ? 0.8f : 0.1f).ToArray())],
        Budget = budget ?? new StudentBudget(Nodes: 200),
        Seed = 1,
        Signal = new SignalSettings(128, 64, SensorScale.SampleRateHz, new SensorRange(4, 500)),
    };

    /// <summary>Share of windows a model names right, by the trainer's own evaluation of the model's tables.</summary>
    internal static double Accuracy(FixedPointModel model, WindowTable table) =>
        Classify(model, table).Zip(table.Labels).Count(pair => pair.First == pair.Second) / (double)table.Rows;

    internal static List<int> Classify(FixedPointModel model, WindowTable table)
    {
        var layout = new FeatureLayout(128);
        var evaluator = new ModelEvaluator(model, layout);
        var row = new int[layout.Count];
        return [.. Enumerable.Range(0, table.Rows).Select(r =>
        {
            for (var c = 0; c < table.Columns; c++)
            {
                row[layout.Find(SmallTable.Names[c]).Index] = table.Row(r)[c];
            }

            return evaluator.Evaluate(row).WindowClass;
        })];
    }
}
