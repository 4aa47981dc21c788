using System.CommandLine;
using System.Globalization;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Tables;

namespace HarEdge.Cli.Tables;

/// <summary><c>haredge features</c>: windows and features of recordings as tables.</summary>
internal sealed class FeaturesCommand
{
    private readonly DataOptions data = new();
    private readonly SignalOptions signal = new();

    private readonly Option<string> folder = new("--out", "-o")
    {
        Description = "Folder for one file a recording, and columns.json with the unit of each feature.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "features",
    };

    private readonly Option<string> format = new("--format") { Description = "Format of the files.", HelpName = "parquet|csv", DefaultValueFactory = _ => "parquet" };

    private readonly Option<string> shard = new("--shard")
    {
        Description = "The part of the recordings to do, so that several machines share the work: 2/4 is the second of four.",
        HelpName = "I/N",
        DefaultValueFactory = _ => "1/1",
    };

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new FeaturesCommand();
        var verb = new Verb("features", "Writes windows and all their features as tables, one file a recording, for other tools and for train.")
        {
            Examples =
            [
                new("of the synthetic wearer", "haredge features"),
                new("HAPT as CSV, the first of two halves", "haredge features --data hapt.zip --format csv --shard 1/2 --out store"),
                new("then a model of the table", "haredge train --features store"),
            ],
        };
        command.format.AcceptOnly("parquet", "csv");
        command.data.AddTo(verb);
        command.signal.AddTo(verb);
        verb.Options.Add(command.folder);
        verb.Options.Add(command.format);
        verb.Options.Add(command.shard);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var place = parsed.GetRequiredValue(folder);
        WritablePlace.Verify(Path.Combine(place, FeatureStore.ColumnsFileName));
        var (part, parts) = Shard(parsed.GetRequiredValue(shard));
        var request = new FeatureStoreRequest(place, signal.Window(parsed), signal.Hop(parsed), parsed.GetRequiredValue(format) == "csv", part, parts);
        var sets = data.Read(parsed, signal.Range(parsed), terminal, cancellation);
        var (files, windows) = ProgressDisplay.Run(terminal, progress => FeatureStore.Write(sets, request, progress, cancellation));
        terminal.Say($"Wrote {TableAccount.Count(windows)} windows of {files} recordings into {place}.");
        terminal.Next($"haredge train --features {place} learns from them.");
        return 0;
    }

    private static (int Part, int Parts) Shard(string text)
    {
        var numbers = text.Split('/');
        return numbers.Length == 2 && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parts) && part >= 1 && part <= parts
            ? (part, parts)
            : throw new InputException($"--shard '{text}' is no part of a whole.", "Write for example --shard 2/4 for the second of four parts.", 2);
    }
}
