using System.Text;

namespace HarEdge.Trainer.Datasets;

/// <summary>One spelling of class names for all data sets, so that sets can be combined by name.</summary>
public static class ClassNames
{
    /// <summary>Upper case; every stretch of blanks and hyphens becomes one underscore.</summary>
    public static string Normalize(string name)
    {
        var result = new StringBuilder(name.Length);
        foreach (char c in name.Trim().ToUpperInvariant())
        {
            bool isGap = char.IsWhiteSpace(c) || c is '-' or '_';
            if (!isGap)
            {
                result.Append(c);
            }
            else if (result.Length > 0 && result[^1] != '_')
            {
                result.Append('_');
            }
        }

        return result.ToString();
    }
}
