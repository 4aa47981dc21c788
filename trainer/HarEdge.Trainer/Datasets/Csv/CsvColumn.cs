namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>A column of a file: its index, −1 when the file has none, and whether its values change sign.</summary>
internal readonly record struct CsvColumn(int Index, bool IsNegated)
{
    public static readonly CsvColumn None = new(-1, false);

    public bool Exists => Index >= 0;
}
