using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation.Continuous;
using HarEdge.Trainer.Evaluation.Unknown;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Evaluation;

/// <summary>A model on data it need not know: what was scored, what was not, and what the model said of each. Shares are 0..1.</summary>
internal sealed record ModelTrial
{
    /// <summary>Every window by itself, on windows of one activity of the model's classes.</summary>
    public required ClassificationScores Windows { get; init; }

    /// <summary>Decisions of the temporal filter on the same windows, where the model gave one.</summary>
    public required ClassificationScores Decisions { get; init; }

    /// <summary>Of the scored windows, those the model called unknown.</summary>
    public required int UnknownOfScored { get; init; }

    /// <summary>Answers as a stream: accuracy, flicker and delay before and after the temporal filter.</summary>
    public required FilterTrial Filter { get; init; }

    /// <summary>The unknown rule on windows of the model's classes and of other activities.</summary>
    public required UnknownTrial Unknown { get; init; }

    /// <summary>Of the scored windows, how confident the model was and how often it was right, by tenths of confidence.</summary>
    public required IReadOnlyList<ConfidenceBand> Confidence { get; init; }

    /// <summary>Accuracy on the surest windows, by the share of windows answered.</summary>
    public required IReadOnlyList<CoverageAccuracy> Coverage { get; init; }

    /// <summary>How well confidence tells right windows from wrong ones; see <see cref="Auroc"/>.</summary>
    public required double ConfidenceAuroc { get; init; }

    /// <summary>Windows of activities the model has no class for, by the data's name of the activity.</summary>
    public required IReadOnlyDictionary<string, ForeignActivity> NotScored { get; init; }

    /// <summary>Windows across a change of activity or without a label.</summary>
    public required int WindowsWithoutOneLabel { get; init; }

    /// <summary>Runs a model over data sets.</summary>
    /// <param name="model">A valid model.</param>
    /// <param name="sets">Recordings in counts of the model's ranges.</param>
    /// <param name="leastLabelShare">See <see cref="WindowLabel"/>.</param>
    /// <param name="progress">Told the share of recordings done.</param>
    /// <param name="cancellation">Stops between recordings.</param>
    /// <exception cref="InputException">No window of the data has one of the model's classes (exit code 2).</exception>
    public static ModelTrial Of(
        FixedPointModel model,
        IReadOnlyList<DataSet> sets,
        double leastLabelShare,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        var tally = new TrialTally(model, leastLabelShare);
        var all = sets.SelectMany(set => set.Recordings.Select(recording => (set, recording))).ToList();
        for (var i = 0; i < all.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StepProgress("Running the model", (double)i / all.Count, all[i].recording.Name));
            tally.Add(all[i].set, all[i].recording, [.. new PipelineLeg("trainer", new InterpretedClassifier(model)).Run(all[i].recording)]);
        }

        return tally.Result ?? throw new InputException(
            $"None of the data's activities ({string.Join(", ", sets.SelectMany(set => set.Classes).Distinct())}) is a class of the model "
            + $"({string.Join(", ", model.Classes)}).",
            "Say which are the same with --map OTHER=OURS.",
            2);
    }
}

/// <summary>Windows of an activity the model was not made for.</summary>
internal sealed record ForeignActivity(int Windows, int CalledUnknown);

/// <summary>Windows whose stated confidence lies in [FromPercent, ToPercent].</summary>
internal sealed record ConfidenceBand(int FromPercent, int ToPercent, int Windows, int Right);
