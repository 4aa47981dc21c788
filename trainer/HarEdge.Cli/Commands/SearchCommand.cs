using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Cli.Tables;
using HarEdge.Core;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Experiments;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Reports.Page;
using HarEdge.Trainer.Training;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge search</c>: many students tried on training people, the best for their cost kept.</summary>
internal sealed class SearchCommand
{
    private readonly DataOptions data = new();
    private readonly TableInput table = new();
    private readonly WearCalibrationOption wearCalibration = WearCalibrationOption.ToLearnFrom();
    private readonly Option<int> seed = SharedOption.Seed("Seed of the search: same seed, same trials.");
    private readonly Option<int> trials = NumberOption.Whole("--trials", "Trials in all, those of earlier starts included.", 60, 1, 100_000);
    private readonly Option<string?> folder = new("--out", "-o")
    {
        Description = "Folder of the search; an existing search goes on where it stopped. Without it, searches/ and the data's name.",
        HelpName = "FOLDER",
    };

    private readonly Option<bool> json = SharedOption.Json("Print the front as JSON instead of tables.");

    private readonly ReportOption report = new();

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new SearchCommand();
        var verb = new Verb("search", "Tries students of many kinds on training people and keeps the most accurate for their cost: a Pareto front, resumable at any time.")
        {
            Examples =
            [
                new("on the built-in synthetic wearer", "haredge search --trials 12"),
                new("HAPT, in the background for some hours; Ctrl-C and the same command goes on", "haredge search --data hapt.zip --trials 300"),
                new("on a table of features", "haredge search --data train.csv --label Activity --group subject --trials 40"),
                new("then train what it found", "haredge train --data hapt.zip --profile tiny --search searches/hapt"),
            ],
        };
        command.data.AddTo(verb);
        command.table.AddTo(verb);
        command.wearCalibration.AddTo(verb);
        verb.Options.Add(command.trials);
        verb.Options.Add(command.seed);
        verb.Options.Add(command.folder);
        verb.Options.Add(command.json);
        command.report.AddOpenTo(verb);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var place = parsed.GetValue(folder) ?? Path.Combine("searches", data.FolderName(parsed));
        if (table.IsGiven(parsed, data))
        {
            return TableVerbs.Search(parsed, table, data, place, parsed.GetValue(trials), parsed.GetValue(seed), parsed.GetValue(json), report, terminal, cancellation);
        }

        WritablePlace.Verify(Path.Combine(place, SearchFiles.TrialsFileName));
        var options = new TrainingOptions
        {
            Data = data.Read(parsed, new SensorRange(SensorScale.DefaultAccelRangeG, SensorScale.DefaultGyroRangeDps), terminal, cancellation, parsed.GetValue(seed)),
            Seed = parsed.GetValue(seed),
            WearCalibration = wearCalibration.Choice(parsed),
            Command = "haredge search",
        };
        var subject = SearchRun.SubjectOf(options);
        var log = TrialLog.Open(Path.Combine(place, SearchFiles.TrialsFileName), subject);
        if (log.Trials.Count > 0)
        {
            terminal.Say($"{place} has {log.Trials.Count} trials; going on.");
        }

        try
        {
            ProgressDisplay.Run(terminal, progress =>
            {
                SearchRun.Execute(options, log, parsed.GetValue(trials), progress, cancellation);
                return 0;
            });
        }
        finally
        {
            // Also when stopped: what was found so far is worth having.
            SearchFiles.Write(place, log.Trials, subject, options.Data);
            report.WriteInto(parsed, terminal, place, SearchPage.Of(log.Trials, subject, TrainCommandOf(parsed, place), ReportOption.Repeatable(parsed), [.. options.Data.Select(DataManifest.Of)]));
        }

        if (parsed.GetValue(json))
        {
            terminal.Out.Write(SearchFiles.FrontOf(log.Trials, subject, options.Data));
        }
        else
        {
            TableWriter.Write(terminal, SearchTables.Of(log.Trials, subject));
        }

        terminal.Next($"haredge train with the same data, --profile tiny, default or best, and --search {place} trains the best of a budget.");
        return 0;
    }

    // The same data, people and seed; the trial's number is still to come.
    private string TrainCommandOf(ParseResult parsed, string place) => CommandWords.Join(
    [
        "haredge", "train", .. data.Repeatable(parsed), .. wearCalibration.Repeatable(parsed),
        .. SharedOption.SeedWords(parsed.GetValue(seed)), "--search", place,
    ]);
}

/// <summary><c>haredge ablate</c>: what each part of the training recipe is worth on these people.</summary>
internal sealed class AblateCommand
{
    private readonly DataOptions data = new();
    private readonly SignalOptions signal = new();
    private readonly WearCalibrationOption wearCalibration = WearCalibrationOption.ToLearnFrom();
    private readonly Option<int> seed = SharedOption.Seed("Seed of folds and versions.");
    private readonly Option<bool> json = SharedOption.Json("Print JSON instead of the table.");
    private readonly ProfileOption profile = new();

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new AblateCommand();
        var verb = new Verb("ablate", "Leaves out one part of the training recipe after the other and measures what each is worth, on training people only.")
        {
            Examples =
            [
                new("on the built-in synthetic wearer", "haredge ablate"),
                new("HAPT, small students", "haredge ablate --data hapt.zip --profile tiny"),
            ],
        };
        command.data.AddTo(verb);
        command.profile.AddTo(verb);
        command.wearCalibration.AddTo(verb);
        command.signal.AddTo(verb);
        verb.Options.Add(command.seed);
        verb.Options.Add(command.json);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var budget = profile.Of(parsed);
        var hopSamples = signal.Hop(parsed);
        var options = new TrainingOptions
        {
            Data = data.Read(parsed, signal.Range(parsed), terminal, cancellation, parsed.GetValue(seed)),
            Seed = parsed.GetValue(seed),
            WearCalibration = wearCalibration.Choice(parsed),
            WindowSamples = signal.Window(parsed),
            HopSamples = hopSamples,
            Command = "haredge ablate",
        };
        var lines = ProgressDisplay.Run(terminal, progress => Ablation.Run(options, budget, progress, cancellation));
        if (parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(new { dataset = DataSet.NameOf(options.Data), synthetic = DataSet.IsAnySynthetic(options.Data), options.Seed, variants = lines }));
        }
        else
        {
            TableWriter.Write(terminal, [SearchTables.OfAblation(lines, SearchRun.SubjectOf(options), budget)]);
        }

        return 0;
    }
}
