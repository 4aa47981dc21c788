using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HarEdge.Trainer.Tables.Reading;

/// <summary>
/// From labels as people write them to classes: spellings that differ in case, blanks and underscores are one class, a rare label one slip of the pen away from a frequent one is
/// asked about and is no class, and marks of a missing value are no label.
/// </summary>
internal static class LabelColumn
{
    private const int MostClasses = 200;
    private const int MostLinesNamed = 5;

    // A slip is rare: at most this many rows, and a tenth of the class it is near to.
    private const int MostSlips = 5;
    private const int TimesRarer = 10;

    private const double LeastShareOfNone = 0.05;

    // From this length two slips may be in one word.
    private const int LongWord = 9;

    /// <summary>Labels of every row and the classes.</summary>
    /// <param name="texts">For each row the label as written.</param>
    /// <param name="lines">For each row its line.</param>
    /// <param name="renames">What the user says of labels; a label renamed to itself is a class in spite of its likeness to another.</param>
    /// <param name="names">Names of codes, in their order; null without.</param>
    /// <param name="account">Receives what was joined and left out.</param>
    public static (int[] Labels, string[] Classes) Read(
        string[] texts, IReadOnlyList<int> lines, IReadOnlyList<(string From, string To)> renames, IReadOnlyDictionary<string, string>? names, TableAccount account)
    {
        var renamed = renames.ToDictionary(rename => Key(rename.From), rename => rename.To);
        var applied = texts.Select(text => renamed.GetValueOrDefault(Key(text), text)).ToArray();
        var usual = new MissingMarks(["unlabeled", "unlabelled", "no label", "n/d"], []);
        var nothing = new LabelMarks(usual, IsNoneAClass(applied, usual, account));
        var isNumeric = applied.Where(text => !nothing.Contains(text.Trim())).All(text => IsWhole(text, out _));
        string[] keys = [.. applied.Select(text => nothing.Contains(text.Trim()) ? "" : isNumeric && IsWhole(text, out var code) ? code : Key(text))];
        var groups = Enumerable.Range(0, keys.Length).Where(row => keys[row].Length > 0).GroupBy(row => keys[row]).ToDictionary(group => group.Key, group => group.ToList());
        var without = keys.Count(key => key.Length == 0);
        if (without > 0)
        {
            var marks = applied.Where((_, row) => keys[row].Length == 0).GroupBy(text => text.Trim()).Select(group => $"{Quoted(group.Key)} {group.Count()}");
            account.Add("rows without a label", $"{TableAccount.Count(without)} ({string.Join(", ", marks)})");
        }

        LeaveOutSlips(groups, applied, lines, [.. renames.Select(rename => Key(rename.To))], account);
        var spelling = groups.ToDictionary(
            group => group.Key, group => isNumeric ? group.Key : group.Value.GroupBy(row => applied[row].Trim()).OrderByDescending(same => same.Count()).ThenBy(same => same.Min()).First().Key);
        TellJoined(groups, applied, spelling, account, isNumeric);
        string[] order = [.. Ordered(spelling.Keys, spelling, names, isNumeric)];
        Verify(order, keys.Length - without, isNumeric);
        var indexOf = order.Select((key, index) => (key, index)).ToDictionary(pair => pair.key, pair => pair.index);
        return ([.. keys.Select(key => indexOf.GetValueOrDefault(key, -1))], [.. order.Select(key => spelling[key])]);
    }

    // "none" is what people call no gesture or no activity, and what programs write for no value: it is a class where it is frequent and nothing else means a missing label.
    private static bool IsNoneAClass(string[] texts, MissingMarks marks, TableAccount account)
    {
        var none = texts.Count(IsNone);
        if (none < LeastShareOfNone * texts.Length || texts.Any(text => !IsNone(text) && marks.Contains(text.Trim())))
        {
            return false;
        }

        account.Warn($"The label '{texts.First(IsNone).Trim()}' is taken for a class: {TableAccount.Count(none)} rows have it, and no other label is missing. --map \"none=?\" says that it is none.");
        return true;
    }

    private static bool IsNone(string text) => string.Equals(text.Trim(), "none", StringComparison.OrdinalIgnoreCase);

