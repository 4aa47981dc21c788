using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Experiments;

/// <summary>Runs one trial fold by fold on training people, until it is done or hopeless.</summary>
/// <param name="trainingSet">What trials with this window length share.</param>
/// <param name="earlier">Trials before this one.</param>
internal sealed class TrialRun(SearchTrainingSets trainingSet, IReadOnlyList<Trial> earlier)
{
    /// <summary>Runs it.</summary>
    public Trial Run(
        int number, Goal goal, SearchPoint point, IReadOnlyList<double> values, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var student = point.Recipe.FormOf(point.Student);
        var accuracies = new List<double>();
        var instructions = new List<double>();
        var bytes = new List<double>();
        var isPruned = false;
        string? failure = null;
        for (var fold = 0; fold < trainingSet.FoldsOfPeople.Count && !isPruned && failure is null; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var model = student.Distil(trainingSet.Without(fold, point, goal, progress, cancellation)).Model;
                Judge(model, fold, accuracies, instructions);
                bytes.Add(ModelSize.Of(model).Bytes);
                isPruned = accuracies.Count < trainingSet.FoldsOfPeople.Count && MedianStopping.IsHopeless(accuracies, earlier.Where(trial => trial.Goal == goal));
            }
            catch (InputException e)
            {
                // A budget too small for this form, say: one trial's failure is not the search's.
                failure = e.Message;
            }
        }

        return new Trial
        {
            Number = number,
            Goal = goal,
            Values = values,
            FoldAccuracies = accuracies,
            Instructions = instructions.Count == 0 ? 0 : Math.Round(instructions.Average()),
            Bytes = bytes.Count == 0 ? 0 : Math.Round(bytes.Average()),
            IsPruned = isPruned,
            Failure = failure,
        };
    }

    private void Judge(FixedPointModel model, int fold, List<double> accuracies, List<double> instructions)
    {
        var device = trainingSet.Windows.Device;
        var evaluator = new ModelEvaluator(model, trainingSet.Windows.Layout);
        var ofStage = new int[model.Stages.Count];
        int right = 0, labelled = 0;
        foreach (var row in trainingSet.FoldsOfPeople.Rows(device, fold).Judged.Where(row => device.Labels[row] >= 0))
        {
            var answer = evaluator.Evaluate(device.Row(row));
            ofStage[answer.Stage]++;
            labelled++;
            right += answer.WindowClass == device.Labels[row] ? 1 : 0;
        }

        accuracies.Add(Math.Round((double)right / Math.Max(1, labelled), 6));
        instructions.Add(trainingSet.InstructionsOf(model, ofStage));
    }
}

/// <summary>
/// Gives up a trial whose accuracy so far is below the median of what complete trials of the same goal had at that point (Golovin
/// and others, Google Vizier, KDD 2017).
/// </summary>
internal static class MedianStopping
{
    // A median of fewer says nothing.
    private const int LeastComplete = 4;

    /// <summary>Whether to give up.</summary>
    /// <param name="foldAccuracies">Of the running trial, at least one.</param>
    /// <param name="earlier">Trials of the same goal.</param>
    public static bool IsHopeless(IReadOnlyList<double> foldAccuracies, IEnumerable<Trial> earlier)
    {
        var folds = foldAccuracies.Count;
        var there = earlier.Where(trial => trial.IsComplete).Select(trial => trial.FoldAccuracies.Take(folds).Average()).Order().ToList();
        return there.Count >= LeastComplete && foldAccuracies.Average() < there[there.Count / 2];
    }
}
