using System.CommandLine;
using System.Reflection;
using System.Text;
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

/// <summary><c>haredge new</c>: a firmware project with a model in it, from the sources inside this program.</summary>
internal sealed class NewCommand
{
    private const int Misused = 2;
    private const string Prefix = "HarEdge.Cli.new/";
    private const string Generated = "firmware/Core/Generated/";

    private readonly Argument<string> folder = new("folder") { Description = "The folder to write; it must not be there, or be empty.", HelpName = "FOLDER" };
    private readonly ModelOption model = new();

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new NewCommand();
        var verb = new Verb("new", "Writes a firmware project with a model in it, ready to be opened, built and flashed.")
        {
            Examples =
            [
                new("with the built-in model", "haredge new my-band"),
                new("with a model of your own", "haredge new my-band --model runs/hapt"),
            ],
        };
        verb.Arguments.Add(command.folder);
        command.model.AddTo(verb);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var target = Path.GetFullPath(parsed.GetRequiredValue(folder));
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new InputException($"'{target}' is there already.", "Name a folder that is not; to put another model into a project: haredge generate --out firmware/Core/Generated.", Misused);
        }

        var loaded = model.Load(parsed);
        var files = Files();
        var sources = GeneratedSources.Of(loaded);
        using (sources.Compile())
        {
            cancellation.ThrowIfCancellationRequested();
        }

        files[Generated + RunFolder.ModelSourceFileName] = Encoding.UTF8.GetBytes(sources.Model);
        files[Generated + RunFolder.KnownAnswersFileName] = Encoding.UTF8.GetBytes(sources.KnownAnswers);
        files[Generated + RunFolder.ModelFileName] = Encoding.UTF8.GetBytes(ModelFile.Format(loaded));
        files["README.md"] = Encoding.UTF8.GetBytes(Page(Path.GetFileName(target), loaded));
        Write(target, files);
        terminal.Out.WriteLine(target);
        terminal.Next($"cd {parsed.GetRequiredValue(folder)}, and follow its README.md: wiring, build, flash.");
        return 0;
    }

    /// <summary>The project's files by their path, as they were when this program was built.</summary>
    internal static SortedDictionary<string, byte[]> Files()
    {
        var program = Assembly.GetExecutingAssembly();
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in program.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var bytes = new MemoryStream();
            using var resource = program.GetManifestResourceStream(name)!;
            resource.CopyTo(bytes);
            files[name[Prefix.Length..].Replace('\\', '/')] = bytes.ToArray();
        }

        return files;
    }

    // Beside the target first: nobody sees half a project.
    private static void Write(string target, SortedDictionary<string, byte[]> files)
    {
        var partial = $"{target}.partial-{Guid.NewGuid():N}";
        try
        {
            foreach (var (name, bytes) in files)
            {
                var path = Path.Combine(partial, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, bytes);
            }

            if (Directory.Exists(target))
            {
                Directory.Delete(target);
            }

            Directory.Move(partial, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }

            throw new InputException($"'{target}' cannot be written: {e.Message.Replace(partial, target, StringComparison.Ordinal)}", "Make room, or name another folder.", inner: e);
        }
    }

    private static string Page(string name, FixedPointModel model) =>
        $"""
        # {name}

        Firmware for an activity-recognising band: an ESP32, ESP32-S3 or ESP32-C3 with an MPU6050, on .NET nanoFramework. Made by `haredge new`; model {model.Id}, which knows
        {string.Join(", ", model.Classes)}.

        1. **Wire it.** `haredge wiring --board esp32 --out .` prints which pin goes where, and draws it.
        2. **Build.** Open `firmware/HarEdge.Firmware/HarEdge.Firmware.sln` in Visual Studio 2022 with the extension ".NET nanoFramework" and build in Release; or in VS Code with the
           extension of the same name: "nanoFramework: Build Project" on `HarEdge.Firmware.nfproj`. Build `firmware/HarEdge.BringUp` likewise.
        3. **Is it wired right?** `dotnet tool install -g nanoff`, then `haredge flash --bring-up` in this folder.
        4. **Flash.** `haredge flash`, and watch: `haredge monitor`.
        5. **Another model.** `haredge generate --model runs/mine --out firmware/Core/Generated`, build, and `haredge flash --keep-runtime --model runs/mine`.

        When something is not as it should be: `haredge doctor`.

        """.ReplaceLineEndings("\n");
}
