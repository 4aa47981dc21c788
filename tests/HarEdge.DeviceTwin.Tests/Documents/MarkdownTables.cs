namespace HarEdge.DeviceTwin.Tests;

/// <summary>The tables under a heading of a Markdown file, cell by cell, without header and rule.</summary>
internal static class MarkdownTables
{
    /// <summary>Rows of the first table after the line that equals <paramref name="heading"/>.</summary>
    public static IReadOnlyList<string[]> Under(string markdown, string heading)
    {
        var lines = markdown.Split('\n');
        var at = Array.IndexOf(lines, heading);
        Assert.True(at >= 0, $"no heading '{heading}'");
        return
        [
            .. lines.Skip(at + 1)
                .SkipWhile(line => !line.StartsWith('|') && !line.StartsWith('#'))
                .TakeWhile(line => line.StartsWith('|'))
                .Skip(2)
                .Select(line => line.Trim('|', ' ').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray()),
        ];
    }
}
