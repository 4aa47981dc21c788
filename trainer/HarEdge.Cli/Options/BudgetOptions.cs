using System.CommandLine;
using System.Globalization;
using HarEdge.Trainer;
using HarEdge.Trainer.Experiments;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Training;

namespace HarEdge.Cli.Options;

/// <summary>How much of the device a model may take: a profile, limits of one's own, and the search that says how to make the best of it.</summary>
internal sealed class BudgetOptions
{
    private readonly ProfileOption profile = new();

    private readonly Option<int?> mostBytes = NumberOption.WholeOrNone(
        "--max-bytes", "Most bytes of the model instead of the profile's: 12 a tree node, 2 a weight.", 64, 1 << 20);

    private readonly Option<int?> mostInstructions = NumberOption.WholeOrNone(
        "--max-instructions", "Most interpreted instructions a decision instead of the profile's, by the price of the features used.", 1_000, 10_000_000);

    private readonly Option<string?> search = new("--search")
    {
        Description = "Folder of a search on the same data: window, student and recipe are those of its best trial within the profile.",
        HelpName = "FOLDER",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        profile.AddTo(verb);
        verb.Options.Add(mostBytes);
        verb.Options.Add(mostInstructions);
        verb.Options.Add(search);
    }

    /// <summary>Whether any of them is on the command line.</summary>
    public bool IsGiven(System.CommandLine.Parsing.CommandResult result) =>
        profile.IsGiven(result) || new Option[] { mostBytes, mostInstructions, search }.Any(option => result.GetResult(option) is { Implicit: false });

    /// <summary>Training options within the budget.</summary>
    /// <exception cref="InputException">The search is of other data, or has nothing within the profile.</exception>
    public TrainingOptions Applied(ParseResult parsed, TrainingOptions options)
    {
        IReadOnlyList<Trial>? trials = null;
        if (parsed.GetValue(search) is { } folder)
        {
            var path = Path.Combine(folder, SearchFiles.TrialsFileName);
            trials = File.Exists(path)
                ? TrialLog.Open(path, SearchRun.SubjectOf(options)).Trials
                : throw new InputException($"'{folder}' holds no search: {SearchFiles.TrialsFileName} is missing.", "Make one with: haredge search --out FOLDER", 2);
        }

        var within = profile.Of(parsed).Applied(options, trials);
        return within with
        {
            MostBytes = parsed.GetValue(mostBytes) ?? within.MostBytes,
            MostInstructions = parsed.GetValue(mostInstructions) ?? within.MostInstructions,
        };
    }

    /// <summary>The options that were given, as arguments; of the search its name, not its place.</summary>
    public IEnumerable<string> Repeatable(ParseResult parsed)
    {
        foreach (var word in profile.Repeatable(parsed))
        {
            yield return word;
        }

        foreach (var limit in new[] { mostBytes, mostInstructions })
        {
            if (parsed.GetValue(limit) is { } value)
            {
                yield return limit.Name;
                yield return value.ToString(CultureInfo.InvariantCulture);
            }
        }

        if (parsed.GetValue(search) is { } folder)
        {
            yield return search.Name;
            yield return Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        }
    }
}
