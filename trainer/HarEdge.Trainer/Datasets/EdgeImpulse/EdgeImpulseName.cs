namespace HarEdge.Trainer.Datasets.EdgeImpulse;

/// <summary>File names in Edge Impulse's form: the label up to the first dot, then anything (<c>walking.id.json</c>).</summary>
internal static class EdgeImpulseName
{
    /// <summary>The label in a name; null when nothing follows it but the ending, and for hidden files.</summary>
    public static string? LabelOf(string fileName, int fewestParts)
    {
        string[] parts = fileName.Split('.');
        return parts.Length >= fewestParts && parts[0].Length > 0 ? parts[0] : null;
    }

    /// <summary>A text as a part of a name: letters, digits, hyphens and underscores, which is what the platform takes a label to consist of.</summary>
    public static string Part(string text) => new([.. text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')]);
}
