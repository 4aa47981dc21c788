using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Core;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Cli.Commands;

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
