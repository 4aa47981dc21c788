using System.CommandLine;
using System.Globalization;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Exploration;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Reports.Page;
using HarEdge.Trainer.Tables;

namespace HarEdge.Cli.Tables;

/// <summary><c>haredge explore</c>: what is in recordings or in a table, before anything is believed of it.</summary>
internal sealed class ExploreCommand
{
    private const string NumbersFileName = "exploration.json";

    private readonly DataOptions data = new();
    private readonly TableInput table = new();
    private readonly SignalOptions signal = new();
    private readonly Option<int> seed = NumberOption.Whole("--seed", "Seed of every random choice.", 1, 0, int.MaxValue);
    private readonly Option<bool> json = new("--json") { Description = "Print what was found as JSON instead of tables." };
    private readonly Option<string?> folder = new("--out", "-o") { Description = $"Folder for the page ({ReportPage.FileName}) and the numbers ({NumbersFileName}).", HelpName = "FOLDER" };
    private readonly ReportOption page = new();

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new ExploreCommand();
        var verb = new Verb("explore", "Looks at recordings or a table: people, classes, doubtful labels, features that say the same, what parts which classes, and which importance can be trusted.")
        {
            Examples =
            [
                new("the built-in synthetic wearer, in the browser", "haredge explore --open"),
                new("HAPT, as a page", "haredge explore hapt.zip --report hapt-explored.html"),
                new("a course's table", "haredge explore train.csv --label Activity --group subject --out explored"),
            ],
        };
        command.data.AddUnnamedTo(verb);
        command.data.AddTo(verb);
        command.table.AddTo(verb);
        command.signal.AddTo(verb);
        verb.Options.Add(command.seed);
        verb.Options.Add(command.folder);
        verb.Options.Add(command.json);
        command.page.AddTo(verb);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var hopSamples = signal.Hop(parsed);
        if (parsed.GetValue(folder) is { } place)
        {
            WritablePlace.Verify(place);
        }

        if (table.IsGiven(parsed, data))
        {
            var read = TableVerbs.Read(table.Of(parsed, data), terminal, cancellation);
            return Explore(parsed, terminal, read, [.. read.Account.Tables(data.FolderName(parsed))], [], false, table.Repeatable(parsed, data), cancellation);
        }

        var sets = data.Read(parsed, signal.Range(parsed), terminal, cancellation, parsed.GetValue(seed));
        var windows = ProgressDisplay.Run(terminal, progress => RecordingExploration.TableOf(sets, signal.Window(parsed), hopSamples, progress));
        return Explore(
            parsed,
            terminal,
            windows,
            RecordingExploration.Tables(sets),
            RecordingExploration.Sections(sets),
            sets.Any(set => set.IsSynthetic),
            [.. data.Repeatable(parsed), .. signal.Repeatable(parsed)],
            cancellation);
    }

    private int Explore(
        ParseResult parsed,
        Terminal terminal,
        FeatureTable features,
        IReadOnlyList<ReportTable> input,
        IReadOnlyList<PageSection> signals,
        bool isSynthetic,
        IEnumerable<string> repeatable,
        CancellationToken cancellation)
    {
        var number = parsed.GetValue(seed);
        var report = ProgressDisplay.Run(terminal, progress => ExplorationReport.Of(data.FolderName(parsed), features, number, progress, cancellation));
        var command = CommandWords.Join(["haredge", "explore", .. repeatable, "--seed", number.ToString(CultureInfo.InvariantCulture)]);
        if (parsed.GetValue(folder) is { } place)
        {
            WholeFiles.Write(place, new Dictionary<string, string> { [NumbersFileName] = ReportJson.Format(report) });
            page.WriteInto(parsed, terminal, place, ExplorationPage.Of(report, input, signals, isSynthetic, command));
        }
        else
        {
            page.Write(parsed, terminal, () => ExplorationPage.Of(report, input, signals, isSynthetic, command));
        }

        if (parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(report));
            return 0;
        }

        TableWriter.Write(terminal, ExplorationPage.Tables(report));
        terminal.Next("the same with --open shows signals, distributions, the map and rank intervals as a page.");
        return 0;
    }
}
