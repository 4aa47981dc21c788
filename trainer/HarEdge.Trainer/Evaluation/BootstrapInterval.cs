namespace HarEdge.Trainer.Evaluation;

/// <summary>
/// How far a figure could have been off with other people of the same kind: people, never windows, are drawn with replacement, since the
/// windows of a person are right or wrong together.
/// </summary>
/// <param name="Low">The 2.5th percentile of the resampled figure.</param>
/// <param name="High">The 97.5th percentile.</param>
internal sealed record BootstrapInterval(double Low, double High)
{
    private const int Draws = 2000;

    /// <summary>95 % interval of the share of windows right, NaN for fewer than two people.</summary>
    /// <param name="people">Each person's windows.</param>
    /// <param name="seed">Seed of the draws.</param>
    public static BootstrapInterval OfAccuracy(IReadOnlyList<SubjectScore> people, int seed) =>
        Of(people.Count, seed, drawn => (double)drawn.Sum(person => people[person].Right) / drawn.Sum(person => people[person].Windows));

    /// <summary>95 % interval of the mean over people of each person's accuracy, NaN for fewer than two people.</summary>
    /// <param name="people">Each person's windows.</param>
    /// <param name="seed">Seed of the draws.</param>
    public static BootstrapInterval OfMean(IReadOnlyList<SubjectScore> people, int seed) =>
        Of(people.Count, seed, drawn => drawn.Average(person => people[person].Accuracy));

    private static BootstrapInterval Of(int people, int seed, Func<int[], double> figure)
    {
        if (people < 2)
        {
            return new BootstrapInterval(double.NaN, double.NaN);
        }

        var random = new Random(seed);
        var figures = new double[Draws];
        var drawn = new int[people];
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < people; i++)
            {
                drawn[i] = random.Next(people);
            }

            figures[draw] = figure(drawn);
        }

        Array.Sort(figures);
        return new BootstrapInterval(figures[Draws / 40], figures[Draws - 1 - (Draws / 40)]);
    }
}
