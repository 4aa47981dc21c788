using System.Globalization;

namespace HarEdge.Trainer.Training.Personal;

/// <summary>What one wearer's own recordings are worth. Shares are 0..1.</summary>
internal sealed record PersonalStudy
{
    /// <summary>The wearer, as "data set/subject".</summary>
    public required string Wearer { get; init; }

    /// <summary>Weight of everybody else in what is learned, chosen by <see cref="Blends"/>.</summary>
    public required double PublicShare { get; init; }

    /// <summary>Every share tried, cross-validated over blocks of the wearer's earlier time.</summary>
    public required IReadOnlyList<BlendScore> Blends { get; init; }

    /// <summary>By seconds of each activity recorded, accuracy on the wearer's later time.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>Each activity of the wearer.</summary>
    public required IReadOnlyList<OwnClass> Classes { get; init; }

    /// <summary>What to record next.</summary>
    public required string Advice { get; init; }
}

/// <summary>Accuracy when everybody else has this weight.</summary>
internal sealed record BlendScore(double PublicShare, double Accuracy);

/// <summary>Accuracy on later time.</summary>
/// <param name="Seconds">Of each activity learned from, at most.</param>
/// <param name="OwnAlone">The wearer's windows alone; null when there are none.</param>
/// <param name="Blended">With everybody else at the chosen weight.</param>
internal sealed record CurvePoint(int Seconds, double? OwnAlone, double Blended);

/// <summary>An activity of the wearer.</summary>
/// <param name="Name">Its class.</param>
/// <param name="Seconds">Recorded, for learning.</param>
/// <param name="Recognised">Share of its windows right in the cross-validation; NaN when it has none.</param>
/// <param name="TakenFor">The class it is most often taken for, or null.</param>
internal sealed record OwnClass(string Name, double Seconds, double Recognised, string? TakenFor);

/// <summary>Says which activity a wearer should record next, if any.</summary>
internal static class RecordingAdvice
{
    // Below, cross-validation has too few windows to speak.
    private const double LeastSeconds = 15;

    // One window in fifty is what a change of pace or a cough does.
    private const double GoodEnough = 0.98;

    public static string Of(IReadOnlyList<OwnClass> classes)
    {
        var shortest = classes.MinBy(one => one.Seconds)!;
        if (shortest.Seconds < LeastSeconds)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Record another half minute of {shortest.Name}: there are {shortest.Seconds:0} seconds to learn from.");
        }

        var worst = classes.MinBy(one => double.IsNaN(one.Recognised) ? 0 : one.Recognised)!;
        return worst.Recognised >= GoodEnough
            ? string.Create(CultureInfo.InvariantCulture, $"Enough is recorded: every activity is recognised in at least {100 * worst.Recognised:0} % of the windows that were not learned from.")
            : string.Create(CultureInfo.InvariantCulture, $"Record another half minute of {worst.Name}: it is recognised in {100 * worst.Recognised:0} % of the windows that were not learned from")
                + (worst.TakenFor is null ? "." : $", and else mostly taken for {worst.TakenFor}.");
    }
}
