using System.CommandLine;
using System.Globalization;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Cli.Options;

/// <summary>Units, rate and columns of files that do not state them.</summary>
internal sealed class UnitOptions
{
    private const string FilePrefix = "--file-";

    private readonly Option<string?> accelUnit = new("--accel-unit")
    {
        Description = "Unit of the accelerometer: g, mg, m/s2 or counts. CSV needs it; other layouts have their own.",
        HelpName = "UNIT",
    };

    private readonly Option<string?> gyroUnit = new("--gyro-unit")
    {
        Description = "Unit of the gyroscope: rad/s, deg/s, mdps or counts. CSV needs it; other layouts have their own.",
        HelpName = "UNIT",
    };

    private readonly Option<double?> rate = NumberOption.Real("--rate", "Samples per second in the files, instead of what timestamps show; CSV without timestamps needs it.", "HZ");

    private readonly Option<string?> columns = new("--columns")
    {
        Description = "CSV columns by header name; a minus turns the sign: ax=x,ay=y,az=-z,gx=wx,gy=wy,gz=wz,time=t,label=activity,subject=person.",
        HelpName = "OURS=THEIRS,…",
    };

    private readonly Option<string?> timeUnit = new("--time-unit")
    {
        Description = "Unit of the CSV timestamp: s, ms, us or ns. Without it, the one that gives a possible rate.",
        HelpName = "UNIT",
    };

    private readonly Option<string?> delimiter = new("--delimiter")
    {
        Description = "CSV separator: comma, semicolon or tab. Without it, found from the header row.",
        HelpName = "NAME",
    };

    private readonly Option<string?> channels = new("--channels")
    {
        Description = "What is read of the sensor: all, or accel for the accelerometer alone, also of files that have a gyroscope. A model trained on it needs no gyroscope.",
        HelpName = "all|accel",
    };

    private readonly Option<string[]> leaveOut = new("--leave-out")
    {
        Description = "Files that are not read, by name or path within the folder or zip.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> asStated = new("--as-stated")
    {
        Description = "Read values as the units say, even where gravity, turning or clipping speak against them; that becomes a note.",
    };

    private readonly Option<string?> subjectFrom = new("--subject-from")
    {
        Description = "Where paths name the wearer: folder (the innermost), folder:1 (the outermost), file, or a pattern such as {subject}_{label} "
            + "or (?<subject>[a-z]+)_.*; columns go before. Without it, found where the layout leaves no doubt.",
        HelpName = "PLACE",
    };

    private readonly Option<string?> labelFrom = new("--label-from")
    {
        Description = "Where paths name the class, in the same way, with {label} in a pattern.",
        HelpName = "PLACE",
    };

    private readonly Option<string?> placement = new("--placement")
    {
        Description = "Which sensor of a public set with several is read, such as watch or phone, hand or ankle; docs/DATASETS.md lists them.",
        HelpName = "PLACE",
    };

    private readonly Option<string?> labels = new("--labels")
    {
        Description = "Names of labels that are codes: a text file with a code and its name on each line, as in 1,walking. For a table: a file with the labels, joined by sequence, step or id.",
        HelpName = "FILE",
    };

    private readonly Option<string?> accelRange = Range("accel", "Full scale of the accelerometer that counts in the files are of, ± g.", "2", "4", "8", "16");

    private readonly Option<string?> gyroRange = Range("gyro", "Full scale of the gyroscope that counts in the files are of, ± °/s.", "250", "500", "1000", "2000");

    private IEnumerable<Option<string?>> Texts =>
        [accelUnit, gyroUnit, channels, columns, timeUnit, delimiter, subjectFrom, labelFrom, placement, labels, accelRange, gyroRange];

    /// <summary>The file with labels.</summary>
    public string? LabelsFile(ParseResult parsed) => parsed.GetValue(labels);

    /// <summary>Where paths name the wearer.</summary>
    public string? SubjectFrom(ParseResult parsed) => parsed.GetValue(subjectFrom);

    /// <summary>The names --accel-range and --gyro-range belong to the device where a verb has such options, and to the files everywhere else.</summary>
    public static void LeaveRangesToDevice(Command verb)
    {
        foreach (var option in verb.Options.Where(option => option.Name is FilePrefix + "accel-range" or FilePrefix + "gyro-range"))
        {
            option.Aliases.Clear();
        }
    }

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        delimiter.AcceptOnly("comma", "semicolon", "tab");
        channels.AcceptOnly("all", "accel");
        verb.Options.Add(accelUnit);
        verb.Options.Add(gyroUnit);
        verb.Options.Add(channels);
        verb.Options.Add(rate);
        verb.Options.Add(columns);
        verb.Options.Add(timeUnit);
        verb.Options.Add(delimiter);
        verb.Options.Add(subjectFrom);
        verb.Options.Add(labelFrom);
        verb.Options.Add(placement);
        verb.Options.Add(labels);
        verb.Options.Add(accelRange);
        verb.Options.Add(gyroRange);
        verb.Options.Add(leaveOut);
        verb.Options.Add(asStated);
    }

