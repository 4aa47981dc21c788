using System.Text.RegularExpressions;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Documents;

/// <summary>Relative links of a page.</summary>
internal static partial class Links
{
    /// <summary>Their targets as paths from the repository's root, anchors taken off.</summary>
    public static IEnumerable<string> In(string page)
    {
        var folder = Path.GetDirectoryName(page) ?? "";
        return Targets().Matches(Repository.Read(page)).Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal))
            .Select(target => Path.Combine(folder, target));
    }

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)[^)]*\)")]
    private static partial Regex Targets();
}
