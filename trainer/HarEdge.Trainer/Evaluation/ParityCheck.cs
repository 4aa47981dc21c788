using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Evaluation;

/// <summary>Runs a model in several ways over recordings and compares every value of every window with the first way's.</summary>
internal static class ParityCheck
{
    /// <summary>Compares; recordings run side by side on all cores, the report does not depend on how many there are.</summary>
    /// <param name="model">Gives features and classes their names.</param>
    /// <param name="legs">At least two; the first is the reference.</param>
    /// <param name="recordings">What to run over.</param>
    /// <param name="progress">Told the share of recordings done.</param>
    public static ParityReport Run(
        FixedPointModel model, IReadOnlyList<IParityLeg> legs, IReadOnlyList<Recording> recordings, IProgress<StepProgress>? progress = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(legs.Count, 2);
        var tallies = new ParityTally[recordings.Count];
        var done = 0;
        Parallel.For(0, recordings.Count, i =>
        {
            tallies[i] = Compare(model, legs, recordings[i]);
            progress?.Report(new StepProgress("parity", (double)Interlocked.Increment(ref done) / recordings.Count));
        });
        return new ParityReport(
            [.. legs.Select(leg => leg.Name)],
            tallies.Sum(tally => tally.Windows),
            tallies.Sum(tally => tally.FeatureMismatches),
            tallies.Sum(tally => tally.ScoreMismatches),
            tallies.Sum(tally => tally.LabelMismatches),
            tallies.Select(tally => tally.FirstMismatch).FirstOrDefault(mismatch => mismatch is not null));
    }

    private static ParityTally Compare(FixedPointModel model, IReadOnlyList<IParityLeg> legs, Recording recording)
    {
        var reference = legs[0].Run(recording).ToList();
        var tally = new ParityTally(model, recording, legs[0].Name) { Windows = reference.Count };
        foreach (var leg in legs.Skip(1))
        {
            Compare(tally, reference, leg.Name, leg.Run(recording));
        }

        return tally;
    }

    // Both sides ascend in time: walk them side by side, so that a window one of them lacks does not shift the rest.
    private static void Compare(ParityTally tally, List<WindowAnswer> reference, string leg, IEnumerable<WindowAnswer> answers)
    {
        var expected = 0;
        foreach (var actual in answers)
        {
            for (; expected < reference.Count && reference[expected].StartSample < actual.StartSample; expected++)
            {
                tally.AddMissing(reference[expected], leg);
            }

            if (expected < reference.Count && reference[expected].StartSample == actual.StartSample)
            {
                tally.Add(reference[expected], leg, actual);
                expected++;
            }
            else
            {
                tally.AddSurplus(actual, leg);
            }
        }

        for (; expected < reference.Count; expected++)
        {
            tally.AddMissing(reference[expected], leg);
        }
    }
}
