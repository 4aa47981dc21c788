using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using HarEdge.Trainer.Learning.Learners;
using HarEdge.Trainer.Reports;

namespace HarEdge.Trainer.Tables;

/// <summary>
/// Examples as rows, features as columns, read from a file of anybody: what learning, exploring and predicting on tables start from. Roles such as label and person
/// stand beside the features, never among them.
/// </summary>
internal sealed class FeatureTable
{
    /// <summary>The features.</summary>
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>Columns × rows; NaN where a value is missing, never infinite.</summary>
    public required float[][] Values { get; init; }

    /// <summary>For each row its index among <see cref="Classes"/>, −1 without a label.</summary>
    public required int[] Labels { get; init; }

    /// <summary>Classes as the file writes them, which is how predictions are written.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Classes for people: names where <see cref="Classes"/> are codes, otherwise the same.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>For each row the index of its person in <see cref="Groups"/>; null where people are not known.</summary>
    public int[]? GroupOfRow { get; init; }

    /// <summary>People, or whatever else must not stand on both sides of a split.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>For each row the name the file gives it; null without such a column.</summary>
    public string[]? Ids { get; init; }

    /// <summary>For each row the index of its sequence in <see cref="Sequences"/>; null where every row stands alone.</summary>
    public int[]? SequenceOfRow { get; init; }

    /// <summary>Names of sequences.</summary>
    public IReadOnlyList<string> Sequences { get; init; } = [];

    /// <summary>For each row its place in time within its sequence; null without such a column.</summary>
    public double[]? Steps { get; init; }

    /// <summary>For each row whether the data holds it back for the test; null where it states no split.</summary>
    public bool[]? IsTest { get; init; }

    /// <summary>For each row the 1-based line it was read from.</summary>
    public required int[] Lines { get; init; }

    /// <summary>Which columns had which role.</summary>
    public required TableRoles Roles { get; init; }

    /// <summary>What was understood, left out and mended.</summary>
    public required TableAccount Account { get; init; }

    /// <summary>Number of rows.</summary>
    public int Rows => Labels.Length;

    /// <summary>Whether the data states which rows are the test.</summary>
    public bool HasSplit => IsTest is not null && Array.Exists(IsTest, isTest => isTest);

    /// <summary>Rows that have a label, of the training or of the test part.</summary>
    public int[] Labelled(bool test) => [.. Enumerable.Range(0, Rows).Where(row => Labels[row] >= 0 && (IsTest?[row] ?? false) == test)];

    /// <summary>SHA-256 of names, values and labels: equal for equal tables, whatever files they were in.</summary>
    public string ContentSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', Columns.Select(column => column.Name).Concat(ClassNames))));
        foreach (var column in Values)
        {
            hash.AppendData(MemoryMarshal.AsBytes(column.AsSpan()));
        }

