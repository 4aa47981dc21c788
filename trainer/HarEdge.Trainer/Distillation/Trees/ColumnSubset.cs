using HarEdge.Trainer.Learning.LightGbm;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>Some columns and rows of a table, as LightGBM takes them.</summary>
internal sealed class ColumnSubset(WindowTable table, IReadOnlyList<int> columns, IReadOnlyList<int>? rows = null)
{
    /// <summary>The table's column each of this one's stands for.</summary>
    internal IReadOnlyList<int> Columns { get; } = columns;

    internal LightGbmDataset Bin(LightGbmParameters parameters)
    {
        var count = rows?.Count ?? table.Rows;
        var values = new double[count * Columns.Count];
        for (var i = 0; i < count; i++)
        {
            var row = table.Row(rows?[i] ?? i);
            for (var c = 0; c < Columns.Count; c++)
            {
                values[(i * Columns.Count) + c] = row[Columns[c]];
            }
        }

        return LightGbmDataset.FromRows(values, Columns.Count, parameters);
    }
}
