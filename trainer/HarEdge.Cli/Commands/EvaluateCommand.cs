using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Cli.Tables;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Reports.Page;
using HarEdge.Trainer.Tables;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge evaluate</c>: a model on recordings, by window, by person, by confidence, and as a stream.</summary>
internal sealed class EvaluateCommand
{
    private readonly ModelOption model = new();
    private readonly DataOptions data = new();
    private readonly TrialOptions trial = new();
    private readonly Option<bool> json = SharedOption.Json();
    private readonly ReportOption report = new();

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new EvaluateCommand();
        var verb = new Verb("evaluate", "Scores a model on recordings and says what was scored and what was not.")
        {
            Examples =
            [
                new("the demo's model on synthetic people it never saw", "haredge evaluate"),
                new("a run on the people of its data that it never saw", "haredge evaluate --model runs/hapt --data hapt.zip --unseen"),
                new("a run on other people's recordings, whose classes have other names", "haredge evaluate --model runs/hapt --data spsw-har-watch.zip --map SEATED=SITTING --majority"),
            ],
        };
        command.model.AddTo(verb);
        command.data.AddTo(verb);
        command.trial.AddTo(verb);
        verb.Options.Add(command.json);
        command.report.AddFolderTo(verb);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        report.Verify(parsed);
        if (TableModel.IsAt(model.Path(parsed)))
        {
            return TableVerbs.Evaluate(parsed, model.Path(parsed)!, data, parsed.GetValue(json), report, terminal, cancellation);
        }

        var loaded = model.Load(parsed, data);
        var people = trial.People(parsed, loaded, data.ReadFor(parsed, loaded, terminal, cancellation));
        var sets = trial.Prepared(parsed, loaded, people, note => terminal.Say("note: " + note));
        var result = ProgressDisplay.Run(terminal, progress => ModelTrial.Of(loaded, sets, trial.LabelShare(parsed), progress, cancellation));
        var names = DataNames.Of(sets);
        var metrics = TrialMetrics.Of(loaded, sets, result);
        var numbers = new Lazy<string>(() => ReportJson.Format(metrics));
        report.Write(
            parsed,
            terminal,
            () => TrialPage.Of(
                metrics, loaded, result, [.. sets.Select(DataManifest.Of)], ReportOption.Repeatable(parsed), TrialOptions.Seen(loaded, sets) is { } seen ? [seen] : []),
            () => numbers.Value);
        if (parsed.GetValue(json))
        {
            terminal.Out.Write(numbers.Value);
            return 0;
        }

        TableWriter.Write(terminal, TrialTables.Of($"model {loaded.Id} on {names}", result));
        TrialOptions.TellSeen(terminal, loaded, sets);
        terminal.Next("haredge robustness shows what worn angles, sensor errors and lost samples do to it.");
        return 0;
    }
}

/// <summary><c>haredge robustness</c>: what a model loses when the sensor is worn askew, errs, or loses samples.</summary>
internal sealed class RobustnessCommand
{
    private readonly ModelOption model = new();
    private readonly DataOptions data = new();
    private readonly TrialOptions trial = new();
    private readonly Option<int> seed = SharedOption.Seed("Seed of noise and of which samples are lost.");
    private readonly Option<bool> json = SharedOption.Json("Print the numbers as JSON instead of a table.");

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new RobustnessCommand();
        var verb = new Verb("robustness", "Disturbs recordings in many ways and measures how many points of accuracy a model loses.")
        {
            Examples =
            [
                new("the demo's model on synthetic people it never saw", "haredge robustness"),
                new("a run on the people of its data that it never saw", "haredge robustness --model runs/hapt --data hapt.zip --unseen"),
                new("the same for a wearer who stands still for three seconds first", "haredge robustness --model runs/hapt --data hapt.zip --unseen --wear-calibration"),
            ],
        };
        command.model.AddTo(verb);
        command.data.AddTo(verb);
        command.trial.AddTo(verb);
        verb.Options.Add(command.seed);
        verb.Options.Add(command.json);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var loaded = model.Load(parsed, data);
        var sets = trial.People(parsed, loaded, data.ReadFor(parsed, loaded, terminal, cancellation));
        _ = trial.Prepared(parsed, loaded, sets, note => terminal.Say("note: " + note));
        var result = ProgressDisplay.Run(terminal, progress => RobustnessTrial.Of(
            loaded,
            sets,
            Disturbances.All,
            disturbed => trial.Prepared(parsed, loaded, disturbed, _ => { }),
            trial.LabelShare(parsed),
            parsed.GetValue(seed),
            progress,
            cancellation));
        var metrics = RobustnessMetrics.Of(loaded.Id, sets, trial.IsWearCalibrated(parsed), parsed.GetValue(seed), result);
        if (parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(metrics));
            return 0;
        }

        TableWriter.Write(terminal, [RobustnessTables.Of(metrics)]);
        TrialOptions.TellSeen(terminal, loaded, sets);
        terminal.Next("haredge train --wear-calibration learns from recordings turned as a calibrated device turns them.");
        return 0;
    }
}