        hash.AppendData(MemoryMarshal.AsBytes(Labels.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The person of a row, for tables and scores; "all" where people are not known.</summary>
    public string GroupName(int row) => GroupOfRow is null ? "all" : Groups[GroupOfRow[row]];

    /// <summary>The same table, only some rows, in that order.</summary>
    public FeatureTable Select(IReadOnlyList<int> rows) => With(
        Columns, RowSample.PickColumns(Values, rows), rows);

    /// <summary>Other features of the same or of fewer rows.</summary>
    /// <param name="columns">The features.</param>
    /// <param name="values">Columns × as many rows as <paramref name="rows"/> names.</param>
    /// <param name="rows">For each new row the row of this table that gives it label, person and name.</param>
    /// <param name="account">Another account; null keeps this one's.</param>
    public FeatureTable With(IReadOnlyList<TableColumn> columns, float[][] values, IReadOnlyList<int> rows, TableAccount? account = null) => new()
    {
        Columns = columns,
        Values = values,
        Labels = RowSample.Pick(Labels, rows),
        Classes = Classes,
        ClassNames = ClassNames,
        GroupOfRow = GroupOfRow is null ? null : RowSample.Pick(GroupOfRow, rows),
        Groups = Groups,
        Ids = Ids is null ? null : RowSample.Pick(Ids, rows),
        SequenceOfRow = SequenceOfRow is null ? null : RowSample.Pick(SequenceOfRow, rows),
        Sequences = Sequences,
        Steps = Steps is null ? null : RowSample.Pick(Steps, rows),
        IsTest = IsTest is null ? null : RowSample.Pick(IsTest, rows),
        Lines = RowSample.Pick(Lines, rows),
        Roles = Roles,
        Account = account ?? Account,
    };

    /// <summary>What a name is put in order by, so that person 2 comes before person 10.</summary>
    internal static string OrderOf(string name) => FeatureWords.Digits().Replace(name, digits => digits.Value.PadLeft(12, '0'));
}

/// <summary>A feature.</summary>
/// <param name="Name">Unique within the table: a name that occurs again has .1, .2 … behind it, as pandas writes it.</param>
/// <param name="Original">As the file has it.</param>
internal sealed record TableColumn(string Name, string Original)
{
    /// <summary>What a name of UCI HAR's features means; null for other names.</summary>
    public string? Words => FeatureWords.Of(Original);
}

/// <summary>Names of the columns that are no features; null for a role that no column has.</summary>
internal sealed record TableRoles(string? Label = null, string? Group = null, string? Id = null, string? Sequence = null, string? Step = null);

/// <summary>
/// Names of UCI HAR's features in words, by the rules of its features_info.txt (Anguita and others, ESANN 2013): domain, body or gravity, sensor, jerk, magnitude,
/// statistic, axis or bands.
/// </summary>
internal static partial class FeatureWords
{
    private static readonly Dictionary<string, string> Statistics = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mean"] = "mean",
        ["std"] = "standard deviation",
        ["mad"] = "median absolute deviation",
        ["max"] = "largest value",
        ["min"] = "smallest value",
        ["sma"] = "signal magnitude area",
        ["energy"] = "mean square",
        ["iqr"] = "interquartile range",
        ["entropy"] = "entropy",
        ["arCoeff"] = "autoregression coefficient",
        ["correlation"] = "correlation",
        ["maxInds"] = "strongest frequency",
        ["meanFreq"] = "mean frequency",
        ["skewness"] = "skewness of the spectrum",
        ["kurtosis"] = "kurtosis of the spectrum",
        ["bandsEnergy"] = "energy of a band",
    };

    /// <summary>The words; null for a name of another kind.</summary>
    public static string? Of(string name)
    {
        var angle = Angle().Match(name);
        if (angle.Success)
        {
            return $"angle between {SignalOf(angle.Groups[1].Value) ?? angle.Groups[1].Value} and {(angle.Groups[2].Value.StartsWith("gravity", StringComparison.OrdinalIgnoreCase) ? "gravity" : angle.Groups[2].Value)}";
        }

        var parts = Parts().Match(name);
        if (!parts.Success || !Statistics.TryGetValue(parts.Groups["stat"].Value, out var statistic))
        {
            return null;
        }

        var signal = SignalOf(parts.Groups["signal"].Value)!;
        var rest = parts.Groups["rest"].Value.TrimStart('-', '.', '_', ',');
        var where = rest.Length == 0 ? ""
            : parts.Groups["stat"].Value.Equals("bandsEnergy", StringComparison.OrdinalIgnoreCase) ? $", bins {rest.Replace(',', '–').Replace('.', '–')} of 64 to 25 Hz"
            : $", {rest.Replace(',', ' ')}";
        return $"{statistic} of {signal}{where}";
    }

    // tBodyAccJerkMag: time, body, accelerometer, its derivative, length of the three axes.
    private static string? SignalOf(string code)
    {
        var match = Signal().Match(code);
        if (!match.Success)
        {
            return null;
        }

        var sensor = match.Groups["sensor"].Value.Equals("Gyro", StringComparison.OrdinalIgnoreCase) ? "rotation" : match.Groups["part"].Value.StartsWith("Gravity", StringComparison.OrdinalIgnoreCase) ? "gravity" : "body acceleration";
        var jerk = match.Groups["jerk"].Success ? "jerk of " : "";
        var length = match.Groups["mag"].Success ? ", all axes together" : "";
        return (match.Groups["domain"].Value.StartsWith('f') ? "spectrum of " : "") + jerk + sensor + length;
    }

    /// <summary>Numbers within a name.</summary>
    [GeneratedRegex("[0-9]{1,12}")]
    internal static partial Regex Digits();

    [GeneratedRegex(@"^(?<signal>[tf](Body|Gravity){1,2}(Acc|Gyro)(Jerk)?(Mag)?)[-._]+(?<stat>[A-Za-z]+)(\(\)|\.\.)?(?<rest>.*?)$")]
    private static partial Regex Parts();

    [GeneratedRegex(@"^(?<domain>[tf])?(?<part>(Body|Gravity)+)(?<sensor>Acc|Gyro)(?<jerk>Jerk)?(?<mag>Mag)?(Mean)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Signal();

    [GeneratedRegex(@"^angle[(.](\w+)[,.]+(\w+)\)?\.?")]
    private static partial Regex Angle();
}

/// <summary>What was understood of a table, for people and for metrics.json: nothing is left out, joined or mended without standing here.</summary>
internal sealed class TableAccount
{
    private const int MostNamed = 8;

    private readonly List<TableFact> facts = [];
    private readonly List<LeftOutColumn> leftOut = [];
    private readonly List<string> warnings = [];

    /// <summary>What was understood, in the order it was found.</summary>
    public IReadOnlyList<TableFact> Facts => facts;

    /// <summary>Columns that are no features, and why.</summary>
    public IReadOnlyList<LeftOutColumn> LeftOut => leftOut;

    /// <summary>What the user should know before believing a figure.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>Adds a fact.</summary>
    public void Add(string what, string value) => facts.Add(new TableFact(what, value));

    /// <summary>Adds a column that is no feature.</summary>
    public void LeaveOut(string column, string reason) => leftOut.Add(new LeftOutColumn(column, reason));

    /// <summary>Adds a warning once.</summary>
    public void Warn(string warning)
    {
        if (!warnings.Contains(warning))
        {
            warnings.Add(warning);
        }
    }

    /// <summary>Takes over what another account says, such as that of the test file.</summary>
    public void Append(TableAccount other, string prefix)
    {
        facts.AddRange(other.facts.Select(fact => fact with { What = prefix + fact.What }));
        foreach (var warning in other.warnings)
        {
            Warn(warning);
        }
    }

    /// <summary>The account as tables.</summary>
    public IEnumerable<ReportTable> Tables(string name)
    {
        yield return new ReportTable($"What was understood of {name}", ["what", "understood"], [.. facts.Select(fact => (string[])[fact.What, fact.Value])]);
        if (leftOut.Count > 0)
        {
            // Columns left out for one reason stand together: a thousand empty ones are one line.
            yield return new ReportTable(
                "Columns that are no features",
                ["why", "how many", "columns"],
                [.. leftOut.GroupBy(column => column.Reason).Select(group => (string[])[group.Key, Count(group.Count()), Names([.. group.Select(column => Shown(column.Column))], MostNamed)])]);
        }
    }

    /// <summary>Names in a row, at most so many, then how many more.</summary>
    internal static string Names(IReadOnlyList<string> names, int most = MostNamed) => names.Count <= most
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(most))} and {names.Count - most} more";

    /// <summary>A whole number with thousands apart.</summary>
    internal static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A column's name, or words for one without.</summary>
    internal static string Shown(string column) => column.Length == 0 ? "(no name)" : column;
}

/// <summary>One thing that was understood.</summary>
internal sealed record TableFact(string What, string Value);

/// <summary>A column that is no feature.</summary>
internal sealed record LeftOutColumn(string Column, string Reason);
