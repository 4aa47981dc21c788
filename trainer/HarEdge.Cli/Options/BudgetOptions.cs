using System.CommandLine;
using System.Globalization;
using HarEdge.Trainer;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Experiments;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Training;

namespace HarEdge.Cli.Options;

/// <summary>Which form the student takes.</summary>
internal sealed class StudentOption
{
    private static readonly string[] Forms = [.. Enum.GetNames<StudentChoice>().Select(name => name.ToLowerInvariant())];

    private readonly Option<string> student;

    /// <param name="judgedOn">Whose windows decide what auto keeps.</param>
    public StudentOption(string judgedOn) => student = new Option<string>("--student")
    {
        Description = $"Form of the student; auto keeps the better of linear and trees, by cross-validation on {judgedOn}.",
        HelpName = string.Join('|', Forms),
        DefaultValueFactory = _ => Forms[0],
    };

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command verb)
    {
        student.AcceptOnly(Forms);
        verb.Options.Add(student);
    }

    /// <summary>The form asked for.</summary>
    public StudentChoice Of(ParseResult parsed) => Enum.Parse<StudentChoice>(parsed.GetRequiredValue(student), ignoreCase: true);

    /// <summary>The option as arguments, when it is not the usual form.</summary>
    public IEnumerable<string> Repeatable(ParseResult parsed) =>
        parsed.GetRequiredValue(student) == Forms[0] ? [] : [student.Name, parsed.GetRequiredValue(student)];
}

/// <summary>How much of the device a model may take: a profile, limits of one's own, and the search that says how to make the best of it.</summary>
internal sealed class BudgetOptions
{
    private readonly ProfileOption profile = new();

    private readonly Option<int?> mostBytes = NumberOption.WholeOrNone(
        "--max-bytes", "Most bytes of the model instead of the profile's: 12 a tree node, 2 a weight.", 64, 1 << 20);

    // Less than twice what a decision without any feature takes; below it somebody means the count of IL instructions that this option once took.
    private const int LeastMachineInstructions = 500_000;

    private readonly Option<int?> mostInstructions = new("--max-instructions")
    {
        Description = "Most machine instructions a decision instead of the profile's, in the interpreter on an ESP32 (haredge cost counts them), by the price of the features used.",
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value is < 1_000 or > 1_000_000_000)
            {
                result.AddError($"--max-instructions wants a whole number from {LeastMachineInstructions} to 1000000000, not '{text}'.");
                return null;
            }

            if (value < LeastMachineInstructions)
            {
                result.AddError(string.Create(
                    CultureInfo.InvariantCulture, $"--max-instructions counts machine instructions, from {LeastMachineInstructions} on. {value} IL instructions, as it took once, are about {MachinePrice.Of(value):0}."));
                return null;
            }

            return value;
        },
    };

    private readonly Option<string?> search = new("--search")
    {
        Description = "Folder of a search on the same data: window, student and recipe are those of its best trial within the profile.",
        HelpName = "FOLDER",
    };

    private readonly Option<int?> trial = NumberOption.WholeOrNone(
        "--trial", "A trial of the search by its number, instead of the best within the profile.", 0, 1_000_000);

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        profile.AddTo(verb);
        verb.Options.Add(mostBytes);
        verb.Options.Add(mostInstructions);
        verb.Options.Add(search);
        verb.Options.Add(trial);
        verb.Validators.Add(result =>
        {
            // What is no number has its own error.
            if (result.GetResult(trial) is { Implicit: false, Tokens: [{ Value: var number }] } && int.TryParse(number, out _) && (result.GetValue(search) is null || profile.IsGiven(result)))
            {
                result.AddError("--trial goes with --search, and stands in place of --profile.");
            }
        });
    }

    /// <summary>Whether any of them is on the command line.</summary>
    public bool IsGiven(System.CommandLine.Parsing.CommandResult result) =>
        profile.IsGiven(result) || new Option[] { mostBytes, mostInstructions, search, trial }.Any(option => result.GetResult(option) is { Implicit: false });

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

        var within = parsed.GetValue(trial) is { } number ? Trial.Find(trials!, number).Applied(options) : profile.Of(parsed).Applied(options, trials);
        return within with
        {
            MostBytes = parsed.GetValue(mostBytes) ?? within.MostBytes,
            MostInstructions = parsed.GetValue(mostInstructions) is { } machine ? MachinePrice.ToInstructions(machine) : within.MostInstructions,
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

        if (parsed.GetValue(trial) is { } number)
        {
            yield return trial.Name;
            yield return number.ToString(CultureInfo.InvariantCulture);
        }
    }
}

