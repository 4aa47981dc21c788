using System.Text.Json;
using System.Text.Json.Serialization;
using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Experiments;

/// <summary>
/// The trials of a search as lines of JSON, each written when its trial ends: a search that is stopped goes on from here. The
/// first line says what was searched on, so that trials on other data are never mixed in.
/// </summary>
internal sealed class TrialLog
{
    private const int Version = 1;

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly string path;
    private readonly List<Trial> trials = [];

    private TrialLog(string path) => this.path = path;

    /// <summary>Trials so far, by number.</summary>
    public IReadOnlyList<Trial> Trials => trials;

    /// <summary>Opens a log, or begins one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="subject">What is searched on: data, people, seed; equal for equal searches.</param>
    /// <exception cref="InputException">The log is of another search, or damaged.</exception>
    public static TrialLog Open(string path, string subject)
    {
        var log = new TrialLog(path);
        var header = new Header(Version, subject, [.. SearchPoint.Parameters.Select(parameter => parameter.Name)]);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllText(path, JsonSerializer.Serialize(header, Options) + "\n");
            return log;
        }

        // A last line without its end was being written when the search was stopped.
        var text = File.ReadAllText(path);
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        var lines = whole.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var found = lines.Length == 0 ? null : Parse<Header>(path, 1, lines[0]);
        if (found is null || found.Version != Version || found.Subject != subject || !found.Parameters.SequenceEqual(header.Parameters))
        {
            throw new InputException(
                $"'{path}' belongs to another search{(found is null ? "" : $" ({found.Subject})")}.", "Give another folder with --out, or the data, the seed and the --wear-calibration of that search.", 2);
        }

        log.trials.AddRange(lines.Skip(1).Select((line, i) => Parse<Trial>(path, i + 2, line)));
        if (whole.Length < text.Length)
        {
            File.WriteAllText(path, whole);
        }

        return log;
    }

    /// <summary>Adds a trial and writes it at once.</summary>
    public void Add(Trial trial)
    {
        File.AppendAllText(path, JsonSerializer.Serialize(trial, Options) + "\n");
        trials.Add(trial);
    }

    private static T Parse<T>(string path, int line, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options)!;
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}, line {line} is no line of a search: {JsonFault.Words(e)}.", "Remove the line, or give another folder with --out.", inner: e);
        }
    }

    private sealed record Header(int Version, string Subject, IReadOnlyList<string> Parameters);
}

/// <summary>One try of a search, as its log keeps it.</summary>
internal sealed record Trial
{
    /// <summary>Number, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Budget it was made for.</summary>
    public required Goal Goal { get; init; }

    /// <summary>Chosen values, in the order of <see cref="SearchPoint"/>.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Accuracy on each fold of training people it never saw; fewer than the folds when it was given up.</summary>
    public required IReadOnlyList<double> FoldAccuracies { get; init; }

    /// <summary>Mean instructions a decision of the folds' models, by the prices of their features.</summary>
    public required double Instructions { get; init; }

    /// <summary>Mean bytes of the folds' models.</summary>
    public required double Bytes { get; init; }

    /// <summary>Given up early: hopeless against earlier trials of the same goal.</summary>
    public required bool IsPruned { get; init; }

    /// <summary>Why it could not be run, or null.</summary>
    public string? Failure { get; init; }

    /// <summary>Mean over the folds run; 0 when none was.</summary>
    [JsonIgnore]
    public double Accuracy => FoldAccuracies.Count == 0 ? 0 : FoldAccuracies.Average();

    /// <summary>Ran to its end.</summary>
    [JsonIgnore]
    public bool IsComplete => !IsPruned && Failure is null;

    /// <summary>A complete trial by its number.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static Trial Find(IReadOnlyList<Trial> trials, int number) => trials.FirstOrDefault(trial => trial.Number == number && trial.IsComplete) ?? throw new InputException(
        $"The search has no complete trial {number}.", "The trials of the front are listed in the search's folder, in front.md and report.html.", 2);

    /// <summary>Training options that make this trial's student of all training people.</summary>
    public TrainingOptions Applied(TrainingOptions options)
    {
        var point = SearchPoint.Of(Values);
        return options with
        {
            MostInstructions = Goal.MostInstructions,
            MostBytes = Goal.MostBytes,
            WindowSamples = point.WindowSamples,
            HopSamples = point.WindowSamples / 2,
            Student = point.Student,
            Recipe = point.Recipe,
        };
    }
}
