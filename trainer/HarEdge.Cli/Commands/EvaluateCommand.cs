using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Training;
using HarEdge.Trainer.Windows;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge evaluate</c>: a model on recordings, by window, by person, by confidence.</summary>
internal sealed class EvaluateCommand
{
    private readonly ModelOption model = new();
    private readonly DataOptions data = new();
    private readonly Option<bool> unseen = new("--unseen") { Description = "Leave out the people the model was trained on." };

    private readonly Option<bool> majority = new("--majority")
    {
        Description = "A window counts for the activity that fills most of it, not only when it lies wholly inside one; for activities shorter than a window.",
    };

    private readonly Option<bool> wearCalibration = new("--wear-calibration")
    {
        Description = "Turn every recording by three seconds of standing still first, as the device does when its button is pressed.",
    };

    private readonly Option<bool> json = new("--json") { Description = "Print the numbers as JSON instead of tables." };

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new EvaluateCommand();
        var verb = new Verb("evaluate", "Scores a model on recordings and says what was scored and what was not.")
        {
            Examples =
            [
                new("the built-in model on the built-in synthetic wearer", "haredge evaluate"),
                new("a run on the people of its data that it never saw", "haredge evaluate --model runs/hapt --data hapt.zip --unseen"),
                new("a run on other people's recordings, whose classes have other names", "haredge evaluate --model runs/hapt --data spsw-har-watch.zip --map SEATED=SITTING --majority"),
            ],
        };
        command.model.AddTo(verb);
        command.data.AddTo(verb);
        verb.Options.Add(command.unseen);
        verb.Options.Add(command.majority);
        verb.Options.Add(command.wearCalibration);
        verb.Options.Add(command.json);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var loaded = model.Load(parsed);
        var all = data.Read(parsed, loaded.Signal.Range, terminal, cancellation);
        var sets = parsed.GetValue(unseen) ? SeenBefore.LeftOut(loaded, all) : all;
        if (parsed.GetValue(wearCalibration))
        {
            sets = Calibrated(loaded, sets, terminal);
        }

        var labelShare = parsed.GetValue(majority) ? WindowLabel.Majority : WindowLabel.Whole;
        var trial = ProgressDisplay.Run(terminal, progress => ModelTrial.Of(loaded, sets, labelShare, progress, cancellation));
        var names = DataNames.Of(sets);
        if (parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(TrialMetrics.Of(loaded.Id, names, trial)));
            return 0;
        }

        TableWriter.Write(terminal, TrialTables.Of($"model {loaded.Id} on {names}", trial));
        var trained = SeenBefore.People(loaded, sets);
        if (trained.Count > 0)
        {
            terminal.Say($"note: the model was trained on {trained.Count} of these people ({string.Join(", ", trained)}); their numbers flatter it; --unseen leaves them out.");
        }

        terminal.Next("haredge compare checks that trainer, generated code and device twin agree on this data.");
        return 0;
    }

    private static IReadOnlyList<DataSet> Calibrated(FixedPointModel model, IReadOnlyList<DataSet> sets, Terminal terminal)
    {
        var nominal = model.NominalGravity ?? throw new InputException(
            $"Model {model.Id} knows no nominal direction of gravity.", "Train it on recordings with people standing, or leave out --wear-calibration.", 2);
        return
        [
            .. sets.Select(set =>
            {
                var calibrated = WearCalibration.Apply(set.Recordings, set.Classes, nominal, set.Range);
                foreach (var note in calibrated.Notes)
                {
                    terminal.Say($"note: {set.Name}: {note}");
                }

                return set with { Recordings = calibrated.All };
            }),
        ];
    }
}
