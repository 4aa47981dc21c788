using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Portability.NanoClr;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge verify-on-nanoclr</c>: the model on the real nanoFramework interpreter, compared with the desktop.</summary>
internal sealed class VerifyOnNanoClrCommand
{
    private const int DefaultWindows = 40;
    private const int MostWindows = 10_000;

    private readonly ModelOption model = new();
    private readonly DataOptions data = new();
    private readonly Option<bool> json = new("--json") { Description = "Print the counts as JSON." };

    private readonly Option<int> windows = NumberOption.Whole(
        "--windows", $"Windows to take from the data, spread over all of it ({DefaultWindows}); the known answers are checked as well.", DefaultWindows, 1, MostWindows);

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new VerifyOnNanoClrCommand();
        var verb = new Verb(
            "verify-on-nanoclr",
            "Runs the model on nanoFramework's own interpreter built for the PC and compares every feature, score and class; exit code 3 when they differ or the "
            + "interpreter cannot be run. Finds nanoclr and the metadata processor where they are installed; "
            + $"{NanoClrTools.ReferencesVariable}, {NanoClrTools.MetadataProcessorVariable} and {NanoClrTools.InterpreterVariable} name others. See {NanoClrTools.Page}.")
        {
            Examples =
            [
                new("the built-in model: known answers and synthetic windows", "haredge verify-on-nanoclr"),
                new("a run, on 1,000 windows of HAPT", "haredge verify-on-nanoclr --model runs/hapt --data hapt.zip --windows 1000"),
            ],
        };
        command.model.AddTo(verb);
        command.data.AddTo(verb);
        verb.Options.Add(command.windows);
        verb.Options.Add(command.json);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var tools = NanoClrTools.Find(Environment.GetEnvironmentVariable);
        var loaded = model.Load(parsed);
        var verification = new NanoClrVerification(loaded, tools);
        var sets = data.Read(parsed, loaded.Signal.Range, terminal, cancellation);
        ModelTrial.RefuseMissingGyroscope(loaded, sets);
        var recordings = sets.SelectMany(set => set.Recordings).ToList();
        var report = ProgressDisplay.Run(
            terminal, progress => verification.Run(recordings, parsed.GetRequiredValue(windows), progress, cancellation));
        if (parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(ParityOfModel.Of(loaded.Id, sets, report)));
        }
        else
        {
            TableWriter.Write(terminal, [ParityTables.Of($"model {loaded.Id} on its known answers and {DataNames.Of(sets)}", ParityMetrics.Of(report))]);
            terminal.Out.WriteLine(ParityTables.Line(report));
        }

        return ParityVerdict.Tell(terminal, report);
    }
}
