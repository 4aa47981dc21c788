using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.PublicSets;

/// <summary>The rows of <c>labels.txt</c> by experiment, and how they are laid over a signal.</summary>
internal sealed class HaptLabels
{
    private const int Columns = 5;

    private readonly string fileName;
    private readonly HaptActivities activities;
    private readonly ILookup<int, HaptLabelRow> rows;

    private HaptLabels(string fileName, HaptActivities activities, IEnumerable<HaptLabelRow> rows)
    {
        this.fileName = fileName;
        this.activities = activities;
        this.rows = rows.ToLookup(row => row.Experiment);
    }

    /// <summary>Reads all rows: experiment, user, activity id, first and last sample (1-based, inclusive).</summary>
    /// <exception cref="InputException">A row is unreadable, its end lies before its start, or its activity is not listed.</exception>
    public static HaptLabels Read(byte[] bytes, string fileName, HaptActivities activities)
    {
        var text = new NumberText(bytes, fileName);
        List<HaptLabelRow> rows = [];
        Span<int> row = stackalloc int[Columns];
        while (text.TryReadLine(out var line))
        {
            for (var column = 0; column < Columns; column++)
            {
                row[column] = text.ParseInteger(text.NextWord(ref line));
            }

            if (!line.IsEmpty)
            {
                throw text.WrongColumns(Columns);
            }

            if (row[4] < row[3])
            {
                throw new InputException(
                    $"'{fileName}' line {text.LineNumber}: the label ends at sample {row[4]}, before it starts at {row[3]}.",
                    "Correct the line: experiment, user, activity, first and last sample.");
            }

            if (!activities.TryIndex(row[2], out _))
            {
                throw new InputException(
                    $"'{fileName}' line {text.LineNumber}: activity {row[2]} is not among {activities.Source}.",
                    "Correct the id, or add it with its name to activity_labels.txt.");
            }

            rows.Add(new HaptLabelRow(text.LineNumber, row[0], row[1], row[2], row[3], row[4]));
        }

        return new HaptLabels(fileName, activities, rows);
    }

    /// <summary>How many rows name an experiment that is not among the given ones.</summary>
    public int CountOutside(IEnumerable<int> experiments) => rows.Where(group => !experiments.Contains(group.Key)).Sum(group => group.Count());

    /// <summary>Class index of each of <paramref name="samples"/>; rows that leave the signal are shortened, counted and named.</summary>
    public short[] Lay(HaptExperiment experiment, int samples, ImportTally tally)
    {
        var labels = new short[samples];
        Array.Fill(labels, RawSignal.Unlabeled);
        var overlapping = 0;
        foreach (var row in rows[experiment.Number])
        {
            if (row.User != experiment.User)
            {
                throw new InputException(
                    $"'{fileName}' line {row.Line} gives experiment {row.Experiment} to user {row.User}, but its files belong to user {experiment.User}.",
                    "Correct the line or rename the files.");
            }

            var start = Math.Clamp(row.Start - 1, 0, samples);
            var end = Math.Clamp(row.End, start, samples);
            if (start != row.Start - 1 || end != row.End)
            {
                tally.LabelRowsClamped++;
                tally.Warn($"'{fileName}' line {row.Line}: the label covers samples {row.Start} to {row.End}, "
                    + $"but the signal has {samples}; {end - start} of {row.End - row.Start + 1} samples keep it.");
            }

            activities.TryIndex(row.ActivityId, out var index);
            for (var sample = start; sample < end; sample++)
            {
                overlapping += labels[sample] == RawSignal.Unlabeled ? 0 : 1;
                labels[sample] = index;
            }
        }

        if (overlapping > 0)
        {
            tally.Warn($"'{fileName}': {overlapping} samples of {experiment.Name} have two labels; the later line counts.");
        }

        return labels;
    }
}

/// <summary>One row of <c>labels.txt</c>: samples <paramref name="Start"/>..<paramref name="End"/>, 1-based and inclusive, have a class.</summary>
internal readonly record struct HaptLabelRow(int Line, int Experiment, int User, int ActivityId, int Start, int End);

/// <summary>Activity ids and names: from the archive's <c>activity_labels.txt</c>, otherwise HAPT's own twelve.</summary>
internal sealed class HaptActivities
{
    private static readonly string[] BasicNames =
        ["WALKING", "WALKING_UPSTAIRS", "WALKING_DOWNSTAIRS", "SITTING", "STANDING", "LAYING"];

    private static readonly string[] TransitionNames =
        ["STAND_TO_SIT", "SIT_TO_STAND", "SIT_TO_LIE", "LIE_TO_SIT", "STAND_TO_LIE", "LIE_TO_STAND"];

    private readonly Dictionary<int, short> indexById;

    private HaptActivities(string source, IEnumerable<(int Id, string Name)> activities)
    {
        Source = source;
        Names = [.. activities.Select(activity => activity.Name)];
        indexById = activities.Select((activity, index) => (activity.Id, index)).ToDictionary(pair => pair.Id, pair => (short)pair.index);
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
        while (text.TryReadLine(out var line))
        {
            var id = text.ParseInteger(text.NextWord(ref line));
            var name = ClassNames.Normalize(System.Text.Encoding.UTF8.GetString(line));
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
    public bool TryIndex(int id, out short index) => indexById.TryGetValue(id, out index);

    /// <summary>From the source's own file where it has one.</summary>
    public static HaptActivities From(SourceTree source, List<SourceFile> files)
    {
        SourceEntry entry = source.Entries.FirstOrDefault(entry => entry.FileName == "activity_labels.txt");
        if (entry.Name is null)
        {
            return BuiltIn;
        }

        var bytes = source.ReadAll(entry, out var sha256);
        files.Add(new SourceFile(entry.Name, sha256));
        return Read(bytes, source.Describe(entry));
    }
}
