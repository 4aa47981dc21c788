using HarEdge.Core;

namespace HarEdge.Trainer.Distillation.Calibration;

/// <summary>Log probabilities of moving from one activity to another between windows, learned from labelled sequences.</summary>
internal static class TransitionTable
{
    // Counts added to every cell, so that no change is impossible.
    private const double Smoothing = 0.5;

    /// <summary>Learns a class × class table in score steps.</summary>
    /// <param name="sequences">Classes of windows in order of time, −1 where unlabelled; one sequence a run.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="strength">
    /// Factor on the logarithms: 1 takes the windows' scores at their word, more makes up for scores that are too sure of
    /// themselves or count the same samples twice, 0 switches the filter off.
    /// </param>
    public static int[][] Learn(IEnumerable<IReadOnlyList<int>> sequences, int classes, double strength)
    {
        var counts = Enumerable.Range(0, classes).Select(_ => Enumerable.Repeat(Smoothing, classes).ToArray()).ToArray();
        foreach (var sequence in sequences)
        {
            // Unlabelled windows between two activities are the change itself: from the last label to the next is one step.
            var last = -1;
            foreach (var label in sequence.Where(label => label >= 0))
            {
                if (last >= 0)
                {
                    counts[last][label]++;
                }

                last = label;
            }
        }

        return [.. counts.Select(row => Array.ConvertAll(
            row, count => Math.Max(DecisionFilter.Floor, (int)Math.Round(strength * Classifier.ScoreOne * Math.Log(count / row.Sum())))))];
    }
}
