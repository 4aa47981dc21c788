using System.Text.RegularExpressions;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>
/// Who wore the sensor and what they did, from the folders and names of files, where no column says it: as the user tells, otherwise by
/// the layout when it leaves no doubt (one part of every path is the name of an activity, and people come back under several of them).
/// </summary>
internal sealed class PathRoles
{
    // English names of what people do in public sets of recordings; a part of a path is an activity when one of its words is.
    private static readonly HashSet<string> Activities =
    [
        "walk", "walking", "run", "running", "jog", "jogging", "sit", "sitting", "seated", "stand", "standing", "lay", "laying", "lie", "lying",
        "sleep", "sleeping", "cycle", "cycling", "bike", "biking", "stairs", "upstairs", "downstairs", "climb", "climbing", "jump", "jumping",
        "fall", "falling", "falls", "idle", "still", "rest", "resting", "stationary", "drive", "driving", "row", "rowing", "skip", "skipping", "squat",
        "squats", "pushup", "pushups", "situp", "situps", "lunge", "lunges", "typing", "eating", "drinking", "clapping", "kicking", "sweeping", "hopping",
        "dancing", "legraise", "swimming", "ironing", "vacuuming", "bending", "turning", "crawling",
    ];

    private PathRoles(Func<SourceEntry, string> subjectOf, Func<SourceEntry, string>? labelOf, string? note)
    {
        SubjectOf = subjectOf;
        LabelOf = labelOf;
        Note = note;
    }

    /// <summary>The wearer of a file.</summary>
    public Func<SourceEntry, string> SubjectOf { get; }

    /// <summary>The class of all rows of a file; null where paths tell of none.</summary>
    public Func<SourceEntry, string>? LabelOf { get; }

    /// <summary>What was taken from paths, for the user; null where it is the usual folder or file a person.</summary>
    public string? Note { get; }

    /// <summary>Looks at all paths of a set.</summary>
    /// <exception cref="InputException">A stated place does not exist in a path (exit code 2).</exception>
    public static PathRoles Of(IReadOnlyList<SourceEntry> entries, string? subjectFrom, string? labelFrom)
    {
        var hasFolders = entries.Select(entry => entry.Folder).Distinct().Count() > 1;
        Func<SourceEntry, string> usual = entry => hasFolders && entry.Folder.Length > 0 ? Folders(entry)[^1] : Path.GetFileName(TableFile.Stem(entry.Name));
        var label = labelFrom is null ? FindLabel(entries) : Stated(labelFrom, "label");
        var subject = subjectFrom is not null ? Stated(subjectFrom, "subject") : label is null ? null : FindSubject(entries, label);
        foreach (var entry in entries)
        {
            _ = subjectFrom is null ? "" : subject!(entry);
            _ = labelFrom is null ? "" : label!(entry);
        }

        var note = label is null && subject is null ? null : Sentence(entries, subject, label);
        // A file a person is the last resort: a folder named after an activity is nobody.
        var otherwise = label is null ? usual : entry => Path.GetFileName(TableFile.Stem(entry.Name));
        return new PathRoles(subject ?? otherwise, label, note);
    }

    private static string Sentence(IReadOnlyList<SourceEntry> entries, Func<SourceEntry, string>? subject, Func<SourceEntry, string>? label)
    {
        string Some(Func<SourceEntry, string> part)
        {
            const int MostNamed = 6;
            string[] found = [.. entries.Select(part).Distinct().Order(StringComparer.Ordinal)];
            return string.Join(", ", found.Take(MostNamed)) + (found.Length > MostNamed ? $" … ({found.Length})" : "");
        }

        var classes = label is null ? "" : $"classes {Some(label)}";
        var people = subject is null ? "each file passes for a person" : $"people {Some(subject)}";
        return $"Taken from the paths where no column says it: {(label is null ? people : $"{classes}; {people}")}. Tell it otherwise with --label-from and --subject-from.";
    }

    private static Func<SourceEntry, string>? FindLabel(IReadOnlyList<SourceEntry> entries)
    {
        for (var level = 0; level < entries.Min(entry => Folders(entry).Length); level++)
        {
            var at = level;
            if (AreActivities(entries.Select(entry => Folders(entry)[at])))
            {
                return entry => Folders(entry)[at];
            }
        }

        Func<SourceEntry, string> inName = entry => ActivityIn(Path.GetFileName(TableFile.Stem(entry.Name)));
        return AreActivities(entries.Select(inName)) ? inName : null;
    }

