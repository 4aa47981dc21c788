using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Cli.Capturing;

/// <summary>One key an activity, shown while recording.</summary>
internal sealed class LabelKeys
{
    /// <summary>Ends the recording.</summary>
    public const char Quit = 'q';

    /// <summary>Takes the label off.</summary>
    public const char None = '0';

    private const string Keys = "123456789abcdefghijklmnoprstuvwxyz";

    private readonly IReadOnlyList<string> labels;

    /// <param name="names">Normalized here.</param>
    /// <exception cref="InputException">There are more names than keys (exit code 2).</exception>
    public LabelKeys(IEnumerable<string> names)
    {
        labels = [.. names.Select(ClassNames.Normalize).Where(name => name.Length > 0).Distinct()];
        if (labels.Count == 0 || labels.Count > Keys.Length)
        {
            throw new InputException($"There are {labels.Count} labels for {Keys.Length} keys.", "Name one to thirty-three labels: --labels walking,sitting.", 2);
        }
    }

    /// <summary>All keys in one line.</summary>
    public string Legend => string.Join("  ", labels.Select((label, i) => $"{Keys[i]} {label}")) + $"  {None} no label  {Quit} end";

    /// <summary>Whether a key chooses, and what; null for no label.</summary>
    public bool TryLabel(char key, out string? label)
    {
        var index = Keys.IndexOf(char.ToLowerInvariant(key), StringComparison.Ordinal);
        label = index >= 0 && index < labels.Count ? labels[index] : null;
        return key is None or ' ' || label is not null;
    }
}
