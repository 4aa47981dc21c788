using System.CommandLine;
using System.CommandLine.Parsing;
using HarEdge.Cli.Output;
using HarEdge.Core;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Training;
using HarEdge.Trainer.Windows;

namespace HarEdge.Cli.Options;

/// <summary>The options that say which recordings to read and what the files do not say themselves.</summary>
internal sealed class DataOptions
{
    private readonly Option<string[]> data = new("--data", "--features")
    {
        Description = "A zip or folder in HAPT's layout, the smartwatch set's zip, what record has made, samples of Edge Impulse, or other CSV (a file or a folder of files), or what features has written; may be given several times. "
            + "Without it, the built-in synthetic wearer (synthetic or synthetic:SEED).",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> map = new("--map")
    {
        Description = "Renames classes of the data: what the data calls OTHER counts as OURS.",
        HelpName = "OTHER=OURS",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly UnitOptions units = new();

    // Of verbs whose only object is the data.
    private readonly Argument<string[]> unnamed = new("DATA") { Description = "The data, as --data names it.", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Adds the data as words without an option's name, too.</summary>
    public void AddUnnamedTo(Command verb) => verb.Arguments.Add(unnamed);

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(data);
        verb.Options.Add(map);
        units.AddTo(verb);
    }

    /// <summary>Whether the command line names data.</summary>
    public bool IsNamed(ParseResult parsed) => IsNamed(parsed.CommandResult);

    /// <summary>The same while the command line is still being parsed.</summary>
    public bool IsNamed(CommandResult parsed) => parsed.GetValue(data) is { Length: > 0 } || parsed.GetValue(unnamed) is { Length: > 0 };

    /// <summary>Whether all data is the synthetic wearer's.</summary>
    public bool IsSynthetic(ParseResult parsed) =>
        Paths(parsed).All(path => path == SyntheticWearer.Name || path.StartsWith(SyntheticWearer.Name + ":", StringComparison.Ordinal));

    /// <summary>A folder name for a run on this data: the files' names without their endings.</summary>
    public string FolderName(ParseResult parsed) => Paths(parsed).Length == 0
        ? SyntheticWearer.Name
        : NameOf(Paths(parsed));

    /// <summary>The files' names without their endings, joined.</summary>
    public static string NameOf(IEnumerable<string> paths) => string.Join(
        '+', paths.Select(path => Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(path is "." or ".." ? Path.GetFullPath(path) : path)).Replace(':', '-')));

    /// <summary>Reads every data set, with progress and warnings on the talk stream.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="range">Sensor ranges the counts are made for.</param>
    /// <param name="terminal">Where progress and warnings go.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <param name="syntheticSeed">Which people the synthetic wearer plays when no data is named.</param>
    public IReadOnlyList<DataSet> Read(
        ParseResult parsed, SensorRange range, Terminal terminal, CancellationToken cancellation, int syntheticSeed = 1)
    {
        var renames = ClassRenames.Parse(parsed.GetValue(map) ?? []);
        var options = units.Read(parsed, range);
        RefuseTwice(Paths(parsed));
        IReadOnlyList<string> paths = Paths(parsed) is { Length: > 0 } named ? named : [$"{SyntheticWearer.Name}:{syntheticSeed}"];
        IReadOnlyList<DataSet> sets = ProgressDisplay.Run(
            terminal, progress => paths.Select(path => DataSetReader.Open(path, options, progress, cancellation)).ToList());
        renames.RefuseUnused(sets);
        foreach (var set in sets)
        {
            foreach (var warning in set.Report.Warnings)
            {
                terminal.Say($"note: {set.Name}: {warning}");
            }
        }

        return [.. sets.Select(renames.Apply)];
    }

    // The same recordings on both sides of a split would make every score too good.
    private static void RefuseTwice(IEnumerable<string> paths)
    {
        if (paths.GroupBy(Path.GetFullPath, StringComparer.Ordinal).FirstOrDefault(path => path.Count() > 1) is { } twice)
        {
            throw new InputException($"'{twice.Last()}' is named twice.", "Name each file or folder once.", 2);
        }
    }

    /// <summary>
    /// Reads the recordings a model is to wear or to be scored on, and says when it was not made for them. Of the synthetic wearer, when no data is named, only
    /// people the model does not know.
    /// </summary>
    public IReadOnlyList<DataSet> ReadFor(ParseResult parsed, FixedPointModel model, Terminal terminal, CancellationToken cancellation)
    {
        var sets = ReadAllFor(parsed, model, terminal, cancellation);
        ModelOption.TellMismatch(terminal, model, sets);
        return IsNamed(parsed) ? sets : SeenBefore.LeftOut(model, sets);
    }

    /// <summary>Reads all recordings in the ranges of a model, and refuses those without a gyroscope that it reads.</summary>
    public IReadOnlyList<DataSet> ReadAllFor(ParseResult parsed, FixedPointModel model, Terminal terminal, CancellationToken cancellation)
    {
        var sets = Read(parsed, model.Signal.Range, terminal, cancellation);
        ModelTrial.RefuseMissingGyroscope(model, sets);
        return sets;
    }

    /// <summary>The options as a command line that anyone can repeat: file names without their folders.</summary>
    public IEnumerable<string> Repeatable(ParseResult parsed) =>
    [
        .. Paths(parsed).SelectMany(path => new[] { "--data", Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) }),
        .. (parsed.GetValue(map) ?? []).SelectMany(rename => new[] { "--map", rename }),
        .. units.Repeatable(parsed),
    ];

