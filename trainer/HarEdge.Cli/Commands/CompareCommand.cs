using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge compare</c>: trainer, generated code and device twin, bit for bit.</summary>
internal sealed class CompareCommand
{
    private readonly ModelOption model = new();
    private readonly DataOptions data = new();
    private readonly Option<bool> json = new("--json") { Description = "Print the counts as JSON." };

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new CompareCommand();
        var verb = new Verb("compare", "Checks that trainer, generated code and device twin agree on every feature, score and label; exit code 3 when not.")
        {
            Examples =
            [
                new("the built-in model on the built-in synthetic wearer", "haredge compare"),
                new("a run on all of HAPT", "haredge compare --model runs/hapt --data hapt.zip"),
            ],
        };
        command.model.AddTo(verb);
        command.data.AddTo(verb);
        verb.Options.Add(command.json);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var loaded = model.Load(parsed);
        var sets = data.Read(parsed, loaded.Signal.Range, terminal, cancellation);
        var recordings = sets.SelectMany(set => set.Recordings).ToList();
        var report = ProgressDisplay.Run(terminal, progress => ModelParity.Run(loaded, GeneratedSources.Of(loaded), recordings, progress));
        if (parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(ParityMetrics.Of(report)));
        }
        else
        {
            TableWriter.Write(terminal, [ParityTables.Of($"model {loaded.Id} on {DataNames.Of(sets)}, {recordings.Count} recordings", report)]);
            terminal.Out.WriteLine(ParityTables.Line(report));
        }

        return ParityVerdict.Tell(terminal, report);
    }
}