    /// <summary>What the user said, for the readers.</summary>
    /// <exception cref="InputException">A unit is unknown (exit code 2).</exception>
    public ReaderOptions Read(ParseResult parsed, SensorRange range) => new()
    {
        Range = range,
        AccelUnit = parsed.GetValue(accelUnit) is { } accel ? UnitNames.ParseAccel(accel) : null,
        GyroUnit = parsed.GetValue(gyroUnit) is { } gyro ? UnitNames.ParseGyro(gyro) : null,
        AccelerometerOnly = parsed.GetValue(channels) == "accel",
        RateHz = parsed.GetValue(rate),
        CountsRange = CountsRange(parsed, range),
        SubjectFrom = parsed.GetValue(subjectFrom),
        LabelFrom = parsed.GetValue(labelFrom),
        Placement = parsed.GetValue(placement),
        LabelsFile = parsed.GetValue(labels),
        LeaveOut = parsed.GetValue(leaveOut) ?? [],
        AsStated = parsed.GetValue(asStated),
        Columns = parsed.GetValue(columns),
        TimeUnit = parsed.GetValue(timeUnit) is { } unit ? UnitNames.ParseTime(unit) : null,
        Delimiter = parsed.GetValue(delimiter) switch
        {
            "comma" => ',',
            "semicolon" => ';',
            "tab" => '\t',
            _ => null,
        },
    };

    /// <summary>The options that were given, as arguments.</summary>
    public IEnumerable<string> Repeatable(ParseResult parsed)
    {
        foreach (var option in Texts)
        {
            if (parsed.GetValue(option) is { } text)
            {
                yield return option.Name;
                yield return text;
            }
        }

        foreach (var name in parsed.GetValue(leaveOut) ?? [])
        {
            yield return leaveOut.Name;
            yield return name;
        }

        if (parsed.GetValue(asStated))
        {
            yield return asStated.Name;
        }

        if (parsed.GetValue(rate) is { } hz)
        {
            yield return rate.Name;
            yield return hz.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private SensorRange? CountsRange(ParseResult parsed, SensorRange device)
    {
        int? accel = parsed.GetValue(accelRange) is { } g ? int.Parse(g, CultureInfo.InvariantCulture) : null;
        int? gyro = parsed.GetValue(gyroRange) is { } dps ? int.Parse(dps, CultureInfo.InvariantCulture) : null;
        return accel is null && gyro is null ? null : new SensorRange(accel ?? device.AccelG, gyro ?? device.GyroDps);
    }

    private static Option<string?> Range(string sensor, string description, params string[] choices)
    {
        var option = new Option<string?>($"{FilePrefix}{sensor}-range", $"--{sensor}-range") { Description = description, HelpName = string.Join('|', choices) };
        option.AcceptOnly(choices);
        return option;
    }
}
