using Microsoft.ML;
using Microsoft.ML.Data;

namespace HarEdge.Trainer.Teachers.MlNet;

/// <summary>A window as ML.NET reads it.</summary>
internal sealed class WindowRow
{
    /// <summary>Values of the columns.</summary>
    public float[] Features { get; set; } = [];

    /// <summary>Number of the class, from 0: ML.NET adds the 1 of its keys by itself.</summary>
    public uint Label { get; set; }

    /// <summary>Rows as a data view, both columns typed by their sizes.</summary>
    internal static IDataView View(MLContext context, IReadOnlyList<WindowRow> rows, int columns, int classes)
    {
        var schema = SchemaDefinition.Create(typeof(WindowRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns);
        schema[nameof(Label)].ColumnType = new KeyDataViewType(typeof(uint), classes);
        return context.Data.LoadFromEnumerable(rows, schema);
    }
}
