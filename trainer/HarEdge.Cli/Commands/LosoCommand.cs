using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer.Evaluation.People;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Training;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge loso</c>: every person once judged by a model of all the others.</summary>
internal sealed class LosoCommand
{
    private readonly DataOptions data = new();
    private readonly SignalOptions signal = new();
    private readonly BudgetOptions budget = new();

    private readonly StudentOption student = new("the people left in");

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

    private readonly Option<int> jobs = NumberOption.Whole("--jobs", "Trainings at the same time; each takes about a gigabyte of memory on HAPT.", 1, 1, 64);
    private readonly Option<int> seed = NumberOption.Whole("--seed", "Seed of every random choice: same seed, same bytes.", 1, 0, int.MaxValue);
    private readonly Option<bool> json = new("--json") { Description = "Print the numbers as JSON instead of tables." };

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new LosoCommand();
        var verb = new Verb("loso", "Leaves out one person after the other, trains on all the rest, and tells how the person left out is recognised.")
        {
            Examples =
            [
                new("on the built-in synthetic wearer", "haredge loso"),
                new("HAPT; stop it with Ctrl-C and start it again, and it goes on", "haredge loso --data hapt.zip --jobs 2"),
                new("two people only, numbers for a program", "haredge loso --data hapt.zip --people 10 12 --json"),
            ],
        };
        command.data.AddTo(verb);
        verb.Options.Add(command.people);
        command.student.AddTo(verb);
        command.budget.AddTo(verb);
        command.signal.AddTo(verb);
        verb.Options.Add(command.folder);
        verb.Options.Add(command.jobs);
        verb.Options.Add(command.seed);
        verb.Options.Add(command.json);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var hopSamples = signal.Hop(parsed);
        var place = parsed.GetValue(folder) ?? Path.Combine("runs", "loso-" + data.FolderName(parsed));
        WritablePlace.Verify(place);
        var options = budget.Applied(
            parsed,
            new TrainingOptions
            {
                Data = data.Read(parsed, signal.Range(parsed), terminal, cancellation, parsed.GetValue(seed)),
                Seed = parsed.GetValue(seed),
                WindowSamples = signal.Window(parsed),
                HopSamples = hopSamples,
                Student = student.Of(parsed),
                Command = Repeatable(parsed),
            });
        var wanted = NameList.OrNull(parsed.GetValue(people));
        var results = ProgressDisplay.Run(terminal, progress => LeaveOnePersonOut.Run(
            options, place, wanted, parsed.GetValue(jobs), progress, cancellation));
        var metrics = new PeopleMetrics { Command = options.Command, Seed = options.Seed, People = results };
        if (parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(metrics));
            return 0;
        }

        TableWriter.Write(terminal, PeopleTables.Of(metrics));
        terminal.Next($"the run files are in {place}; haredge loso --json prints them as one, for docs/results.");
        return 0;
    }

    // What decides the result, and nothing else.
    private string Repeatable(ParseResult parsed)
    {
        List<string> words = ["haredge", "loso", .. data.Repeatable(parsed)];
        words.AddRange(student.Repeatable(parsed));
        words.AddRange(budget.Repeatable(parsed));
        words.AddRange(signal.Repeatable(parsed));
        words.AddRange(["--seed", parsed.GetValue(seed).ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        return CommandWords.Join(words);
    }
}
