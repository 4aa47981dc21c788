using System.Globalization;
using System.Text;

namespace HarEdge.Trainer.Datasets;

/// <summary>One spelling of class names for all data sets, so that sets can be combined by name.</summary>
internal static class ClassNames
{
    private static readonly Dictionary<char, string> Latin = LatinLetters();

    private static readonly Dictionary<char, string> SignWords = new() { ['+'] = "PLUS", ['&'] = "AND", ['%'] = "PERCENT" };

    /// <summary>Upper case; every stretch of blanks and hyphens becomes one underscore.</summary>
    public static string Normalize(string name)
    {
        var result = new StringBuilder(name.Length);
        foreach (var c in name.Trim().ToUpperInvariant())
        {
            var isGap = char.IsWhiteSpace(c) || c is '-' or '_';
            if (!isGap)
            {
                result.Append(c);
            }
            else if (result.Length > 0 && result[^1] != '_')
            {
                result.Append('_');
            }
        }

        return result.ToString();
    }

    /// <summary>
    /// A name that source code and an ASCII console can hold: <see cref="Normalize"/>, then accents dropped, other alphabets written in
    /// Latin letters where that is usual, signs as underscores, and CLASS_ before a name that begins with a digit. A whole number written
    /// with a decimal point (2.0, as tables with empty fields have it) is the whole number.
    /// </summary>
    public static string ToIdentifier(string name)
    {
        var result = new StringBuilder();
        foreach (var c in Normalize(Whole(name)))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            if (char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c))
            {
                result.Append(c);
            }
            else if (char.IsLetterOrDigit(c))
            {
                result.Append(Latin.GetValueOrDefault(c) ?? FormattableString.Invariant($"U{(int)c:X4}"));
            }
            else if (SignWords.TryGetValue(c, out var word))
            {
                result.Append('_').Append(word).Append('_');
            }
            else
            {
                result.Append('_');
            }
        }

        var joined = string.Join('_', result.ToString().Split('_', StringSplitOptions.RemoveEmptyEntries));
        return joined.Length == 0 || char.IsAsciiDigit(joined[0]) ? "CLASS_" + joined : joined;
    }

    /// <summary>"2.0" as "2", other text without blanks around it.</summary>
    internal static string Whole(string label)
    {
        var text = label.Trim();
        var isWhole = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < 1e9 && number == Math.Floor(number);
        return !isWhole ? text : (number < 0 ? "minus " : "") + Math.Abs(number).ToString("0", CultureInfo.InvariantCulture);
    }

    /// <summary>Written out, because the tool runs without the culture data that would take accents apart.</summary>
    private static Dictionary<char, string> LatinLetters()
    {
        // Latin letters without their accents, Cyrillic as in ISO 9 without marks, Greek as in ISO 843; upper case.
        const string Letters =
            "ÀÁÂÃÄÅĀĂĄ A ÇĆĈĊČ C ĎĐÐ D ÈÉÊËĒĔĖĘĚ E ĜĞĠĢ G ĤĦ H ÌÍÎÏĨĪĬĮİı I Ĵ J Ķ K ĹĻĽĿŁ L ÑŃŅŇ N ÒÓÔÕÖŌŎŐØ O ŔŖŘ R ŚŜŞŠȘ S ŢŤŦȚ T ÙÚÛÜŨŪŬŮŰŲ U "
            + "Ŵ W ÝŶŸ Y ŹŻŽ Z ß SS ẞ SS Æ AE Œ OE Þ TH "
            + "А A Б B В V ГҐ G Д D ЕЁЭ E Є YE Ж ZH З Z ИІЇ I ЙЈ J К K Л L М M Н N О O П P Р R С S Т T УЎ U Ф F Х H Ц TS Ч CH Ш SH Щ SHCH Ы Y Ю YU Я YA "
            + "ЪЬ _ Ђ DJ Љ LJ Њ NJ Ћ C Џ DZ "
            + "ΑΆ A Β V Γ G Δ D ΕΈ E Ζ Z ΗΉ I Θ TH ΙΊΪ I Κ K Λ L Μ M Ν N Ξ X ΟΌ O Π P Ρ R Σ S Τ T ΥΎΫ Y Φ F Χ CH Ψ PS ΩΏ O";
        return Letters.Split(' ').Chunk(2)
            .SelectMany(pair => pair[0].Select(letter => (letter, Text: pair[1] == "_" ? "" : pair[1])))
            .ToDictionary(pair => pair.letter, pair => pair.Text);
    }
}

/// <summary>
/// Class names of a data set turned into those of a model or of another data set, as the user says: OTHER=OURS. Several classes may
/// become one; names match without regard to case.
/// </summary>
internal sealed class ClassRenames
{
    private readonly SortedDictionary<string, string> ours;

    private ClassRenames(SortedDictionary<string, string> ours) => this.ours = ours;

    /// <summary>Reads "OTHER=OURS" entries.</summary>
    /// <exception cref="InputException">An entry has no '=' or names a class twice (exit code 2).</exception>
    public static ClassRenames Parse(IEnumerable<string> entries)
    {
        var ours = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            var sides = entry.Split('=', StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || sides.Any(side => side.Length == 0))
            {
                throw new InputException($"'{entry}' is not a class mapping.", "Write --map OTHER=OURS, for example --map SEATED=SITTING.", 2);
            }

            if (!ours.TryAdd(ClassNames.ToIdentifier(sides[0]), ClassNames.ToIdentifier(sides[1])))
            {
                throw new InputException($"The class '{sides[0]}' is mapped twice.", "Give each class of the data one --map.", 2);
            }
        }

        return new ClassRenames(ours);
    }

    /// <summary>Refuses a mapping of a class that none of the data has: a misspelling would go unnoticed.</summary>
    /// <exception cref="InputException">A left side is no class of the data (exit code 2).</exception>
    public void RefuseUnused(IReadOnlyList<DataSet> sets)
    {
        var names = sets.SelectMany(set => set.Classes).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (ours.Keys.FirstOrDefault(other => !names.Contains(other)) is { } unknown)
        {
            throw new InputException(
                $"No data has the class '{unknown}' of --map.", NearestName.Question(unknown, names) + $"Its classes are {string.Join(", ", names.Order(StringComparer.Ordinal))}.", 2);
        }
    }

    /// <summary>The data set under the new names.</summary>
    public DataSet Apply(DataSet set)
    {
        if (!set.Classes.Any(ours.ContainsKey))
        {
            return set;
        }

        var classes = set.Classes.Select(Renamed).Distinct().ToList();
        var newIndex = set.Classes.Select(name => (short)classes.IndexOf(Renamed(name))).ToArray();
        return set with
        {
            Classes = classes,
            DefaultClasses = [.. set.DefaultClasses.Select(Renamed).Distinct()],
            Recordings = [.. set.Recordings.Select(recording => recording with
            {
                Labels = [.. recording.Labels.Select(label => label < 0 ? label : newIndex[label])],
            })],
        };
    }

    private string Renamed(string name) => ours.GetValueOrDefault(name, name);
}
