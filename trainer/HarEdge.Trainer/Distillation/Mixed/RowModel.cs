using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Distillation.Mixed;

/// <summary>A model asked about rows of the table it was learned from, whatever columns that has.</summary>
internal sealed class RowModel
{
    private readonly FixedPointModel model;
    private readonly int[] columns;
    private readonly int[] features;
    private readonly int[] scores;

    /// <param name="model">Any model.</param>
    /// <param name="names">Name of each column of the rows.</param>
    public RowModel(FixedPointModel model, IReadOnlyList<string> names)
    {
        this.model = model;
        var at = names.Select((name, column) => (name, column)).ToDictionary(pair => pair.name, pair => pair.column);
        columns = [.. model.Features.Select(name => at[name])];
        features = new int[columns.Length];
        scores = new int[model.Classes.Count];
    }

    /// <summary>The stage the gate sends a row to.</summary>
    public int StageOf(ReadOnlySpan<int> row)
    {
        var node = model.Gate[0];
        while (node.Stage < 0)
        {
            node = model.Gate[row[columns[node.Feature]] <= node.Threshold ? node.Left : node.Right];
        }

        return node.Stage;
    }

    /// <summary>The class a row gets.</summary>
    public int Classify(ReadOnlySpan<int> row)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            features[i] = row[columns[i]];
        }

        StageScorer.ScoreInto(model.Stages[StageOf(row)], features, scores);
        return ArgMax.Of(scores);
    }
}
