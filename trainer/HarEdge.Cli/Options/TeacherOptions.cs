using System.CommandLine;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Teachers;

namespace HarEdge.Cli.Options;

/// <summary>Which teacher to train, and what an ONNX file does not say itself.</summary>
internal sealed class TeacherOptions
{
    private const string OnnxExtension = ".onnx";

    private static readonly string[] Names = [.. Enum.GetValues<TeacherKind>().Where(kind => kind != TeacherKind.Onnx).Select(kind => kind.ToString().ToLowerInvariant())];

    private readonly Option<string[]> teacher;

    private readonly Option<string?> units = new("--teacher-units")
    {
        Description = "Units an ONNX teacher expects. Without it, those of its metadata, or g,rad/s; checked against the data.",
        HelpName = "ACCEL,GYRO",
    };

    private readonly Option<string[]> classes = new("--teacher-classes")
    {
        Description = "Names of an ONNX teacher's outputs, in order. Without it, those of its metadata, or the data's classes in their order; checked against the data.",
        HelpName = "A,B,…",
        AllowMultipleArgumentsPerToken = true,
    };

    private TeacherOptions(Option<string[]> teacher) => this.teacher = teacher;

    /// <summary>One teacher out of all kinds, or an ONNX file.</summary>
    public static TeacherOptions One() => new(new Option<string[]>("--teacher")
    {
        Description = "Whom the student learns from: auto blends the teachers that pay, weighed by cross-validation on training people; a file is a finished ONNX model.",
        HelpName = string.Join('|', Names) + "|FILE.onnx",
        DefaultValueFactory = _ => ["auto"],
    });

    /// <summary>ONNX files beside all the kinds.</summary>
    public static TeacherOptions Files() => new(new Option<string[]>("--teacher")
    {
        Description = "A finished ONNX model to compare with; may be given several times.",
        HelpName = "FILE.onnx",
    });

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(teacher);
        verb.Options.Add(units);
        verb.Options.Add(classes);
    }

    /// <summary>The words as given.</summary>
    public IReadOnlyList<string> Given(ParseResult parsed) => parsed.GetValue(teacher) ?? [];

    /// <summary>The teacher named.</summary>
    /// <exception cref="InputException">There is none of the name, or the file is no usable model.</exception>
    public TeacherChoice Choice(ParseResult parsed, int windowSamples)
    {
        var named = parsed.GetRequiredValue(teacher);
        var name = named.Length == 1
            ? named[0]
            : throw new InputException($"--teacher is given {named.Length} times, and a student learns from one.", "Give it once; auto blends the built-in ones.", 2);
        if (Names.Contains(name.ToLowerInvariant()))
        {
            return new TeacherChoice(Enum.Parse<TeacherKind>(name, ignoreCase: true));
        }

        return IsFile(name)
            ? new TeacherChoice(TeacherKind.Onnx, File(parsed, name, windowSamples))
            : throw new InputException($"There is no teacher '{name}'.", $"Choose from {string.Join(", ", Names)}, or give the path of an {OnnxExtension} file.", 2);
    }

    /// <summary>The files named.</summary>
    /// <exception cref="InputException">One is no file, or no usable model.</exception>
    public IReadOnlyList<OnnxOptions> OnnxFiles(ParseResult parsed, int windowSamples) =>
        [.. (parsed.GetValue(teacher) ?? []).Select(name => IsFile(name)
            ? File(parsed, name, windowSamples)
            : throw new InputException($"'{name}' is no {OnnxExtension} file.", "Leave it out: all other teachers are compared anyway.", 2))];

    /// <summary>The options that were given, as arguments; file names without their folders.</summary>
    public IEnumerable<string> Repeatable(ParseResult parsed)
    {
        var name = parsed.GetRequiredValue(teacher)[0];
        if (name != "auto")
        {
            yield return teacher.Name;
            yield return IsFile(name) ? Path.GetFileName(name) : name.ToLowerInvariant();
        }

        if (parsed.GetValue(units) is { } text)
        {
            yield return units.Name;
            yield return text;
        }

        if (NameList.OrNull(parsed.GetValue(classes)) is { } names)
        {
            yield return classes.Name;
            yield return string.Join(',', names);
        }
    }

    private OnnxOptions File(ParseResult parsed, string name, int windowSamples)
    {
        var both = parsed.GetValue(units)?.Split(',');
        if (both is not null && both.Length != 2)
        {
            throw new InputException($"--teacher-units '{parsed.GetValue(units)}' does not name two units.", "Give both, such as g,rad/s or m/s2,deg/s.", 2);
        }

        var options = new OnnxOptions(name)
        {
            AccelUnit = both is null ? null : UnitNames.ParseAccel(both[0]),
            GyroUnit = both is null ? null : UnitNames.ParseGyro(both[1]),
            Classes = NameList.OrNull(parsed.GetValue(classes)),
        };
        OnnxTeacher.Verify(options, windowSamples);
        return options;
    }

    private static bool IsFile(string name) => name.EndsWith(OnnxExtension, StringComparison.OrdinalIgnoreCase);
}
