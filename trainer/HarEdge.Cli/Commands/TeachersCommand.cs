using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Cli.Tables;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Experiments;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Reports.Page;
using HarEdge.Trainer.Tables;
using HarEdge.Trainer.Training;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge teachers</c>: every teacher on the same people, side by side.</summary>
internal sealed class TeachersCommand
{
    private readonly DataOptions data = new();
    private readonly TableInput table = new();
    private readonly SignalOptions signal = new();
    private readonly TeacherOptions teacher = TeacherOptions.Files();
    private readonly Option<int> seed = SharedOption.Seed();

    private readonly Option<string?> file = new("--out", "-o")
    {
        Description = "A run folder for the results, report.html and metrics.json; or a file for the table (.md) or the numbers (.json), which is replaced.",
        HelpName = "FOLDER|FILE.md|FILE.json",
    };

    private readonly Option<bool> json = SharedOption.Json("Print the numbers as JSON instead of the table.");

    private readonly ReportOption page = new();

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new TeachersCommand();
        var verb = new Verb("teachers", "Trains every teacher on the same people and compares accuracy, calibration and time.")
        {
            Examples =
            [
                new("on the built-in synthetic wearer", "haredge teachers"),
                new("HAPT's official split, the table into a file", "haredge teachers --data hapt.zip --out teachers.md"),
                new("on a table of features", "haredge teachers --data train.csv --label Activity --group subject"),
                new("with a deep model beside them", "haredge teachers --data hapt.zip --teacher model.onnx --json"),
            ],
        };
        command.data.AddTo(verb);
        command.table.AddTo(verb);
        command.teacher.AddTo(verb);
        command.signal.AddTo(verb);
        verb.Options.Add(command.seed);
        verb.Options.Add(command.file);
        verb.Options.Add(command.json);
        command.page.AddFolderTo(verb, hasOut: true);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        if (table.IsGiven(parsed, data))
        {
            var name = data.FolderName(parsed);
            var place = OutputPath(parsed);
            var compared = TableVerbs.Compare(parsed, table, data, parsed.GetValue(seed), terminal, cancellation);
            var tables = TableComparison.Tables(name, compared).ToList();
            return Report(parsed, terminal, place, ReportJson.Format(compared), tables, [], () => TableComparison.Page(name, compared, ReportOption.Repeatable(parsed)));
        }

        var hopSamples = signal.Hop(parsed);
        var path = OutputPath(parsed);
        var onnx = teacher.OnnxFiles(parsed, signal.Window(parsed));
        var sets = data.Read(parsed, signal.Range(parsed), terminal, cancellation, parsed.GetValue(seed));
        var options = new TrainingOptions
        {
            Data = sets,
            Seed = parsed.GetValue(seed),
            WindowSamples = signal.Window(parsed),
            HopSamples = hopSamples,
            Command = "haredge teachers",
        };
        var report = ProgressDisplay.Run(terminal, progress => TeacherComparison.Run(options, onnx, progress, cancellation));
        return Report(
            parsed,
            terminal,
            path,
            ReportJson.Format(report),
            [TeacherTables.Of(report)],
            report.Notes,
            () => TeachersPage.Of(report, [.. sets.Select(DataManifest.Of)], ReportOption.Repeatable(parsed)));
    }

    private int Report(
        ParseResult parsed, Terminal terminal, string? path, string numbers, IReadOnlyList<ReportTable> tables, IReadOnlyList<string> notes, Func<ReportPage> report)
    {
        page.Write(parsed, terminal, report, () => numbers, path is { } folder && !IsFile(folder) ? folder : null);
        if (parsed.GetValue(json))
        {
            terminal.Out.Write(numbers);
        }
        else
        {
            TableWriter.Write(terminal, tables);
        }

        terminal.Note(notes);

        if (path is not null && IsFile(path))
        {
            var text = IsJson(path) ? numbers : string.Join('\n', tables.Select(shown => shown.ToMarkdown()));
            WholeFiles.Write(Path.GetDirectoryName(path)!, new Dictionary<string, string> { [Path.GetFileName(path)] = text });
            terminal.Say($"Wrote {parsed.GetValue(file)}.");
        }

        terminal.Next("haredge train --teacher NAME distils one of them; without the option it is the blend.");
        return 0;
    }

    private string? OutputPath(ParseResult parsed)
    {
        var given = parsed.GetValue(file);
        if (given is not null && !IsFile(given) && Path.GetExtension(given).Length > 1)
        {
            throw new InputException($"--out '{given}' is neither a .md nor a .json file, nor a folder by its name.", "Give a file one of these endings, and a folder none.", 2);
        }

        if (given is not null && IsFile(given))
        {
            WritablePlace.Verify(given);
            page.Verify(parsed);
            return Path.GetFullPath(given);
        }

        page.Verify(parsed, given);
        return given;
    }

    private static bool IsFile(string path) => IsJson(path) || path.EndsWith(".md", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
