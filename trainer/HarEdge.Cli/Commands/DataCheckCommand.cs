using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Core;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge data check</c>: reads recordings as training would, and tells everything about them.</summary>
internal sealed class DataCheckCommand
{
    private readonly UnitOptions units = new();
    private readonly Option<bool> json = new("--json") { Description = "Print the manifest as JSON." };

    private readonly Argument<string> path = new("PATH")
    {
        Description = "A zip, folder or CSV file. Without it, the built-in synthetic wearer (synthetic or synthetic:SEED).",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => SyntheticWearer.Name,
    };

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new DataCheckCommand();
        var verb = new Verb("check", "Reads recordings as training would and reports files, people, classes, gaps, units and clipping.")
        {
            Examples =
            [
                new("the built-in synthetic wearer", "haredge data check"),
                new("HAPT, with its known hashes", "haredge data check hapt.zip"),
                new("a CSV file that does not state its units", "haredge data check walks.csv --accel-unit g --gyro-unit deg/s --rate 100"),
            ],
        };
        verb.Arguments.Add(command.path);
        command.units.AddTo(verb);
        verb.Options.Add(command.json);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var options = units.Read(parsed, new SensorRange(SensorScale.DefaultAccelRangeG, SensorScale.DefaultGyroRangeDps));
        var name = parsed.GetRequiredValue(path);
        var set = ProgressDisplay.Run(terminal, progress => DataSetReader.Open(name, options, progress, cancellation));
        var manifest = DataManifest.Of(set);
        if (parsed.GetValue(json))
        {
            var report = JsonSerializer.Deserialize<JsonObject>(ReportJson.Format(manifest))!;
            report["recordings"] = JsonNode.Parse(ReportJson.Format(set.Recordings.Select(recording => new { recording.Name, recording.Subject, recording.Origin }).ToList()));
            terminal.Out.Write(ReportJson.Format(report));
            return 0;
        }

        TableWriter.Write(terminal, DataTables.Of(manifest));
        if (DataTables.Understood(set) is { } understood)
        {
            TableWriter.Write(terminal, [understood]);
        }

        if (set.Attribution is not null)
        {
            terminal.Out.WriteLine("Source: " + set.Attribution);
        }

        foreach (var warning in set.Report.Warnings)
        {
            terminal.Out.WriteLine("Note: " + warning);
        }

        terminal.Next($"haredge train --data {name}");
        return 0;
    }
}