/// <summary>A named budget.</summary>
internal sealed class ProfileOption
{
    private const string Name = "--profile";

    private readonly Option<string> profile = new(Name)
    {
        Description = "Budget of the model: "
            + string.Join("; ", Profile.All.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name} {p.Budget.MostMachineInstructions / 1e6:0.0} million machine instructions a decision and {p.Budget.MostBytes} bytes"))) + ".",
        HelpName = string.Join('|', Profile.All.Select(p => p.Name)),
        DefaultValueFactory = _ => Profile.Default.Name,
    };

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command verb)
    {
        profile.AcceptOnly([.. Profile.All.Select(p => p.Name)]);
        verb.Options.Add(profile);
    }

    /// <summary>Whether it is on the command line.</summary>
    public bool IsGiven(System.CommandLine.Parsing.CommandResult result) => result.GetResult(profile) is { Implicit: false };

    /// <summary>The profile asked for.</summary>
    public Profile Of(ParseResult parsed) => Profile.Of(parsed.GetRequiredValue(profile))!;

    /// <summary>The option as arguments, when it is not the usual profile.</summary>
    public IEnumerable<string> Repeatable(ParseResult parsed) => WordsOf(Of(parsed));

    /// <summary>A profile as arguments, when it is not the usual one.</summary>
    public static IEnumerable<string> WordsOf(Profile profile) => profile == Profile.Default ? [] : [Name, profile.Name];
}

/// <summary>Whether wearers stand still first.</summary>
internal sealed class WearCalibrationOption
{
    private readonly Option<bool> option;
    private readonly Option<bool>? asWorn;

    private WearCalibrationOption(string description, Option<bool>? asWorn = null)
    {
        option = new("--wear-calibration") { Description = description };
        this.asWorn = asWorn;
    }

    /// <summary>For verbs that train.</summary>
    public static WearCalibrationOption ToLearnFrom() =>
        new(
            "Turn every recording by three seconds of standing still, as the device does when its button is pressed, and learn from that; without a gyroscope that is usual.",
            new Option<bool>("--as-worn") { Description = "Without a gyroscope, too, learn from recordings as they were worn: for wearers who do not stand still first." });

    /// <summary>For verbs that score a model.</summary>
    public static WearCalibrationOption ToScoreOn() =>
        new("Turn every recording by three seconds of standing still first, as the device does when its button is pressed.");

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(option);
        if (asWorn is null)
        {
            return;
        }

        verb.Options.Add(asWorn);
        verb.Validators.Add(result =>
        {
            if (result.GetValue(option) && result.GetValue(asWorn))
            {
                result.AddError("--wear-calibration and --as-worn exclude each other.");
            }
        });
    }

    /// <summary>Whether it is given.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(option);

    /// <summary>What a training is told: null leaves the choice to it.</summary>
    public bool? Choice(ParseResult parsed) => IsGiven(parsed) ? true : asWorn is not null && parsed.GetValue(asWorn) ? false : null;

    /// <summary>The choice as arguments, when there is one.</summary>
    public IEnumerable<string> Repeatable(ParseResult parsed) => Choice(parsed) is { } isCalibrated ? [isCalibrated ? option.Name : asWorn!.Name] : [];
}
