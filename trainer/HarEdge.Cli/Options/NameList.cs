namespace HarEdge.Cli.Options;

/// <summary>Names given to an option: "A B", "A,B" and "A, B" all name two.</summary>
internal static class NameList
{
    /// <summary>The names, or null when there is none.</summary>
    public static List<string>? OrNull(string[]? given)
    {
        var names = (given ?? []).SelectMany(word => word.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        return names.Count == 0 ? null : names;
    }
}
