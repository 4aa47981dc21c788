using System.Text.Json.Serialization;

namespace HarEdge.Trainer.Experiments.Search;

/// <summary>One try of a search, as its log keeps it.</summary>
internal sealed record Trial
{
    /// <summary>Number, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Budget it was made for.</summary>
    public required Goal Goal { get; init; }

    /// <summary>Chosen values, in the order of <see cref="SearchSpace.Parameters"/>.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Accuracy on each fold of training people it never saw; fewer than the folds when it was given up.</summary>
    public required IReadOnlyList<double> FoldAccuracies { get; init; }

    /// <summary>Mean instructions a decision of the folds' models, by the prices of their features.</summary>
    public required double Instructions { get; init; }

    /// <summary>Mean bytes of the folds' models.</summary>
    public required double Bytes { get; init; }

    /// <summary>Given up early: hopeless against earlier trials of the same goal.</summary>
    public required bool IsPruned { get; init; }

    /// <summary>Why it could not be run, or null.</summary>
    public string? Failure { get; init; }

    /// <summary>Mean over the folds run; 0 when none was.</summary>
    [JsonIgnore]
    public double Accuracy => FoldAccuracies.Count == 0 ? 0 : FoldAccuracies.Average();

    /// <summary>Ran to its end.</summary>
    [JsonIgnore]
    public bool IsComplete => !IsPruned && Failure is null;
}