    private readonly record struct LabelMarks(MissingMarks Marks, bool IsNoneAClass)
    {
        public bool Contains(string text) => Marks.Contains(text) && !(IsNoneAClass && IsNone(text));
    }

    /// <summary>What two spellings of one label have in common: no case, and no blanks, underscores or hyphens between letters.</summary>
    internal static string Key(string label)
    {
        var trimmed = label.Trim();
        var key = new StringBuilder();
        for (var i = 0; i < trimmed.Length; i++)
        {
            var isSeparator = trimmed[i] is ' ' or '_' or '-' or '\t' or '\u00A0';
            if (!isSeparator || (trimmed[i] == '-' && i == 0))
            {
                key.Append(char.ToUpperInvariant(trimmed[i]));
            }
        }

        return key.ToString();
    }

    /// <summary>"2" and "2.0", which pandas makes of it, are one code.</summary>
    internal static bool IsWhole(string text, out string code)
    {
        var isWhole = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) < 1e15 && value == Math.Floor(value);
        code = isWhole ? value.ToString("0", CultureInfo.InvariantCulture) : text;
        return isWhole;
    }

    private static void LeaveOutSlips(Dictionary<string, List<int>> groups, string[] applied, IReadOnlyList<int> lines, HashSet<string> meant, TableAccount account)
    {
        foreach (var (key, rows) in groups.Where(group => group.Value.Count <= MostSlips && !meant.Contains(group.Key)).ToList())
        {
            var near = groups.Where(other => other.Value.Count >= TimesRarer * rows.Count && IsSlip(key, other.Key)).OrderByDescending(other => other.Value.Count).FirstOrDefault();
            if (near.Value is null)
            {
                continue;
            }

            var (written, other) = (applied[rows[0]].Trim(), applied[near.Value[0]].Trim());
            account.Warn($"The label '{written}' has {Rows(rows.Count)} ({LinesOf(rows, lines)}): did you mean '{other}'? Left out; --map \"{written}={other}\" counts "
                + $"{(rows.Count == 1 ? "it" : "them")}, --map \"{written}={written}\" makes it a class.");
            groups.Remove(key);
        }
    }

    private static string LinesOf(List<int> rows, IReadOnlyList<int> lines) =>
        (rows.Count == 1 ? "line " : "lines ") + TableAccount.Names([.. rows.Select(row => lines[row].ToString(CultureInfo.InvariantCulture))], MostLinesNamed);

    private static string Rows(int count) => count == 1 ? "1 row" : $"{count} rows";

    // One letter more, less, other, or two changed places; labels that differ by a number differ on purpose.
    private static bool IsSlip(string a, string b)
    {
        if (Math.Min(a.Length, b.Length) < 3 || Letters(a) == Letters(b))
        {
            return false;
        }

        return Distance(a, b) <= (Math.Min(a.Length, b.Length) >= LongWord ? 2 : 1);
    }

    private static string Letters(string text) => string.Concat(text.Where(c => !char.IsAsciiDigit(c)));

    // Optimal string alignment: Levenshtein's distance with neighbours that changed places as one step.
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }

    private static void TellJoined(
        Dictionary<string, List<int>> groups, string[] applied, Dictionary<string, string> spelling, TableAccount account, bool isNumeric)
    {
        if (isNumeric)
        {
            return;
        }

        var joined = groups
            .SelectMany(group => group.Value.Select(row => (Written: applied[row], Class: spelling[group.Key])))
            .Where(pair => pair.Written != pair.Class).GroupBy(pair => pair).Select(same => (same.Key.Written, same.Key.Class, Count: same.Count())).ToList();
        if (joined.Count > 0)
        {
            account.Add(
                "labels joined",
                $"{Rows(joined.Sum(pair => pair.Count))} with a spelling that differs in case, blanks or underscores: {TableAccount.Names([.. joined.Select(pair => $"'{pair.Written}' is {pair.Class} ({pair.Count})")])}");
        }
    }

    private static IEnumerable<string> Ordered(
        IEnumerable<string> keys, Dictionary<string, string> spelling, IReadOnlyDictionary<string, string>? names, bool isNumeric)
    {
        if (isNumeric)
        {
            return keys.OrderBy(key => double.Parse(key, CultureInfo.InvariantCulture));
        }

        if (names is not null)
        {
            var places = names.Keys.Select((code, place) => (Key(code), place)).ToDictionary(pair => pair.Item1, pair => pair.place);
            return keys.OrderBy(key => places.GetValueOrDefault(Key(key), int.MaxValue)).ThenBy(key => key, StringComparer.Ordinal);
        }

        return keys.OrderBy(key => spelling[key], StringComparer.Ordinal);
    }

    private static void Verify(string[] classes, int labelled, bool isNumeric)
    {
        if (classes.Length > MostClasses || (!isNumeric && classes.Length > 20 && classes.Length > labelled / 2))
        {
            throw new InputException(
                $"The label column has {classes.Length} different values in {labelled} rows, which are no classes.", "Name the column of the class with --label.", 2);
        }
    }

    private static string Quoted(string text) => text.Length == 0 ? "empty" : $"'{text}'";
}

