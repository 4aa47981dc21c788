using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Portability;
using HarEdge.Trainer.Portability.NanoClr;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge check-firmware</c>: what compiled code for nanoFramework uses that its runtime cannot do, or does differently.</summary>
internal sealed class CheckFirmwareCommand
{
    private readonly Option<string?> api = new("--api")
    {
        Description = "Folder of lists of the runtime's members, *.txt, one XML documentation id a line: anything else that is used is a finding, too.",
        HelpName = "FOLDER",
    };

    private readonly Argument<string[]> files = new("FILE")
    {
        Description = "Assemblies as the compiler wrote them (.dll, .exe). Without any, Core and the built-in model.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new CheckFirmwareCommand();
        var verb = new Verb(
            "check-firmware",
            "Looks in compiled code for what .NET nanoFramework accepts and then fails at in silence, or computes otherwise than the desktop: generics, unsigned arithmetic, structs and the "
            + "like; exit code 3 when something was found. For anybody's code, not only HarEdge's.")
        {
            Examples =
            [
                new("the code HarEdge generates", "haredge check-firmware"),
                new("an application of your own", "haredge check-firmware MyFirmware/bin/Release/MyFirmware.exe"),
            ],
        };
        verb.Arguments.Add(command.files);
        verb.Options.Add(command.api);
        verb.Does((parsed, _) => command.Execute(parsed, terminal));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal)
    {
        var members = parsed.GetValue(api) is { } folder ? Members(folder) : null;
        var named = parsed.GetValue(files) ?? [];
        var findings = named.Length == 0
            ? BuiltIn(members)
            : [.. named.SelectMany(file => SubsetScan.RunOn(file, members))];
        if (findings.Count == 0)
        {
            terminal.Out.WriteLine("Nothing was found that nanoFramework cannot do.");
            return 0;
        }

        TableWriter.Write(
            terminal,
            [new ReportTable("Findings", ["rule", "where", "what"], [.. findings.Select(finding => (IReadOnlyList<string>)[finding.Rule, finding.Place, finding.Detail])])]);
        return InputException.CheckFailed;
    }

    private static IReadOnlyList<Finding> BuiltIn(IReadOnlyCollection<string>? members)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, DeviceCompiler.CompileForDesktop(DeviceSource.CommittedModel));
            return SubsetScan.RunOn(file, members);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static HashSet<string> Members(string folder)
    {
        var lists = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.txt") : [];
        return lists.Length > 0
            ? [.. lists.SelectMany(File.ReadAllLines).Select(line => line.Trim())]
            : throw new InputException($"{folder} holds no list of members.", "Name a folder with *.txt files, one XML documentation id a line.", 2);
    }
}

/// <summary><c>haredge verify-on-nanoclr</c>: the model on the real nanoFramework interpreter, compared with the desktop.</summary>
internal sealed class VerifyOnNanoClrCommand
{
    private const int DefaultWindows = 40;
    private const int MostWindows = 10_000;

    private readonly ModelOption model = new();
    private readonly DataOptions data = new();
    private readonly Option<bool> json = SharedOption.Json("Print the counts as JSON.");

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
        var sets = data.ReadAllFor(parsed, loaded, terminal, cancellation);
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

        return ParityVerdict.Report(terminal, report);
    }
}
