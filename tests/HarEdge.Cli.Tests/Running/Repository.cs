namespace HarEdge.Cli.Tests.Running;

/// <summary>The clone the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its root: the nearest folder above with the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>The text of a file, by its path from the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "HarEdge.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No HarEdge.sln above " + AppContext.BaseDirectory);
    }
}
