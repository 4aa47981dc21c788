namespace HarEdge.Trainer;

/// <summary>Finds command-line tools where a shell would, and where <c>dotnet tool install -g</c> puts them.</summary>
internal static class InstalledTool
{
    /// <summary>Path of a tool; null when it is not installed.</summary>
    /// <param name="name">Without extension.</param>
    /// <param name="pathVariable">Folders to search; null for PATH and the folder of global tools.</param>
    public static string? Find(string name, string? pathVariable = null)
    {
        var folders = pathVariable ?? string.Join(
            Path.PathSeparator,
            Environment.GetEnvironmentVariable("PATH"),
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools"));
        string[] files = OperatingSystem.IsWindows() ? [name + ".exe", name + ".cmd"] : [name];
        return folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => files.Select(file => Path.Combine(folder, file)))
            .FirstOrDefault(File.Exists);
    }
}
