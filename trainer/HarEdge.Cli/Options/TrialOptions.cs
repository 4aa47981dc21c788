using System.CommandLine;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Training;
using HarEdge.Trainer.Windows;

namespace HarEdge.Cli.Options;

/// <summary>The options that say which recordings a model is scored on, and how: people, labels, wear calibration.</summary>
internal sealed class TrialOptions
{
    private readonly Option<bool> unseen = new("--unseen") { Description = "Leave out the people the model was trained on." };

    private readonly Option<bool> majority = new("--majority")
    {
        Description = "A window counts for the activity that fills most of it, not only when it lies wholly inside one; for activities shorter than a window.",
    };

    private readonly WearCalibrationOption wearCalibration = WearCalibrationOption.ToScoreOn();

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(unseen);
        verb.Options.Add(majority);
        wearCalibration.AddTo(verb);
    }

    /// <summary>Share of a window's samples that must carry its label.</summary>
    public double LabelShare(ParseResult parsed) => parsed.GetValue(majority) ? WindowLabel.Majority : WindowLabel.Whole;

    /// <summary>Whether recordings are turned.</summary>
    public bool IsWearCalibrated(ParseResult parsed) => wearCalibration.IsGiven(parsed);

    /// <summary>The people to score.</summary>
    public IReadOnlyList<DataSet> People(ParseResult parsed, FixedPointModel model, IReadOnlyList<DataSet> all) =>
        parsed.GetValue(unseen) ? SeenBefore.LeftOut(model, all) : all;

    /// <summary>The recordings as the model gets them: turned, if that was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="model">The model; it must know the direction of gravity when recordings are to be turned.</param>
    /// <param name="sets">Recordings as worn.</param>
    /// <param name="note">Told what could not be turned.</param>
    public IReadOnlyList<DataSet> Prepared(ParseResult parsed, FixedPointModel model, IReadOnlyList<DataSet> sets, Action<string> note)
    {
        if (!IsWearCalibrated(parsed))
        {
            return sets;
        }

        var nominal = model.NominalGravity ?? throw new InputException(
            $"Model {model.Id} knows no nominal direction of gravity.", "Train it on recordings with people standing, or leave out --wear-calibration.", 2);
        return
        [
            .. sets.Select(set =>
            {
                var calibrated = WearCalibration.Apply(set.Recordings, set.Classes, nominal, set.Range);
                foreach (var line in calibrated.Notes)
                {
                    note($"{set.Name}: {line}");
                }

                return set with { Recordings = calibrated.All };
            }),
        ];
    }

    /// <summary>Warns when people were in the model's training.</summary>
    public static void TellSeen(Terminal terminal, FixedPointModel model, IReadOnlyList<DataSet> sets)
    {
        var trained = SeenBefore.People(model, sets);
        if (trained.Count > 0)
        {
            terminal.Say($"note: the model was trained on {trained.Count} of these people ({string.Join(", ", trained)}); their numbers flatter it; --unseen leaves them out.");
        }
    }
}
