using System.CommandLine;
using System.Diagnostics;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Exploration;
using HarEdge.Trainer.Learning.Learners;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Reports.Page;
using HarEdge.Trainer.Tables;
using HarEdge.Trainer.Tables.Reading;

namespace HarEdge.Cli.Tables;

/// <summary>What verbs do with a table instead of recordings.</summary>
internal static class TableVerbs
{
    private const string Auto = "auto";

    private static readonly string[] LearnerNames = [Auto, .. Enum.GetNames<TableLearnerKind>().Select(name => name.ToLowerInvariant())];

    /// <summary><c>haredge train</c> on a table.</summary>
    public static int Train(
        ParseResult parsed, TableInput input, DataOptions data, TeacherOptions teacher, RunOptions run, Terminal terminal, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var members = TableInput.SearchFolder(parsed) is { } searched ? [TableSearch.LearnerOf(TableSearch.Best(TableSearch.Open(searched, null)).Values)] : Members(teacher.Given(parsed));
        using var folder = run.Reserve(parsed, data.FolderName(parsed));
        var options = input.Of(parsed, data);
        var table = Read(options, terminal, cancellation);
        List<string> words = ["haredge", "train", .. input.Repeatable(parsed, data), .. TeacherWords(parsed, teacher)];
        words.AddRange(SharedOption.SeedWords(run.Seed(parsed)));
        var request = new TableTrainingRequest(options, run.Seed(parsed), CommandWords.Join(words), members);
        var examples = Examples(table, options, terminal);
        var result = ProgressDisplay.Run(terminal, progress => TableTraining.Run(table, examples, request, progress, cancellation));
        var name = data.FolderName(parsed);
        var metrics = TableMetrics.Of(name, result);
        if (run.IsJson(parsed))
        {
            terminal.Out.Write(ReportJson.Format(metrics));
        }
        else
        {
            TableWriter.Write(terminal, TableReport.Of(name, result));
        }

        folder.Publish(TableReport.Files(name, result, metrics));
        terminal.Say($"Wrote {folder.Path} in {clock.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", RunFolder.TableFileNames)}.");
        run.Shown(parsed, terminal, folder.Path);
        terminal.Next($"haredge predict --model {folder.Path} --data FILE labels another table with the same columns.");
        return 0;
    }

    /// <summary><c>haredge teachers</c> on a table.</summary>
    public static TableComparisonReport Compare(ParseResult parsed, TableInput input, DataOptions data, int seed, Terminal terminal, CancellationToken cancellation)
    {
        var options = input.Of(parsed, data);
        var table = Read(options, terminal, cancellation);
        return ProgressDisplay.Run(terminal, progress => TableComparison.Run(table, options, seed, progress, cancellation)) with { Dataset = data.FolderName(parsed) };
    }

    /// <summary><c>haredge search</c> on a table.</summary>
    public static int Search(
        ParseResult parsed, TableInput input, DataOptions data, string folder, int trials, int seed, bool asJson, ReportOption report, Terminal terminal, CancellationToken cancellation)
    {
        WritablePlace.Verify(Path.Combine(folder, TableSearch.TrialsFileName));
        var options = input.Of(parsed, data);
        var table = Read(options, terminal, cancellation);
        var examples = Examples(table, options, terminal);
        var train = TableTraining.Learnable(examples.Select(examples.Labelled(test: false)));
        var subject = CommandWords.Join(["haredge", "search", .. input.Repeatable(parsed, data), .. SharedOption.SeedWords(seed)]);
        var found = ProgressDisplay.Run(terminal, progress => TableSearch.Execute(train, folder, subject, trials, seed, progress, cancellation));
        report.WriteInto(parsed, terminal, folder, TableReport.OfSearch(data.FolderName(parsed), found, ReportOption.Repeatable(parsed), table));
        if (asJson)
        {
            terminal.Out.Write(ReportJson.Format(new { Dataset = data.FolderName(parsed), Synthetic = false, HonestAccuracy = TableSearch.HonestAccuracy(found), Best = TableSearch.Best(found), Trials = found }));
        }
        else
        {
            TableWriter.Write(terminal, TableSearch.Tables(data.FolderName(parsed), found));
        }

        terminal.Next($"haredge train with the same data and --search {folder} trains the best; more --trials go on from here.");
        return 0;
    }

    /// <summary><c>haredge evaluate</c> with a model of a table.</summary>
    public static int Evaluate(ParseResult parsed, string model, DataOptions data, bool asJson, ReportOption report, Terminal terminal, CancellationToken cancellation)
    {
        using var loaded = TableModel.Read(model);
        var found = ProgressDisplay.Run(terminal, progress => TablePrediction.Run(loaded, new TablePredictionRequest(data.Paths(parsed)), progress, cancellation));
        terminal.Note(found.Examples.Account.Warnings);

        if (found.Accuracy is not { Windows: > 0 })
        {
            throw new InputException($"The table has no labels to score the model by: there is no column '{loaded.Header.Roles.Label}'.", "Give a table with labels, or use haredge predict.");
        }

        report.Write(
            parsed,
            terminal,
            () => TableReport.OfPrediction(loaded, found, ReportOption.Repeatable(parsed)),
            () => ReportJson.Format(PredictionMetrics.Of(loaded, found, data.FolderName(parsed))));
        if (asJson)
        {
            terminal.Out.Write(ReportJson.Format(PredictionMetrics.Of(loaded, found, data.FolderName(parsed))));
        }
        else
        {
            TableWriter.Write(terminal, TableReport.Of(loaded, found));
        }

        return 0;
    }

    /// <summary>Reads a table, with progress, and reports what is odd about it before anything long begins.</summary>
    public static FeatureTable Read(TableOptions options, Terminal terminal, CancellationToken cancellation)
    {
        var table = ProgressDisplay.Run(terminal, progress => TableReader.Read(options, progress, cancellation));
        terminal.Note(table.Account.Warnings);

        return table;
    }

    /// <summary>What is learned from; what dropping or filling gaps does is told before anything long begins.</summary>
    public static FeatureTable Examples(FeatureTable table, TableOptions options, Terminal terminal)
    {
        var told = table.Account.Warnings.Count;
        var examples = ProgressDisplay.Run(terminal, progress => TableTraining.Examples(table, options.Missing, progress));
        terminal.Note(table.Account.Warnings.Skip(told));

        return examples;
    }

    private static IEnumerable<string> TeacherWords(ParseResult parsed, TeacherOptions teacher) =>
        TableInput.SearchFolder(parsed) is { } folder ? ["--search", Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))]
            : Members(teacher.Given(parsed)) is null ? [] : ["--teacher", teacher.Given(parsed)[0].ToLowerInvariant()];

    /// <summary>The learners named; null for the blend.</summary>
    /// <exception cref="InputException">There is none of the name (exit code 2).</exception>
    public static IReadOnlyList<TableLearner>? Members(IReadOnlyList<string> names)
    {
        if (names.Count == 0 || (names.Count == 1 && string.Equals(names[0], Auto, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        return [.. names.Select(name => Enum.TryParse<TableLearnerKind>(name, ignoreCase: true, out var kind) && !int.TryParse(name, out _)
            ? TableLearner.Of(kind)
            : throw new InputException(
                $"There is no teacher '{name}' for tables.",
                NearestName.Question(name, LearnerNames) + $"Choose from {string.Join(", ", LearnerNames)}; teachers of raw windows need recordings.",
                2))];
    }
}

/// <summary><c>haredge explore</c>: what is in recordings or in a table, before anything is believed of it.</summary>
internal sealed class ExploreCommand
{
    private const string NumbersFileName = "exploration.json";
    private const string SuspiciousFileName = "suspicious.csv";

    private readonly DataOptions data = new();
    private readonly TableInput table = new();
    private readonly SignalOptions signal = new();
    private readonly Option<int> seed = SharedOption.Seed();
    private readonly Option<bool> json = SharedOption.Json("Print what was found as JSON instead of tables.");
    private readonly Option<string?> folder = new("--out", "-o") { Description = $"Folder for the page ({ReportPage.FileName}), the numbers ({NumbersFileName}) and every row whose label is contradicted ({SuspiciousFileName}).", HelpName = "FOLDER" };
    private readonly ReportOption page = new();

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new ExploreCommand();
        var verb = new Verb("explore", "Examines recordings or a table: people, classes, doubtful labels, features that say the same, what parts which classes, and which importance can be trusted.")
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
            var options = table.Of(parsed, data);
            var read = TableVerbs.Read(options, terminal, cancellation);
            return Explore(parsed, terminal, TableVerbs.Examples(read, options, terminal), [.. read.Account.Tables(data.FolderName(parsed))], [], false, table.Repeatable(parsed, data), cancellation);
        }

        var sets = data.Read(parsed, signal.Range(parsed), terminal, cancellation, parsed.GetValue(seed));
        var windows = ProgressDisplay.Run(terminal, progress => RecordingExploration.TableOf(sets, signal.Window(parsed), hopSamples, progress));
        return Explore(
            parsed,
            terminal,
            windows,
            RecordingExploration.Tables(sets),
            RecordingExploration.Sections(sets),
            DataSet.IsAnySynthetic(sets),
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
        var report = ProgressDisplay.Run(terminal, progress => ExplorationReport.Of(data.FolderName(parsed), features, number, progress, cancellation)) with { Synthetic = isSynthetic };
        var command = CommandWords.Join(["haredge", "explore", .. repeatable, .. SharedOption.SeedWords(number)]);
        if (parsed.GetValue(folder) is { } place)
        {
            WholeFiles.Write(place, new Dictionary<string, string> { [NumbersFileName] = ReportJson.Format(report), [SuspiciousFileName] = SuspiciousLabel.ToCsv(report.Contradicted) });
            page.WriteInto(parsed, terminal, place, ExplorationPage.Of(report, input, signals, isSynthetic, command));
        }
        else
        {
            page.Write(parsed, terminal, () => ExplorationPage.Of(report, input, signals, isSynthetic, command), () => ReportJson.Format(report));
        }

        if (parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(report));
            return 0;
        }

        TableWriter.Write(terminal, ExplorationPage.Tables(report, input));
        terminal.Next("the same with --open shows signals, distributions, the map and rank intervals as a page.");
        return 0;
    }
}
