using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Core;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Datasets.EdgeImpulse;
using HarEdge.Trainer.Datasets.PublicSets;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge data</c>: what concerns recordings alone.</summary>
internal static class DataCommand
{
    /// <summary>The verb with its sub-verbs.</summary>
    public static Command Create(Terminal terminal) => new("data", "Checks recordings, fetches public ones, or exports them.")
    {
        DataCheckCommand.Create(terminal),
        DataGetCommand.Create(terminal),
        DataExportCommand.Create(terminal),
    };
}

/// <summary><c>haredge data check</c>: reads recordings as training would, and reports everything about them.</summary>
internal sealed class DataCheckCommand
{
    private readonly UnitOptions units = new();
    private readonly Option<bool> json = SharedOption.Json("Print the manifest as JSON.");

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
            report["filesRead"] = JsonNode.Parse(ReportJson.Format(DataTables.ReadAlike(set)));
            // The manifest's own words travel in model files; here a data set is called as in every other report.
            report.Remove("isSynthetic");
            report.Remove("name");
            report.Insert(0, "dataset", manifest.Name);
            report.Insert(1, "synthetic", manifest.IsSynthetic);
            report["recordings"] = JsonNode.Parse(ReportJson.Format(set.Recordings.Select(recording => new { recording.Name, recording.Subject, recording.Origin }).ToList()));
            terminal.Out.Write(ReportJson.Format(report));
            return 0;
        }

        TableWriter.Write(terminal, DataTables.Of(manifest));
        TableWriter.Write(terminal, DataTables.Read(DataTables.ReadAlike(set)));
        if (set.Attribution is not null)
        {
            terminal.Out.WriteLine("Source: " + set.Attribution);
        }

        foreach (var warning in set.Report.Warnings)
        {
            terminal.Out.WriteLine("Note: " + warning);
        }

        terminal.Next(string.Join(' ', new[] { "haredge train --data", name }.Concat(units.Repeatable(parsed)).Select(word => word.Contains(' ') && !word.StartsWith("haredge") ? $"\"{word}\"" : word)));
        return 0;
    }
}

/// <summary><c>haredge data get</c>: fetches a public data set, or says how to get it.</summary>
internal sealed class DataGetCommand
{
    private readonly Argument<string> name = new("NAME")
    {
        Description = $"The data set: {string.Join(", ", PublicSet.All.Select(set => set.Name))}. Without it, hapt.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => HaptReader.Set.Name,
    };

    private readonly Option<string> folder = new("--out", "-o") { Description = "Folder for the download.", HelpName = "FOLDER", DefaultValueFactory = _ => "." };
    private readonly Option<bool> list = new("--list") { Description = "Download nothing; print all sets with people, place, terms and page." };
    private readonly Option<bool> json = SharedOption.Json("With --list, print it as JSON.");

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new DataGetCommand();
        command.name.AcceptOnly([.. PublicSet.All.Select(set => set.Name)]);
        var verb = new Verb("get", "Downloads a public data set from its archive, takes up what was begun, and verifies it.")
        {
            Examples =
            [
                new("HAPT into the current folder, about 80 MB", "haredge data get hapt"),
                new("what there is, and where by hand", "haredge data get --list"),
                new("the watches and phones of WISDM, about 300 MB", "haredge data get wisdm --out data"),
            ],
        };
        verb.Arguments.Add(command.name);
        verb.Options.Add(command.folder);
        verb.Options.Add(command.list);
        verb.Options.Add(command.json);
        verb.Does((parsed, cancellation) => parsed.GetValue(command.list) ? List(parsed.GetValue(command.json), terminal) : command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private static int List(bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.Out.Write(ReportJson.Format(PublicSet.All.Select(set => new
            {
                Dataset = set.Name, set.Title, set.Contents, set.Placements, set.Citation, set.Terms, Page = set.Page.ToString(), Download = set.Download?.ToString(), set.Quirks,
            }).ToList()));
            return 0;
        }

        TableWriter.Write(terminal,
        [
            new ReportTable("Public data sets that can be read", ["name", "what", "terms", "page", "fetched by data get"],
            [
                .. PublicSet.All.Select(set => (IReadOnlyList<string>)[set.Name, set.Contents, set.Terms, set.Page.ToString(), set.Download is null ? "no" : "yes"]),
            ]),
        ]);
        return 0;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var set = PublicSet.All.First(one => one.Name == parsed.GetRequiredValue(name));
        var path = Path.Combine(parsed.GetRequiredValue(folder), set.Name + ".zip");

        // The download resumes after each fault by itself; a limit on the whole would only cut off slow lines.
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var verified = ProgressDisplay.Run(
            terminal, progress => new PublicSetDownload(client, set).GetAsync(path, progress, cancellation).GetAwaiter().GetResult());
        terminal.Out.WriteLine(path);
        terminal.Say(verified);
        terminal.Say(set.Attribution);
        terminal.Next(set == HaptReader.Set ? $"haredge train --data {path}" : $"haredge data check {path}");
        return 0;
    }
}

/// <summary><c>haredge data export</c>: recordings in another program's form.</summary>
internal sealed class DataExportCommand
{
    private const string Json = "edge-impulse-json";
    private const string Csv = "edge-impulse-csv";

    private readonly DataOptions data = new();

    private readonly Option<string> format = new("--format")
    {
        Description = "Edge Impulse's data acquisition format, or its CSV; one file a labelled stretch, and info.labels.",
        HelpName = $"{Json}|{Csv}",
        DefaultValueFactory = _ => Json,
    };

    private readonly Option<string> output = new("--out")
    {
        Description = "New or empty folder for the files.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "export",
    };

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new DataExportCommand();
        var verb = new Verb("export", "Writes recordings in the form of Edge Impulse, which data check and train read again.")
        {
            Examples =
            [
                new("the built-in synthetic wearer", "haredge data export"),
                new("your recordings, to be uploaded", "haredge data export --data recordings --out for-upload"),
                new("HAPT as tables", "haredge data export --data hapt.zip --format edge-impulse-csv --out hapt-tables"),
            ],
        };
        command.format.AcceptOnly(Json, Csv);
        command.data.AddTo(verb);
        verb.Options.Add(command.format);
        verb.Options.Add(command.output);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var folder = parsed.GetRequiredValue(output);
        WritablePlace.Verify(folder);
        var isJson = parsed.GetRequiredValue(format) == Json;
        var export = new EdgeImpulseExport(isJson);
        foreach (var set in data.Read(parsed, new SensorRange(SensorScale.DefaultAccelRangeG, SensorScale.DefaultGyroRangeDps), terminal, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            export.Add(set);
        }

        export.Write(folder);
        terminal.Out.WriteLine(folder);
        terminal.Say($"{export.FileCount} files with {export.Samples} samples; {export.SamplesLeftOut} samples without a label were left out.");
        terminal.Next(isJson ? $"haredge data check {folder}" : $"haredge data check {folder} --accel-unit m/s2 --gyro-unit deg/s");
        return 0;
    }
}
