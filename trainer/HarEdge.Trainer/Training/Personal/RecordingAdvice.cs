using System.Globalization;

namespace HarEdge.Trainer.Training.Personal;

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
