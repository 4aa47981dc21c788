using HarEdge.Core;
using HarEdge.Trainer.Distillation.Calibration;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>
/// Chooses how strongly the temporal filter trusts the past, on training people and models that never saw them. Weak filters
/// flicker, strong ones answer late: of all strengths that are about as accurate as the best, the one that changes its mind least is taken.
/// </summary>
public static class FilterTuning
{
    // From no filter to one that gives way only to lasting evidence.
    private static readonly double[] Strengths = [0, 0.5, 0.75, 1, 1.25, 1.5, 2, 4, 8];

    // Accuracies this close are the same: one window in a thousand.
    private const double Alike = 0.001;

    /// <summary>The table of the chosen strength, and what each strength does.</summary>
    /// <param name="windows">The device's windows in order of time within each recording, unlabelled ones included.</param>
    /// <param name="answers">What a model without their wearer says.</param>
    /// <param name="isKnown">For each window what the unknown rule says.</param>
    /// <param name="model">Any model of the same classes and window.</param>
    public static TunedFilter Choose(WindowTable windows, WindowEvaluation[] answers, bool[] isKnown, FixedPointModel model)
    {
        var runs = RunsOf(windows, model.Signal.HopSamples);
        var tried = Strengths.Select(strength =>
        {
            var table = TransitionTable.Learn(
                runs.Select(run => run.Select(row => windows.Labels[row]).ToList()), windows.Classes.Count, strength);
            return Try(strength, table, windows, answers, isKnown, runs, model with { Transitions = table });
        }).ToList();
        var most = tried.Max(filter => filter.Accuracy);
        return new TunedFilter(tried.Where(filter => filter.Accuracy >= most - Alike).MinBy(filter => filter.Changes)!, tried);
    }

    private static FilterStrength Try(
        double strength, int[][] table, WindowTable windows, WindowEvaluation[] answers, bool[] isKnown, List<List<int>> runs, FixedPointModel model)
    {
        var filter = new DecisionFilter(new InterpretedClassifier(model));
        int right = 0, labelled = 0, changes = 0;
        foreach (var run in runs)
        {
            filter.Restart();
            var last = Classifier.Unknown;
            foreach (var row in run)
            {
                var decision = filter.Update(answers[row].Scores, isKnown[row]);
                if (windows.Labels[row] >= 0)
                {
                    labelled++;
                    right += decision == windows.Labels[row] ? 1 : 0;
                }

                if (decision != Classifier.Unknown)
                {
                    changes += last != Classifier.Unknown && last != decision ? 1 : 0;
                    last = decision;
                }
            }
        }

        return new FilterStrength(strength, table, (double)right / labelled, changes);
    }

    // Windows that follow each other by exactly a hop.
    private static List<List<int>> RunsOf(WindowTable windows, int hopSamples)
    {
        var runs = new List<List<int>>();
        for (var row = 0; row < windows.Rows; row++)
        {
            var follows = row > 0
                && windows.RecordingOfRow[row] == windows.RecordingOfRow[row - 1]
                && windows.StartSample[row] == windows.StartSample[row - 1] + hopSamples;
            if (!follows)
            {
                runs.Add([]);
            }

            runs[^1].Add(row);
        }

        return runs;
    }
}

/// <summary>A temporal filter and its rivals, as they do on the continuous recordings of training people.</summary>
/// <param name="Chosen">What was taken.</param>
/// <param name="Tried">Every strength, from none upwards: the trade-off.</param>
public sealed record TunedFilter(FilterStrength Chosen, IReadOnlyList<FilterStrength> Tried);

/// <summary>A filter of one strength.</summary>
/// <param name="Strength">Factor on the logarithms of the table; 0 is no filter.</param>
/// <param name="Transitions">Its table.</param>
/// <param name="Accuracy">Share of labelled windows decided right; "unknown" is not.</param>
/// <param name="Changes">From one named activity to another, over all recordings.</param>
public sealed record FilterStrength(double Strength, int[][] Transitions, double Accuracy, int Changes);
