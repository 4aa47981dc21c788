using System.Diagnostics.CodeAnalysis;

namespace HarEdge.Trainer.FixedPoint.Validation;

/// <summary>Where findings about a model go: the first one ends the check.</summary>
/// <param name="source">File the model came from, or "the model" for one just learned.</param>
internal sealed class ModelCheck(string source)
{
    public const string DefaultRemedy = "Train the model again, or restore the file from where it was made.";

    /// <summary>Throws unless the condition holds.</summary>
    /// <param name="holds">What must be true.</param>
    /// <param name="path">JSON path of the value, for example "$.stages[0].bias[2]".</param>
    /// <param name="finding">Rest of the sentence after the path, for example "is 7, but there are only 6 classes".</param>
    /// <param name="remedy">What to do; null for the usual advice.</param>
    public void Require([DoesNotReturnIf(false)] bool holds, string path, FormattableString finding, string? remedy = null)
    {
        if (!holds)
        {
            throw new InputException($"{source}: {path} {finding}.", remedy ?? DefaultRemedy);
        }
    }

    /// <summary>Throws unless low ≤ value ≤ high.</summary>
    public void RequireRange(long value, long low, long high, string path) =>
        Require(value >= low && value <= high, path, $"is {value}, outside {low} to {high}");

    /// <summary>Throws unless the value indexes a list of that many.</summary>
    public void RequireIndex(int value, int count, string path, string what) =>
        Require(value >= 0 && value < count, path, $"is {value}, but the model has {count} {what}, numbered from 0");

    /// <summary>Throws unless a list has that many entries.</summary>
    public void RequireCount(int count, int expected, string path, string reason) =>
        Require(count == expected, path, $"has {count} entries instead of {expected}, {reason}");
}
