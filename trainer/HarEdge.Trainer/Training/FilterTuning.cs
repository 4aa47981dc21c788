using HarEdge.Core;
using HarEdge.Trainer.Distillation.Calibration;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>Chooses how strongly the temporal filter trusts the past, on training people and models that never saw them.</summary>
public static class FilterTuning
{
    // From no filter to one that gives way only to lasting evidence.
    private static readonly double[] Strengths = [0, 0.5, 1, 2, 4, 8];

    /// <summary>The table of the best strength, the weakest among equals, and the accuracy without and with it.</summary>
    /// <param name="windows">The device's windows in order of time within each recording, unlabelled ones included.</param>
    /// <param name="answers">What a model without their wearer says.</param>
    /// <param name="model">Any model of the same classes and window.</param>
    public static TunedFilter Choose(WindowTable windows, WindowEvaluation[] answers, FixedPointModel model)
    {
        var runs = RunsOf(windows, model.Signal.HopSamples);
        var tried = Strengths.Select(strength =>
        {
            var table = TransitionTable.Learn(
                runs.Select(run => run.Select(row => windows.Labels[row]).ToList()), windows.Classes.Count, strength);
            return (Table: table, Accuracy: Accuracy(windows, answers, runs, model with { Transitions = table }));
        }).ToList();
        var best = tried.MaxBy(t => t.Accuracy);
        return new TunedFilter(best.Table, tried[0].Accuracy, best.Accuracy);
    }

    private static double Accuracy(WindowTable windows, WindowEvaluation[] answers, List<List<int>> runs, FixedPointModel model)
    {
        var filter = new DecisionFilter(new InterpretedClassifier(model));
        int right = 0, labelled = 0;
        foreach (var run in runs)
        {
            filter.Restart();
            foreach (var row in run)
            {
                var decision = filter.Update(answers[row].Scores, isKnown: true);
                if (windows.Labels[row] >= 0)
                {
                    labelled++;
                    right += decision == windows.Labels[row] ? 1 : 0;
                }
            }
        }

        return (double)right / labelled;
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

/// <summary>A temporal filter and what it does on training people: accuracy on continuous recordings, window by window and filtered.</summary>
public sealed record TunedFilter(int[][] Transitions, double AccuracyBefore, double AccuracyAfter);
