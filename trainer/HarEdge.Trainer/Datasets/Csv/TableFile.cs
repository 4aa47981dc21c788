namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>File names of tables, packed by gzip or not.</summary>
internal static class TableFile
{
    private static readonly string[] Endings = [".csv", ".tsv"];

    public static bool IsTable(string name) => Endings.Contains(Path.GetExtension(Unpacked(name)).ToLowerInvariant());

    /// <summary>The path without the endings: "a/walk.csv.gz" is "a/walk".</summary>
    public static string Stem(string name) => Path.ChangeExtension(Unpacked(name), null);

    private static string Unpacked(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
}
