using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Evaluation;

/// <summary>A model on undisturbed recordings, and on the same recordings with everything in <see cref="Disturbances"/>.</summary>
/// <param name="Undisturbed">What is lost is lost against this.</param>
/// <param name="Rows">One a disturbance.</param>
internal sealed record RobustnessTrial(ModelTrial Undisturbed, IReadOnlyList<RobustnessRow> Rows)
{
    /// <summary>Runs the model over every disturbance.</summary>
    /// <param name="model">A valid model.</param>
    /// <param name="sets">Recordings in counts of the model's ranges.</param>
    /// <param name="disturbances">What to try, in order.</param>
    /// <param name="prepare">Done to the disturbed recordings before the model sees them, for example wear calibration.</param>
    /// <param name="leastLabelShare">See <see cref="Windows.WindowLabel"/>.</param>
    /// <param name="seed">Seed of the random disturbances.</param>
    /// <param name="progress">Told the share of disturbances done.</param>
    /// <param name="cancellation">Stops between recordings.</param>
    /// <exception cref="InputException">No window of the data has one of the model's classes (exit code 2).</exception>
    public static RobustnessTrial Of(
        FixedPointModel model,
        IReadOnlyList<DataSet> sets,
        IReadOnlyList<Disturbance> disturbances,
        Func<IReadOnlyList<DataSet>, IReadOnlyList<DataSet>> prepare,
        double leastLabelShare,
        int seed,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        var undisturbed = ModelTrial.Of(model, prepare(sets), leastLabelShare, null, cancellation);
        var trials = new ModelTrial[disturbances.Count];
        var done = 0;
        Parallel.For(0, disturbances.Count, new ParallelOptions { CancellationToken = cancellation }, index =>
        {
            trials[index] = ModelTrial.Of(model, prepare(Disturbed(sets, disturbances[index], seed)), leastLabelShare, null, cancellation);
            progress?.Report(new StepProgress("Disturbing recordings", (double)Interlocked.Increment(ref done) / disturbances.Count, disturbances[index].Name));
        });
        return new RobustnessTrial(undisturbed, [.. disturbances.Select((disturbance, index) => new RobustnessRow(disturbance, trials[index]))]);
    }

    // Each recording has random numbers of its own, the same for every disturbance: only the disturbance differs.
    private static IReadOnlyList<DataSet> Disturbed(IReadOnlyList<DataSet> sets, Disturbance disturbance, int seed) =>
    [
        .. sets.Select((set, s) => set with
        {
            Recordings = [.. set.Recordings.Select((recording, r) => disturbance.Apply(recording, set.Range, new Random((seed * 7919) + (s * 104729) + r)))],
        }),
    ];
}

/// <summary>A disturbance and what the model makes of it.</summary>
internal sealed record RobustnessRow(Disturbance Disturbance, ModelTrial Trial);
