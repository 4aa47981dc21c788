using System.Text.RegularExpressions;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Documents;

/// <summary>Links of a page to files of the repository and to their headings.</summary>
internal static partial class Links
{
    /// <summary>Their targets as paths from the repository's root, anchors taken off.</summary>
    public static IEnumerable<string> In(string page) => WithAnchors(page).Select(link => link.Target);

    /// <summary>The same with the anchors; a link within the page has the page itself as its target, a link to the top of a page an empty anchor.</summary>
    public static IEnumerable<(string Target, string Anchor)> WithAnchors(string page)
    {
        var folder = Path.GetDirectoryName(page) ?? "";
        return Targets().Matches(Repository.Read(page))
            .Select(match => (Target: match.Groups["target"].Value, Anchor: match.Groups["anchor"].Value))
            .Where(link => !link.Target.Contains("://", StringComparison.Ordinal))
            .Select(link => (link.Target.Length == 0 ? page : Path.Combine(folder, link.Target), link.Anchor));
    }

    /// <summary>The anchors that GitHub gives a page's headings: small letters, blanks as hyphens, punctuation left out, repeated ones numbered.</summary>
    public static IReadOnlySet<string> AnchorsOf(string page)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match heading in Headings().Matches(Fences().Replace(Repository.Read(page), "")))
        {
            var slug = NotInAnchors().Replace(LinkText().Replace(heading.Groups[1].Value, "$1").ToLowerInvariant(), "").Replace(' ', '-');
            for (var again = 0; !anchors.Add(again == 0 ? slug : $"{slug}-{again}");)
            {
                again++;
            }
        }

        return anchors;
    }

    [GeneratedRegex(@"\]\((?<target>[^)#\s]*)(#(?<anchor>[^)\s]+))?\)")]
    private static partial Regex Targets();

    [GeneratedRegex(@"^#{1,6} (.+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchors();
}
