using System.Text.RegularExpressions;

namespace HarEdge.Trainer.Tables.Reading;

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
