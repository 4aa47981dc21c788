using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Experiments;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Training;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge ablate</c>: what each part of the training recipe is worth on these people.</summary>
internal sealed class AblateCommand
{
    private readonly DataOptions data = new();
    private readonly SignalOptions signal = new();
    private readonly WearCalibrationOption wearCalibration = WearCalibrationOption.ToLearnFrom();
    private readonly Option<int> seed = NumberOption.Whole("--seed", "Seed of folds and versions.", 1, 0, int.MaxValue);
    private readonly Option<bool> json = new("--json") { Description = "Print JSON instead of the table." };
    private readonly ProfileOption profile = new();

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new AblateCommand();
        var verb = new Verb("ablate", "Leaves out one part of the training recipe after the other and tells what each is worth, on training people only.")
        {
            Examples =
            [
                new("on the built-in synthetic wearer", "haredge ablate"),
                new("HAPT, small students", "haredge ablate --data hapt.zip --profile tiny"),
            ],
        };
        command.data.AddTo(verb);
        command.profile.AddTo(verb);
        command.wearCalibration.AddTo(verb);
        command.signal.AddTo(verb);
        verb.Options.Add(command.seed);
        verb.Options.Add(command.json);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var budget = profile.Of(parsed);
        var hopSamples = signal.Hop(parsed);
        var options = new TrainingOptions
        {
            Data = data.Read(parsed, signal.Range(parsed), terminal, cancellation, parsed.GetValue(seed)),
            Seed = parsed.GetValue(seed),
            WearCalibration = wearCalibration.IsGiven(parsed),
            WindowSamples = signal.Window(parsed),
            HopSamples = hopSamples,
            Command = "haredge ablate",
        };
        var lines = ProgressDisplay.Run(terminal, progress => Ablation.Run(options, budget, progress, cancellation));
        if (parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(lines));
        }
        else
        {
            TableWriter.Write(terminal, [SearchTables.OfAblation(lines, SearchRun.SubjectOf(options), budget)]);
        }

        return 0;
    }
}