    /// <summary>The part of the paths under whose values several classes come back: a person does more than one thing.</summary>
    private static Func<SourceEntry, string>? FindSubject(IReadOnlyList<SourceEntry> entries, Func<SourceEntry, string> label)
    {
        List<Func<SourceEntry, string>> candidates = [];
        for (var level = entries.Min(entry => Folders(entry).Length) - 1; level >= 0; level--)
        {
            var at = level;
            candidates.Add(entry => Folders(entry)[at]);
        }

        candidates.Add(entry => Path.GetFileName(TableFile.Stem(entry.Name)));
        candidates.Add(entry => FirstOther(Path.GetFileName(TableFile.Stem(entry.Name))));
        return candidates.FirstOrDefault(candidate =>
        {
            var classesOf = entries.ToLookup(candidate, label);
            return classesOf.Count > 1 && !classesOf.Contains("")
                && classesOf.Count(group => group.Distinct().Count() > 1) * 2 > classesOf.Count
                && !classesOf.Any(group => double.TryParse(group.Key, out _) && classesOf.Count > entries.Count / 2);
        });
    }

    private static bool AreActivities(IEnumerable<string> parts)
    {
        string[] distinct = [.. parts.Distinct()];
        return distinct.Length > 1 && distinct.All(part => ActivityIn(part).Length > 0);
    }

    /// <summary>The words of a part from its first to its last word that is an activity, without numbers; "" for none.</summary>
    private static string ActivityIn(string part)
    {
        var words = Words(part);
        var first = Array.FindIndex(words, IsActivity);
        var last = Array.FindLastIndex(words, IsActivity);
        return first < 0 ? "" : string.Join('_', words[first..(last + 1)].Select(word => word.TrimEnd("0123456789".ToCharArray())));
    }

    /// <summary>The first word that is neither an activity nor a number; "" for none.</summary>
    private static string FirstOther(string part) =>
        Words(part).FirstOrDefault(word => !IsActivity(word) && !word.All(char.IsDigit)) ?? "";

    private static string[] Words(string part) => part.Split(['_', '-', ' ', '.'], StringSplitOptions.RemoveEmptyEntries);

    private static bool IsActivity(string word) => Activities.Contains(word.ToLowerInvariant().TrimEnd("0123456789".ToCharArray()));

    private static string[] Folders(SourceEntry entry) => entry.Folder.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary><c>folder</c> (the innermost), <c>folder:1</c> (the outermost), <c>file</c>, or a pattern of the path with a part by that name.</summary>
    private static Func<SourceEntry, string> Stated(string place, string role)
    {
        var option = $"--{role}-from";
        if (place == "file")
        {
            return entry => Path.GetFileName(TableFile.Stem(entry.Name));
        }

        if (place == "folder" || place.StartsWith("folder:", StringComparison.Ordinal))
        {
            var level = 0;
            if (place.Length > 6 && (!int.TryParse(place.AsSpan(7), out level) || level < 1))
            {
                throw new InputException($"'{place}' is no place of {option}.", "Write folder for the innermost folder, or folder:1 for the outermost.", 2);
            }

            return entry => Folders(entry) is { } folders && folders.Length >= Math.Max(1, level)
                ? folders[level == 0 ? ^1 : level - 1]
                : throw new InputException($"'{entry.Name}' has no {place} to take the {role} from.", $"Give {option} file or a pattern, or the folder above.", 2);
        }

        var pattern = Pattern(place, role, option);
        return entry => pattern.Match(entry.Name) is { Success: true } match && match.Groups[role] is { Success: true, Length: > 0 } found
            ? found.Value
            : throw new InputException($"'{entry.Name}' does not fit {option} {place}.", "Correct the pattern, or take the file out with --leave-out.", 2);
    }

    private static Regex Pattern(string place, string role, string option)
    {
        var isRegex = place.Contains("(?<", StringComparison.Ordinal);
        var text = isRegex ? place : Regex.Replace(Regex.Escape(place).Replace("\\*", "[^/]*", StringComparison.Ordinal), @"\\\{(\w+)}", "(?<$1>[^/]+?)");
        try
        {
            // Paths come from outside, and so does the pattern: a time limit instead of an endless search.
            var pattern = new Regex(isRegex ? text : $"(^|/){text}(\\.[^/]*)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
            return pattern.GetGroupNames().Contains(role)
                ? pattern
                : throw new InputException(
                    $"{option} {place} has no part {{{role}}}.", $"Write folder, folder:1, file, or a pattern such as {{subject}}_{{label}} or (?<{role}>[a-z]+)_.*", 2);
        }
        catch (ArgumentException e)
        {
            throw new InputException($"{option} {place} is no pattern: {e.Message}", "Write it as {subject}_{label}, or as a regular expression with named groups.", 2, e);
        }
    }
}
