using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Reports.Page;
using HarEdge.Trainer.Training;
using HarEdge.Trainer.Windows;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge personal</c>: how much of one's own data a personal model needs, with each person of the data as the wearer.</summary>
internal sealed class PersonalCommand
{
    private readonly DataOptions data = new();
    private readonly SignalOptions signal = new();
    private readonly BudgetOptions budget = new();

    private readonly Option<string[]> people = new("--people")
    {
        Description = "Only these people as wearers, as SUBJECT or DATASET/SUBJECT; all the others are the public.",
        HelpName = "SUBJECT",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> seed = SharedOption.Seed();
    private readonly Option<bool> json = SharedOption.Json();

    private readonly ReportOption report = new();

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new PersonalCommand();
        var verb = new Verb("personal", "Takes each person as the wearer of a personal model and measures what how many seconds of own recordings are worth.")
        {
            Examples =
            [
                new("each person of the built-in synthetic wearer", "haredge personal"),
                new("two people of HAPT, the other 28 as the public", "haredge personal --data hapt.zip --people 10 12"),
            ],
        };
        command.data.AddTo(verb);
        verb.Options.Add(command.people);
        command.budget.AddTo(verb);
        command.signal.AddTo(verb);
        verb.Options.Add(command.seed);
        verb.Options.Add(command.json);
        command.report.AddFolderTo(verb);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        report.Verify(parsed);
        var hopSamples = signal.Hop(parsed);
        var options = budget.Applied(
            parsed,
            new TrainingOptions
            {
                Data = data.Read(parsed, signal.Range(parsed), terminal, cancellation, parsed.GetValue(seed)),
                Seed = parsed.GetValue(seed),
                WindowSamples = signal.Window(parsed),
                HopSamples = hopSamples,
                Command = Repeatable(parsed),
            });
        var wearers = Wearers(parsed, options.Data);
        var studies = ProgressDisplay.Run(terminal, progress =>
        {
            var steps = new RunProgress(progress, wearers.Count);
            return wearers.Select(wearer => PersonalMetrics.Of(Study(options, wearer, steps, cancellation))).ToList();
        });
        var metrics = new PersonalStudyMetrics(DataSet.NameOf(options.Data), DataSet.IsAnySynthetic(options.Data), options.Command, studies);
        report.Write(parsed, terminal, () => PersonalPage.Of(metrics, DataNames.Of(options.Data), [.. options.Data.Select(DataManifest.Of)]), () => ReportJson.Format(metrics));
        if (parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(metrics));
            return 0;
        }

        TableWriter.Write(terminal, studies.Count == 1 ? PersonalTables.Of(studies[0]) : PersonalTables.OfStudy(metrics));
        terminal.Next("haredge train --personal --wearer SUBJECT makes the model of one of them.");
        return 0;
    }

    // What decides the result, and nothing else.
    private string Repeatable(ParseResult parsed)
    {
        List<string> words = ["haredge", "personal", .. data.Repeatable(parsed)];
        words.AddRange(NameList.OrNull(parsed.GetValue(people)) is { } named ? [people.Name, .. named] : []);
        words.AddRange(budget.Repeatable(parsed));
        words.AddRange(signal.Repeatable(parsed));
        words.AddRange(SharedOption.SeedWords(parsed.GetValue(seed)));
        return CommandWords.Join(words);
    }

    private static PersonalStudy Study(TrainingOptions options, string wearer, RunProgress steps, CancellationToken cancellation)
    {
        steps.BeginStep();
        var classes = ClassUnion.Choose(options.Data, Wearer.ClassesOf(options.Data, wearer));
        var relabelled = options.Data.SelectMany(set => ClassUnion.Relabel(set, classes));
        return PersonalTrial.Run(options, PersonalSplit.Of(relabelled, classes, wearer, options.WindowSamples), steps, cancellation);
    }

    private List<string> Wearers(ParseResult parsed, IReadOnlyList<DataSet> sets)
    {
        var wanted = NameList.OrNull(parsed.GetValue(people));
        return wanted is not null
            ? [.. wanted.Select(name => Wearer.Find(sets, name, people.Name))]
            : [.. sets.SelectMany(set => set.Recordings).Select(WindowExtractor.SubjectKey).Distinct().Order(StringComparer.Ordinal)];
    }
}
