using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Tables;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge generate</c>: the device's source from a model.</summary>
internal sealed class GenerateCommand
{
    private readonly ModelOption model = new();

    private readonly Option<string> folder = new("--out", "-o")
    {
        Description = "Folder for ActivityModel.g.cs, KnownAnswers.g.cs and model.json, or of a model of a table TableClassifier.cs; files of these names are replaced.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "generated",
    };

    private readonly Option<string?> card = new("--card")
    {
        Description = "Also write the model's card, a page of Markdown, to this file.",
        HelpName = "FILE",
    };

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new GenerateCommand();
        var verb = new Verb("generate", "Writes the C# the device runs, from a model; from a model of a table, a class for any program.")
        {
            Examples =
            [
                new("the built-in model, to read", "haredge generate"),
                new("a run's model into the firmware, from the root of a clone", "haredge generate --model runs/hapt --out firmware/Core/Generated"),
                new("a model of a table as a class for a program of yours", "haredge generate --model runs/course --out generated"),
                new("a run's model with its card", "haredge generate --model runs/hapt --out firmware/Core/Generated --card docs/MODEL-CARD.md"),
            ],
        };
        command.model.AddTo(verb);
        verb.Options.Add(command.folder);
        verb.Options.Add(command.card);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var target = parsed.GetRequiredValue(folder);
        if (TableModel.IsAt(model.Path(parsed)))
        {
            return OfTable(parsed, target, terminal);
        }

        WritablePlace.Verify(Path.Combine(target, RunFolder.ModelFileName));
        var loaded = model.Load(parsed);
        var sources = GeneratedSources.Of(loaded);
        using (sources.Compile())
        {
            cancellation.ThrowIfCancellationRequested();
        }

        var files = new Dictionary<string, string>
        {
            [RunFolder.ModelSourceFileName] = sources.Model,
            [RunFolder.KnownAnswersFileName] = sources.KnownAnswers,
            [RunFolder.ModelFileName] = ModelFile.Format(loaded),
        };
        if (parsed.GetValue(card) is { } page)
        {
            WholeFiles.Write(
                Path.GetDirectoryName(Path.GetFullPath(page))!, new Dictionary<string, string> { [Path.GetFileName(page)] = ModelCard.Of(loaded) });
            terminal.Out.WriteLine(page);
        }

        WholeFiles.Write(target, files);
        foreach (var name in files.Keys)
        {
            terminal.Out.WriteLine(Path.Combine(target, name));
        }

        terminal.Next("build the firmware (firmware/HarEdge.Firmware) and flash it; it checks itself against the known answers when it starts.");
        return 0;
    }

    private int OfTable(ParseResult parsed, string target, Terminal terminal)
    {
        if (parsed.GetValue(card) is not null)
        {
            throw new InputException("A card is of a device's model, and this is one of a table.", "Leave out --card.", 2);
        }

        WritablePlace.Verify(Path.Combine(target, TableModelCode.FileName));
        using var loaded = TableModel.Read(model.Path(parsed)!);
        WholeFiles.Write(target, new Dictionary<string, string> { [TableModelCode.FileName] = TableModelCode.Of(loaded) });
        terminal.Out.WriteLine(Path.Combine(target, TableModelCode.FileName));
        terminal.Next($"put {TableModelCode.FileName} into a program of yours: TableClassifier.Classify(row) needs nothing else.");
        return 0;
    }
}
