using System.Text.RegularExpressions;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>
/// Who wore the sensor and what they did, from the folders and names of files, where no column says it: as the user tells, otherwise by
/// the layout when it leaves no doubt (one part of every path is the name of an activity, and people come back under several of them).
/// </summary>
internal sealed partial class PathRoles
{
    // Names of what people do in public sets of recordings, in the languages that most of them come in; a part of a path is an activity when one of its words is.
    private static readonly HashSet<string> Activities =
    [
        .. ("walk walking run running jog jogging sit sitting seated stand standing lay laying lie lying sleep sleeping cycle cycling bike biking bicycle hike hiking stair stairs upstairs downstairs "
            + "upstair downstair ascending descending climb climbing elevator escalator treadmill jump jumping hop hopping skip skipping rope fall falling falls stumble stumbling trip tripping slip crouch "
            + "crouching kneel kneeling idle still static stationary motionless rest resting relax chill wait waiting drive driving row rowing squat squats pushup pushups situp situps lunge lunges "
            + "burpee burpees plank typing writing reading eating drinking cooking washing brushing cleaning sweeping ironing vacuuming clapping waving kicking punching throwing catching dribbling "
            + "pushing pulling lifting carrying dancing swimming bending stooping turning crawling shaking legraise adl "
            + "gehen laufen rennen sitzen stehen liegen treppe springen marche marcher courir assis debout couche escalier caminar caminando andar andando correr corriendo correndo sentado "
            + "parado acostado deitado saltar saltando subir bajar descer escaleras escadas camminare correre seduto fermo").Split(' '),
    ];

    // A part of a path that is somebody: anna is one to nobody but their friends, s01, subject_3 and p7 are to everybody.
    private static readonly Regex Somebody = new(@"^(s|p|u|id|subj|subject|user|person|participant|volunteer|proband)[\W_]*\d+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

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

    /// <summary>Examines all paths of a set.</summary>
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

        var isFileEach = label is null && subject is null && entries.Count > 1 && !hasFolders;
        var note = label is null && subject is null && !isFileEach ? null : Sentence(entries, subject, label);
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
            if (AreMostlyActivities(entries.Select(entry => Folders(entry)[at])))
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

    /// <summary>Folders of one level are classes when at least half of them are activities and none is somebody: people call some of what they do as they like.</summary>
    private static bool AreMostlyActivities(IEnumerable<string> parts)
    {
        string[] distinct = [.. parts.Distinct()];
        return distinct.Length > 1 && 2 * distinct.Count(part => ActivityIn(part).Length > 0) >= distinct.Length && !distinct.Any(Somebody.IsMatch);
    }

    /// <summary>The words of a part from its first to its last word that is an activity, without numbers; "" for none.</summary>
    private static string ActivityIn(string part)
    {
        string[] words = [.. Words(part).Where(word => !char.IsDigit(word[0]))];
        var first = Array.FindIndex(words, IsActivity);
        var last = Array.FindLastIndex(words, IsActivity);
        return first < 0 ? "" : string.Join('_', words[first..(last + 1)]);
    }

    /// <summary>What is left of the first part between separators that is neither an activity nor a number: "mike" of mikeWalk2, "s01" of s01_walk; "" for nothing.</summary>
    private static string FirstOther(string part) => part.Split(['_', '-', ' ', '.'], StringSplitOptions.RemoveEmptyEntries).Select(WithoutActivity)
        .FirstOrDefault(rest => !rest.All(char.IsDigit)) ?? "";

    private static string WithoutActivity(string token)
    {
        var words = Words(token);
        return string.Concat(words.Where((word, i) => !IsActivity(word) && !(char.IsDigit(word[0]) && i > 0 && IsActivity(words[i - 1]))));
    }

    private static string[] Words(string part) => [.. Word().Matches(part).Select(match => match.Value)];

    private static bool IsActivity(string word) => Activities.Contains(word.ToLowerInvariant());

    // mike_walk2, WalkingUpstairs, S01-sit.
    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+|\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

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
