using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Experiments;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Reports.Page;
using HarEdge.Trainer.Training;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge loso</c>: every person once judged by a model of all the others.</summary>
internal sealed class LosoCommand
{
    private readonly DataOptions data = new();
    private readonly SignalOptions signal = new();
    private readonly BudgetOptions budget = new();

    private readonly StudentOption student = new("the people left in");

    private readonly WearCalibrationOption wearCalibration = WearCalibrationOption.ToLearnFrom();

    private readonly Option<string[]> people = new("--people")
    {
        Description = "Only these people, as SUBJECT or DATASET/SUBJECT; the others learn.",
        HelpName = "SUBJECT",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> folder = new("--out", "-o")
    {
        Description = "Folder of the run files, one a person; what is there already is not done again. Without it, a folder under runs/ named after the data.",
        HelpName = "FOLDER",
    };

    private readonly Option<bool> allProfiles = new("--all-profiles")
    {
        Description = "Students of all profiles from the same windows and teachers, which takes about twice as long as the default alone; each has a folder of its name within --out.",
    };

    private readonly Option<int> jobs = NumberOption.Whole("--jobs", "Trainings at the same time; each takes about a gigabyte of memory on HAPT.", 1, 1, 64);
    private readonly Option<int> seed = SharedOption.Seed();
    private readonly Option<bool> json = SharedOption.Json();

    private readonly ReportOption report = new();

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new LosoCommand();
        var verb = new Verb("loso", "Leaves out one person after the other, trains on all the rest, and scores how the person left out is recognised.")
        {
            Examples =
            [
                new("on the built-in synthetic wearer", "haredge loso"),
                new("HAPT; stop it with Ctrl-C and start it again, and it goes on", "haredge loso --data hapt.zip --jobs 2"),
                new("tiny, default and best in one go", "haredge loso --data hapt.zip --all-profiles"),
                new("two people only, numbers for a program", "haredge loso --data hapt.zip --people 10 12 --json"),
            ],
        };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(command.allProfiles) && command.budget.IsGiven(result))
            {
                result.AddError("--all-profiles stands for every profile: leave out --profile, --max-bytes, --max-instructions and --search.");
            }
        });
        command.data.AddTo(verb);
        verb.Options.Add(command.people);
        command.student.AddTo(verb);
        command.budget.AddTo(verb);
        command.wearCalibration.AddTo(verb);
        command.signal.AddTo(verb);
        verb.Options.Add(command.allProfiles);
        verb.Options.Add(command.folder);
        verb.Options.Add(command.jobs);
        verb.Options.Add(command.seed);
        verb.Options.Add(command.json);
        command.report.AddOpenTo(verb);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var hopSamples = signal.Hop(parsed);
        var place = parsed.GetValue(folder) ?? Path.Combine("runs", "loso-" + data.FolderName(parsed));
        WritablePlace.Verify(place);
        var options = new TrainingOptions
        {
            Data = data.Read(parsed, signal.Range(parsed), terminal, cancellation, parsed.GetValue(seed)),
            Seed = parsed.GetValue(seed),
            WindowSamples = signal.Window(parsed),
            HopSamples = hopSamples,
            Student = student.Of(parsed),
            Recipe = StudentRecipe.Of(student.Of(parsed)),
            WearCalibration = wearCalibration.Choice(parsed),
            Command = "haredge loso",
        };
        var variants = VariantsOf(parsed, options, place);
        var wanted = NameList.OrNull(parsed.GetValue(people));
        var results = ProgressDisplay.Run(terminal, progress => LeaveOnePersonOut.Run(
            variants, wanted, parsed.GetValue(jobs), progress, cancellation));
        var metrics = variants.Zip(results, (variant, held) => new PeopleMetrics
        {
            Dataset = DataSet.NameOf(options.Data),
            Synthetic = DataSet.IsAnySynthetic(options.Data),
            Command = variant.Options.Command,
            Seed = options.Seed,
            People = held,
        }).ToList();
        DataManifest[] manifests = [.. options.Data.Select(DataManifest.Of)];
        var share = (double)options.HopSamples / options.WindowSamples;
        foreach (var (variant, figures) in variants.Zip(metrics))
        {
            report.WriteInto(parsed, terminal, variant.Folder, PeoplePage.Of(figures, DataNames.Of(options.Data), manifests, share));
        }

        if (parsed.GetValue(json))
        {
            terminal.Out.Write(metrics.Count == 1 ? ReportJson.Format(metrics[0]) : ReportJson.Format(metrics));
            return 0;
        }

        foreach (var variant in metrics)
        {
            TableWriter.Write(terminal, PeopleTables.Of(variant));
        }

        terminal.Next($"the run files are in {place}; the same command with --json prints them as one, for docs/results.");
        return 0;
    }

    private List<(TrainingOptions Options, string Folder)> VariantsOf(ParseResult parsed, TrainingOptions options, string place) =>
        parsed.GetValue(allProfiles)
            ?
            [
                .. Profile.All.Select(profile => (
                    profile.Applied(options, null) with { Command = Repeatable(parsed, ProfileOption.WordsOf(profile)) },
                    Path.Combine(place, profile.Name))),
            ]
            : [(budget.Applied(parsed, options) with { Command = Repeatable(parsed, budget.Repeatable(parsed)) }, place)];

    // What decides the result, and nothing else.
    private string Repeatable(ParseResult parsed, IEnumerable<string> within)
    {
        List<string> words = ["haredge", "loso", .. data.Repeatable(parsed)];
        words.AddRange(student.Repeatable(parsed));
        words.AddRange(within);
        words.AddRange(wearCalibration.Repeatable(parsed));
        words.AddRange(signal.Repeatable(parsed));
        words.AddRange(SharedOption.SeedWords(parsed.GetValue(seed)));
        return CommandWords.Join(words);
    }
}