/// <summary>Which column is the label, the person, the row's name, by the names people give them; what the user names comes first.</summary>
internal static partial class ColumnGuess
{
    private static readonly string[] LabelNames =
        ["activity", "label", "class", "classe", "target", "activityname", "activitylabel", "activityid", "activitycode", "labels", "gt", "groundtruth", "aktivität", "aktivitaet", "klasse", "bezeichnung", "action", "state", "outcome", "exercise"];

    private static readonly string[] GroupNames =
    [
        "subject", "person", "user", "participant", "volunteer", "subjectid", "personid", "userid", "participantid", "volunteerid", "username", "subj", "subjectnumber", "subjectno", "subjectnr",
        "personname", "patient", "patientid", "wearer", "proband", "probandid", "probandin", "teilnehmer", "athlete", "individual", "who",
    ];

    private static readonly string[] IdNames = ["id", "rowid", "windowid", "sampleid", "recordid", "problemid", "uid", "uuid", "exampleid", "segmentid", "index", "idx", "rownumber", "rownum", "rownames"];

    /// <summary>Whether a name is one that people give to labels.</summary>
    public static bool IsLabel(string name) => LabelNames.Contains(Plain(name));

    /// <summary>Whether a name is one that people give to persons.</summary>
    public static bool IsGroup(string name) => GroupNames.Contains(Plain(name));

    /// <summary>Whether a name is one that people give to row names.</summary>
    public static bool IsId(string name) => IdNames.Contains(Plain(name));

    /// <summary>Whether a column without a name, or the one pandas makes of it.</summary>
    public static bool IsIndex(string original) => original.Length == 0 || original.StartsWith("Unnamed:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a name is one of times, or of windows and frames counted in time.</summary>
    public static bool IsTime(string name) => TimeNames().IsMatch(Plain(name));

    /// <summary>The first column with one of the names of labels: the order is that of how sure the names are.</summary>
    public static string? Label(IEnumerable<string> columns) => First(columns, LabelNames);

    /// <summary>The first column with one of the names of people.</summary>
    public static string? Group(IEnumerable<string> columns) => First(columns, GroupNames);

    /// <summary>A column the user names.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static RawColumn Named(RawTable table, string name, string option) => table.Find(name) ?? throw new InputException(
        $"There is no column '{name}' for {option}.",
        NearestName.Question(name, table.Columns.Select(column => column.Name)) + $"The columns are {TableAccount.Names([.. table.Columns.Select(column => TableAccount.Shown(column.Original))], 20)}.",
        2);

    private static string? First(IEnumerable<string> columns, string[] names) => columns
        .Select(column => (Column: column, Place: Array.IndexOf(names, Plain(column)))).Where(found => found.Place >= 0)
        .OrderBy(found => found.Place).Select(found => found.Column).FirstOrDefault();

    private static string Plain(string name) => string.Concat(name.ToLowerInvariant().Where(char.IsLetterOrDigit));

    [GeneratedRegex("timestamp|datetime|^(date|time|day|clock|epoch|zeit|datum|uhrzeit)(ms|us|ns|s|utc|local)?$|^(num)?(window|frame|sample|segment)(number|num|no|nr|index|idx|count)?$")]
    private static partial Regex TimeNames();
}
