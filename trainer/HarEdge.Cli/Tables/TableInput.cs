using System.CommandLine;
using System.Globalization;
using HarEdge.Cli.Options;
using HarEdge.Trainer;
using HarEdge.Trainer.Tables;
using HarEdge.Trainer.Tables.Reading;

namespace HarEdge.Cli.Tables;

/// <summary>What a table does not say itself: which column is what, which rows are the test, what means a missing value.</summary>
internal sealed class TableInput
{
    private readonly Option<string[]> label = Many("--label", "COLUMN", "The column of the class, which makes the data a table of features. Several: columns of 0 and 1, one a class, or labels that are classes together.");
    private readonly Option<string?> group = One("--group", "COLUMN", "The column of the person, so that nobody is learned from and judged. Without it, one named like people, if there is any.");
    private readonly Option<string?> id = One("--id", "COLUMN", "The column that names rows. Without it, one named like ids.");
    private readonly Option<string?> sequence = One("--sequence", "COLUMN", "The column that says which rows are steps in time of one example.");
    private readonly Option<string?> step = One("--step", "COLUMN", "The column that orders the steps of a sequence: a number or a time.");
    private readonly Option<string[]> test = Many("--test", "FILE", "A table whose rows are the test.");
    private readonly Option<string?> testRows = One("--test-rows", "COLUMN=VALUE", "The rows that are the test, such as Data=Test.");
    private readonly Option<string?> splitColumn = One("--split-column", "COLUMN", "A column that is 1, true or train in rows to learn from, and 0, false or test in those of the test.");
    private readonly Option<string[]> ignore = Many("--ignore", "COLUMN", "Columns of the table to leave out.");
    private readonly Option<string[]> categorical = Many("--categorical", "COLUMN", "Columns of text to use, one feature a value; other text is left out.");
    private readonly Option<string[]> keep = Many("--keep", "COLUMN", "Columns to use although they would be left out, such as a person's height.");
    private readonly Option<string[]> na = Many("--na", "TEXT", "Texts that mean a missing value, besides the usual ones (NA, ?, null, -, inf, #DIV/0! …).");
    private readonly Option<string[]> sentinel = Many("--sentinel", "NUMBER", "Numbers that mean a missing value, such as -999.");

    private readonly Option<string?> missing = One(
        "--missing",
        "interpolate|hold|drop|model",
        "Missing values of a table: a line between neighbours in time, the last value, no such rows, or left to the model. Without it, interpolate for sequences and model for rows.");

    private readonly Option<string?> classNames = One("--class-names", "FILE", "Names of classes that the table has as codes: a code and its name on each line.");

    private IEnumerable<Option<string[]>> Lists => [label, test, ignore, categorical, keep, na, sentinel];

    private IEnumerable<Option<string?>> Words => [group, id, sequence, step, testRows, splitColumn, missing, classNames];

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        missing.AcceptOnly("interpolate", "hold", "drop", "model");
        foreach (var option in new Option[] { label, group, id, sequence, step, test, testRows, splitColumn, ignore, categorical, keep, na, sentinel, missing, classNames })
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Whether the data is a table: an option of tables says so, or its ending or layout.</summary>
    public bool IsGiven(ParseResult parsed, DataOptions data)
    {
        var isTold = Lists.Any(option => parsed.GetValue(option) is { Length: > 0 }) || Words.Any(option => parsed.GetValue(option) is not null);
        if (isTold && !data.IsNamed(parsed))
        {
            throw new InputException("Options of a table are given, and no table.", "Name it with --data.", 2);
        }

        return isTold || (data.IsNamed(parsed) && data.Paths(parsed).All(TableReader.IsTable));
    }

    /// <summary>The folder of a search whose best trial is trained; null without.</summary>
    public static string? SearchFolder(ParseResult parsed) => parsed.GetResult("--search") is null ? null : parsed.GetValue<string?>("--search");

    /// <summary>How to read the table.</summary>
    /// <exception cref="InputException">A value cannot be understood (exit code 2).</exception>
    public TableOptions Of(ParseResult parsed, DataOptions data) => new()
    {
        Paths = data.Paths(parsed),
        TestPaths = parsed.GetValue(test) ?? [],
        Labels = parsed.GetValue(label) ?? [],
        LabelsFile = data.Units.LabelsFile(parsed),
        Group = parsed.GetValue(group),
        Id = parsed.GetValue(id),
        Sequence = parsed.GetValue(sequence),
        Step = parsed.GetValue(step),
        TestRows = Pair(parsed.GetValue(testRows)),
        SplitColumn = parsed.GetValue(splitColumn),
        Ignore = parsed.GetValue(ignore) ?? [],
        Categorical = parsed.GetValue(categorical) ?? [],
        Keep = parsed.GetValue(keep) ?? [],
        MissingMarks = parsed.GetValue(na) ?? [],
        Sentinels = [.. (parsed.GetValue(sentinel) ?? []).Select(Number)],
        Missing = parsed.GetValue(missing) is { } word ? Enum.Parse<MissingTreatment>(word, ignoreCase: true) : null,
        ClassNamesFile = parsed.GetValue(classNames),
        Renames = data.Renames(parsed),
        GroupIsFileName = data.Units.SubjectFrom(parsed) == "file",
    };

    /// <summary>The options that were given, as arguments; file names without their folders.</summary>
    public IEnumerable<string> Repeatable(ParseResult parsed, DataOptions data)
    {
        foreach (var word in data.Repeatable(parsed))
        {
            yield return word;
        }

        foreach (var option in Words.Where(option => parsed.GetValue(option) is not null))
        {
            yield return option.Name;
            yield return option == classNames ? Path.GetFileName(parsed.GetValue(option)!) : parsed.GetValue(option)!;
        }

        foreach (var option in Lists)
        {
            foreach (var value in parsed.GetValue(option) ?? [])
            {
                yield return option.Name;
                yield return option == test ? Path.GetFileName(value) : value;
            }
        }
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new InputException($"--sentinel '{text}' is no number.", "Give the number, such as -999, or a text with --na.", 2);

    private static (string, string)? Pair(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var at = text.LastIndexOf('=');
        return at > 0 ? (text[..at], text[(at + 1)..]) : throw new InputException($"--test-rows '{text}' is not of the form COLUMN=VALUE.", "Write for example --test-rows Data=Test.", 2);
    }

    private static Option<string?> One(string name, string help, string description) => new(name) { Description = description, HelpName = help };

    private static Option<string[]> Many(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help, AllowMultipleArgumentsPerToken = true };
}
