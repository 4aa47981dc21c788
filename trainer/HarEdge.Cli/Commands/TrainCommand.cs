using System.CommandLine;
using System.Globalization;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Cli.Tables;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Training;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge train</c>: recordings in, run folder out.</summary>
internal sealed class TrainCommand
{
    private readonly DataOptions data = new();
    private readonly TableInput table = new();
    private readonly SignalOptions signal = new();
    private readonly RunOptions run = new();
    private readonly TeacherOptions teacher = TeacherOptions.One();

    private readonly Option<string[]> classes = new("--classes")
    {
        Description = "Classes to learn, by name. Without it, the data's usual ones; everything else serves as unknown.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> testSubjects = new("--test-subjects")
    {
        Description = "People held back for the test, as SUBJECT or DATASET/SUBJECT. Without it, the data's official split, or a third of the people.",
        HelpName = "SUBJECT",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly StudentOption student = new("training people");

    private readonly BudgetOptions budget = new();

    private readonly Option<int?> versions = NumberOption.WholeOrNone(
        "--versions", "Further versions of every training recording to learn from: turned, with other gains and offsets. Without it 2, or 5 for a single tree.", 0, 8);

    private readonly Option<int> coverage = NumberOption.Whole(
        "--coverage", "Percent of known windows to answer; below 100 the model says unknown where it is least sure.", 100, 50, 100);

    private readonly WearCalibrationOption wearCalibration = WearCalibrationOption.ToLearnFrom();

    private readonly Option<bool> personal = new("--personal")
    {
        Description = "Make a model for one wearer, from 15 to 60 seconds of each activity recorded by that person; how much everybody else counts is decided by "
            + "blocks of the wearer's time, and the test is on the wearer's later time.",
    };

    private readonly Option<string?> wearer = new("--wearer")
    {
        Description = "Whose model, as SUBJECT or DATASET/SUBJECT. Without it, the only person of the data set that has one person.",
        HelpName = "SUBJECT",
    };

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new TrainCommand();
        var verb = new Verb("train", "Trains a teacher, distils it, generates the device's code and checks that all of them agree.")
        {
            Examples =
            [
                new("on the built-in synthetic wearer", "haredge train"),
                new("HAPT: six activities, its official split, at most 4 kB", "haredge train --data hapt.zip --out runs/hapt"),
                new("your own recordings", "haredge train --data walks.csv --accel-unit m/s2 --gyro-unit deg/s --rate 100"),
                new("a table of features, one row a window", "haredge train --data train.csv --label Activity --group subject"),
                new("two data sets together", "haredge train --data hapt.zip spsw-har-watch.zip --map SEATED=SITTING --classes WALKING SITTING"),
                new("for a wearer who stands still for three seconds first", "haredge train --data hapt.zip --wear-calibration"),
                new("that keeps silent where it is not sure: in one window of twenty", "haredge train --data hapt.zip --coverage 95"),
                new("with a deep model as the teacher", "haredge train --data hapt.zip --teacher model.onnx --teacher-units g,rad/s"),
                new("for one wearer, from own recordings and as much of HAPT as helps", "haredge train --data hapt.zip recordings --personal"),
                new("a smaller model for a slower chip", "haredge train --data hapt.zip --profile tiny"),
                new("as a search found best for 8 kB and 7.4 million machine instructions", "haredge train --data hapt.zip --profile best --search searches/hapt"),
                new("within limits of your own", "haredge train --data hapt.zip --student linear --max-bytes 1024 --max-instructions 1300000"),
            ],
        };
        command.AddTo(verb);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private void AddTo(Command verb)
    {
        data.AddTo(verb);
        table.AddTo(verb);
        verb.Options.Add(classes);
        verb.Options.Add(testSubjects);
        teacher.AddTo(verb);
        student.AddTo(verb);
        budget.AddTo(verb);
        verb.Options.Add(versions);
        verb.Options.Add(coverage);
        wearCalibration.AddTo(verb);
        verb.Options.Add(personal);
        verb.Options.Add(wearer);
        verb.Validators.Add(result =>
        {
            if (!result.GetValue(personal) && result.GetValue(wearer) is not null)
            {
                result.AddError("--wearer goes with --personal.");
            }

            if (result.GetValue(personal) && result.GetValue(testSubjects) is { Length: > 0 })
            {
                result.AddError("--personal tests on the wearer's later time, so it does not take --test-subjects.");
            }
        });
        signal.AddTo(verb);
        run.AddTo(verb);
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        if (table.IsGiven(parsed, data))
        {
            return TableVerbs.Train(parsed, table, data, teacher, run, terminal, cancellation);
        }

        var hopSamples = signal.Hop(parsed);
        var choice = teacher.Choice(parsed, signal.Window(parsed));
        using var trainingRun = run.Begin(parsed, data.FolderName(parsed));
        var sets = data.Read(parsed, signal.Range(parsed), terminal, cancellation, run.Seed(parsed));
        var options = budget.Applied(
            parsed,
            new TrainingOptions
            {
                Data = sets,
                Classes = NameList.OrNull(parsed.GetValue(classes))?.Select(name => name.ToUpperInvariant()).ToList(),
                TestSubjects = NameList.OrNull(parsed.GetValue(testSubjects)),
                Seed = run.Seed(parsed),
                WindowSamples = signal.Window(parsed),
                HopSamples = hopSamples,
                Teacher = choice,
                Student = student.Of(parsed),
                Recipe = RecipeOf(parsed),
                Coverage = parsed.GetValue(coverage) / 100.0,
                WearCalibration = wearCalibration.Choice(parsed),
                Wearer = parsed.GetValue(personal) ? Wearer.Find(sets, parsed.GetValue(wearer)) : null,
                Command = Repeatable(parsed),
            });
        var exitCode = trainingRun.Execute(options, terminal, cancellation);
        if (exitCode == 0)
        {
            terminal.Next($"haredge simulate --model {trainingRun.Path} shows the device deciding; haredge generate --model {trainingRun.Path} --out FOLDER writes its code for the device; in a clone, FOLDER firmware/Core/Generated puts it into the firmware.");
        }

        return exitCode;
    }

    private StudentRecipe RecipeOf(ParseResult parsed)
    {
        var usual = StudentRecipe.Of(student.Of(parsed));
        return parsed.GetValue(versions) is { } copies ? usual with { Variation = usual.Variation with { Copies = copies } } : usual;
    }

    // What decides the result, and nothing else: no folders, no output options.
    private string Repeatable(ParseResult parsed)
    {
        List<string> words = ["haredge", "train", .. data.Repeatable(parsed)];
        AddMany(words, classes.Name, NameList.OrNull(parsed.GetValue(classes)));
        AddMany(words, testSubjects.Name, NameList.OrNull(parsed.GetValue(testSubjects)));
        words.AddRange(teacher.Repeatable(parsed));
        words.AddRange(student.Repeatable(parsed));
        words.AddRange(budget.Repeatable(parsed));
        if (parsed.GetValue(versions) is { } copies)
        {
            words.AddRange([versions.Name, copies.ToString(CultureInfo.InvariantCulture)]);
        }

        if (parsed.GetValue(coverage) != 100)
        {
            words.AddRange([coverage.Name, parsed.GetValue(coverage).ToString(CultureInfo.InvariantCulture)]);
        }

        words.AddRange(wearCalibration.Repeatable(parsed));
        if (parsed.GetValue(personal))
        {
            words.Add(personal.Name);
            words.AddRange(parsed.GetValue(wearer) is { } named ? [wearer.Name, named] : []);
        }

        words.AddRange(signal.Repeatable(parsed));
        words.AddRange(SharedOption.SeedWords(run.Seed(parsed)));
        return CommandWords.Join(words);
    }

    private static void AddMany(List<string> words, string option, IReadOnlyList<string>? names)
    {
        if (names is not null)
        {
            words.AddRange([option, .. names]);
        }
    }
}

/// <summary><c>haredge demo</c>: the whole pipeline on invented people, with nothing to prepare.</summary>
internal static class DemoCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var run = new RunOptions();
        var verb = new Verb("demo", "Runs the whole pipeline on the built-in synthetic wearer, in about a minute.")
        {
            Examples =
            [
                new("everything from recordings to a checked model, on invented people", "haredge demo"),
                new("other invented people, and the numbers for a script", "haredge demo --seed 7 --json"),
            ],
        };
        run.AddTo(verb);
        verb.Does((parsed, cancellation) => Execute(parsed, run, terminal, cancellation));
        return verb;
    }

    private static int Execute(ParseResult parsed, RunOptions run, Terminal terminal, CancellationToken cancellation)
    {
        using var recorded = run.Begin(parsed, "demo");
        var seed = run.Seed(parsed);
        terminal.Say("The demo invents people (SYNTHETIC data), trains on some of them and tests on the others. Its numbers speak for invented people only.");
        var exitCode = recorded.Execute(
            new TrainingOptions
            {
                Data = [SyntheticWearer.Create(new SyntheticOptions { Seed = seed })],
                Seed = seed,
                Command = "haredge demo --seed " + seed.ToString(CultureInfo.InvariantCulture),
            },
            terminal,
            cancellation);
        if (exitCode == 0)
        {
            terminal.Next($"haredge simulate --model {recorded.Path} shows the device deciding; haredge train --data hapt.zip learns from real people.");
        }

        return exitCode;
    }
}