    /// <summary>The paths as given.</summary>
    public string[] Paths(ParseResult parsed) => [.. parsed.GetValue(unnamed) ?? [], .. parsed.GetValue(data) ?? []];

    /// <summary>The renames as given, for readers that have their own classes.</summary>
    public IReadOnlyList<(string From, string To)> Renames(ParseResult parsed) => [.. (parsed.GetValue(map) ?? []).Select(rename =>
        rename.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? (rename[..at], rename[(at + 1)..])
            : throw new InputException($"--map '{rename}' is not of the form OTHER=OURS.", "Write --map \"OTHER=OURS\".", 2))];

    /// <summary>What else the user says of files.</summary>
    public UnitOptions Units => units;
}

/// <summary>Window, hop and sensor ranges of a new model.</summary>
internal sealed class SignalOptions
{
    private readonly Option<int> window = NumberOption.OneOf("--window", "Samples in a window, at 50 Hz.", 128, 64, 128, 256);

    private readonly Option<int> hop = NumberOption.OneOf("--hop", "Samples from one decision to the next.", 64, 16, 32, 64, 128, 256);

    private readonly Option<int> accelRange = NumberOption.OneOf(
        "--accel-range", "Full scale of the accelerometer, ± g.", SensorScale.DefaultAccelRangeG, 2, 4, 8, 16);

    private readonly Option<int> gyroRange = NumberOption.OneOf(
        "--gyro-range", "Full scale of the gyroscope, ± °/s.", SensorScale.DefaultGyroRangeDps, 250, 500, 1000, 2000);

    private IEnumerable<(Option<int> Option, int Usual)> All =>
        [(window, 128), (hop, 64), (accelRange, SensorScale.DefaultAccelRangeG), (gyroRange, SensorScale.DefaultGyroRangeDps)];

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        UnitOptions.LeaveRangesToDevice(verb);
        foreach (var (option, _) in All)
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Samples in a window.</summary>
    public int Window(ParseResult parsed) => parsed.GetValue(window);

    /// <summary>Samples between decisions.</summary>
    /// <exception cref="InputException">More than a window (exit code 2).</exception>
    public int Hop(ParseResult parsed) => parsed.GetValue(hop) <= Window(parsed) ? parsed.GetValue(hop) : throw new InputException(
        $"--hop {parsed.GetValue(hop)} is longer than --window {Window(parsed)}, so samples between windows would never be used.",
        "Give a hop of at most a window.",
        2);

