using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.PublicSets;

/// <summary>Activity ids and names: from the archive's <c>activity_labels.txt</c>, otherwise HAPT's own twelve.</summary>
internal sealed class HaptActivities
{
    private static readonly string[] BasicNames =
        ["WALKING", "WALKING_UPSTAIRS", "WALKING_DOWNSTAIRS", "SITTING", "STANDING", "LAYING"];

    private static readonly string[] TransitionNames =
        ["STAND_TO_SIT", "SIT_TO_STAND", "SIT_TO_LIE", "LIE_TO_SIT", "STAND_TO_LIE", "LIE_TO_STAND"];

    private readonly Dictionary<int, short> _indexById;

    private HaptActivities(string source, IEnumerable<(int Id, string Name)> activities)
    {
        Source = source;
        Names = [.. activities.Select(activity => activity.Name)];
        _indexById = activities.Select((activity, index) => (activity.Id, index)).ToDictionary(pair => pair.Id, pair => (short)pair.index);
    }

    /// <summary>The six basic activities, in HAPT's order.</summary>
    public static IReadOnlyList<string> Basic => BasicNames;

    /// <summary>The six postural transitions, in HAPT's order.</summary>
    public static IReadOnlyList<string> Transitions => TransitionNames;

    /// <summary>Where the names come from, for messages.</summary>
    public string Source { get; }

    /// <summary>Class names in the order of their indices.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Without the postural transitions.</summary>
    public IReadOnlyList<string> Default => [.. Names.Where(name => !TransitionNames.Contains(name))];

    /// <summary>The twelve of HAPT 2.1.</summary>
    public static HaptActivities BuiltIn { get; } =
        new("the activities of HAPT", BasicNames.Concat(TransitionNames).Select((name, index) => (index + 1, name)));

    /// <summary>Reads <c>activity_labels.txt</c>: an id and a name a line.</summary>
    public static HaptActivities Read(byte[] bytes, string fileName)
    {
        var text = new NumberText(bytes, fileName);
        List<(int Id, string Name)> activities = [];
        while (text.TryReadLine(out ReadOnlySpan<byte> line))
        {
            int id = text.ParseInteger(text.NextWord(ref line));
            string name = ClassNames.Normalize(System.Text.Encoding.UTF8.GetString(line));
            if (name.Length == 0)
            {
                throw text.WrongColumns(2);
            }

            if (activities.Any(activity => activity.Id == id || activity.Name == name))
            {
                throw new InputException(
                    $"'{fileName}' line {text.LineNumber} lists activity {id} or the name {name} twice.",
                    "Give each activity one id and one name.");
            }

            activities.Add((id, name));
        }

        return activities.Count > 0
            ? new HaptActivities($"'{fileName}'", activities)
            : throw new InputException($"'{fileName}' lists no activity.", "Restore the file from the original archive, or remove it.");
    }

    /// <summary>The class index of an id, or false when it is not listed.</summary>
    public bool TryIndex(int id, out short index) => _indexById.TryGetValue(id, out index);

    /// <summary>From the source's own file where it has one.</summary>
    public static HaptActivities From(SourceTree source, List<SourceFile> files)
    {
        SourceEntry entry = source.Entries.FirstOrDefault(entry => entry.FileName == "activity_labels.txt");
        if (entry.Name is null)
        {
            return BuiltIn;
        }

        byte[] bytes = source.ReadAll(entry, out string sha256);
        files.Add(new SourceFile(entry.Name, sha256));
        return Read(bytes, source.Describe(entry));
    }
}
