namespace HarEdge.Trainer.Datasets;

/// <summary>Short names of data sets for tables.</summary>
internal static class DataSetName
{
    /// <summary>The last part of a path without extension, in lower case: "My Walks.zip" gives "my-walks".</summary>
    public static string FromPath(string path)
    {
        string stem = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        string name = string.Join('-', stem.ToLowerInvariant().Split([' ', '_', '-'], StringSplitOptions.RemoveEmptyEntries));
        return name.Length > 0 ? name : "data";
    }
}