    /// <summary>Ranges the counts are made for.</summary>
    public SensorRange Range(ParseResult parsed) => new(parsed.GetValue(accelRange), parsed.GetValue(gyroRange));

    /// <summary>The options that differ from the usual, as arguments.</summary>
    public IEnumerable<string> Repeatable(ParseResult parsed) => All
        .Where(entry => parsed.GetValue(entry.Option) != entry.Usual)
        .SelectMany(entry => new[] { entry.Option.Name, parsed.GetValue(entry.Option).ToString(System.Globalization.CultureInfo.InvariantCulture) });
}

/// <summary>The options that say which recordings a model is scored on, and how: people, labels, wear calibration.</summary>
internal sealed class TrialOptions
{
    private readonly Option<bool> unseen = new("--unseen") { Description = "Leave out the people the model was trained on." };

    private readonly Option<bool> majority = new("--majority")
    {
        Description = "A window counts for the activity that fills most of it, not only when it lies wholly inside one; for activities shorter than a window.",
    };

    private readonly WearCalibrationOption wearCalibration = WearCalibrationOption.ToScoreOn();

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(unseen);
        verb.Options.Add(majority);
        wearCalibration.AddTo(verb);
    }

    /// <summary>Share of a window's samples that must carry its label.</summary>
    public double LabelShare(ParseResult parsed) => parsed.GetValue(majority) ? WindowLabel.Majority : WindowLabel.Whole;

    /// <summary>Whether recordings are turned.</summary>
    public bool IsWearCalibrated(ParseResult parsed) => wearCalibration.IsGiven(parsed);

    /// <summary>The people to score.</summary>
    public IReadOnlyList<DataSet> People(ParseResult parsed, FixedPointModel model, IReadOnlyList<DataSet> all) =>
        parsed.GetValue(unseen) ? SeenBefore.LeftOut(model, all) : all;

    /// <summary>The recordings as the model gets them: turned, if that was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="model">The model; it must know the direction of gravity when recordings are to be turned.</param>
    /// <param name="sets">Recordings as worn.</param>
    /// <param name="note">Receives what could not be turned.</param>
    public IReadOnlyList<DataSet> Prepared(ParseResult parsed, FixedPointModel model, IReadOnlyList<DataSet> sets, Action<string> note)
    {
        if (!IsWearCalibrated(parsed))
        {
            if (model.MeasuresLean)
            {
                note("this model measures from how its wearer stands, and was scored on people as worn; --wear-calibration scores it on those who stand still for three seconds first.");
            }

            return sets;
        }

        var nominal = model.NominalGravity ?? throw new InputException(
            $"Model {model.Id} knows no nominal direction of gravity.", "Train it on recordings with people standing, or leave out --wear-calibration.", 2);
        return
        [
            .. sets.Select(set =>
            {
                var calibrated = WearCalibration.Apply(set.Recordings, set.Classes, nominal, set.Range);
                foreach (var line in calibrated.Notes)
                {
                    note($"{set.Name}: {line}");
                }

                return set with { Recordings = calibrated.All };
            }),
        ];
    }

    /// <summary>Warns when people were in the model's training.</summary>
    public static void TellSeen(Terminal terminal, FixedPointModel model, IReadOnlyList<DataSet> sets)
    {
        if (Seen(model, sets) is { } warning)
        {
            terminal.Say("note: " + warning);
        }
    }

    /// <summary>The warning in words; null when nobody was.</summary>
    public static string? Seen(FixedPointModel model, IReadOnlyList<DataSet> sets)
    {
        var trained = SeenBefore.People(model, sets);
        return trained.Count == 0 ? null
            : $"the model was trained on {trained.Count} of these people ({string.Join(", ", trained)}); their numbers flatter it; --unseen leaves them out.";
    }
}
