using System.Globalization;
using System.Runtime.InteropServices;
using HarEdge.Trainer.Learning.Learners;

namespace HarEdge.Trainer.Tables.Reading;

/// <summary>
/// Decides which columns can be features: not those that count the rows, hold the time, never change, repeat another, hold nearly nothing, or are the same for all rows of a person.
/// Each of these gives a figure that nobody can have for new people.
/// </summary>
/// <param name="options">What the user wants in spite of it.</param>
/// <param name="account">Receives every column left out.</param>
/// <param name="train">Rows that may be learned from: only these are judged.</param>
/// <param name="labels">Classes of all rows, −1 without.</param>
/// <param name="groupOfRow">People of all rows; null where not known.</param>
internal sealed class ColumnChecks(TableOptions options, TableAccount account, int[] train, int[] labels, int[]? groupOfRow)
{
    // Above this share of missing cells a column shows which rows have it, not what it says.
    private const double MostMissing = 0.6;

    // A column whose nearest value alone gives the class away so often is examined twice.
    private const double Leaking = 0.97;

    private readonly List<(string Name, float[] Values)> kept = [];

    /// <summary>The columns that are features, in the order of the file.</summary>
    public List<RawColumn> Features(IReadOnlyList<RawColumn> candidates)
    {
        List<RawColumn> features = [];
        foreach (var column in candidates)
        {
            var isWanted = options.Keep.Any(name => name == column.Name || name == column.Original);
            var values = RowSample.Pick(Numbers(column), train);
            if (!isWanted && Reason(column, values) is { } reason)
            {
                account.LeaveOut(column.Name, reason);
                continue;
            }

            kept.Add((column.Name, values));
            features.Add(column);
            WarnOfLeak(column.Name, values);
        }

        return features;
    }

    /// <summary>Values as numbers, also of a column that was kept as text because of its name.</summary>
    internal static float[] Numbers(RawColumn column)
    {
        if (!column.IsText)
        {
            return [.. column.Numbers];
        }

        var numberOfText = column.Texts.Select(text =>
            float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value) ? value : float.NaN).ToArray();
        return [.. column.Codes.Select(code => numberOfText[code])];
    }

    private string? Reason(RawColumn column, float[] values)
    {
        var present = values.Where(value => !float.IsNaN(value)).ToArray();
        if (present.Length == 0)
        {
            return "all values are missing";
        }

        if (CountsRows(column) is { } counting)
        {
            return counting;
        }

        if (present.Distinct().Take(2).Count() == 1)
        {
            return present.Length == values.Length ? "never changes" : "never changes where it is not missing";
        }

        if (options.Sequence is null && present.Length < (1 - MostMissing) * values.Length)
        {
            return $"nearly empty: more than {100 * MostMissing:0} % of its values are missing";
        }

        if (ColumnGuess.IsTime(column.Name) || IsInOrderOfRows(values))
        {
            return "gives the time a row was made, by its name or because it rises with the rows";
        }

        if (kept.FirstOrDefault(other => other.Values.AsSpan().SequenceEqual(values) || SameBits(other.Values, values)) is { Name: { } twin })
        {
            return $"equals {twin}";
        }

        return IsOfPerson(values) ? "never changes within a person, so that it identifies the person, not the activity; --keep uses it" : null;
    }

    private string? CountsRows(RawColumn column)
    {
        var all = Numbers(column);
        var isNamedSo = ColumnGuess.IsIndex(column.Original) || ColumnGuess.IsId(column.Name);
        if (all.Length < 3 || !Array.TrueForAll(all, value => value == MathF.Floor(value)))
        {
            return ColumnGuess.IsIndex(column.Original) && column.Original.Length == 0 ? "has no name: a row number or name of the program that wrote the file" : null;
        }

        var rises = Enumerable.Range(1, all.Length - 1).All(row => all[row] == all[row - 1] + 1);
        float[] sorted = [.. all.Order()];
        var isPermutation = sorted[1] > sorted[0] && Enumerable.Range(1, sorted.Length - 1).All(i => sorted[i] - sorted[i - 1] == sorted[1] - sorted[0]);
        if (!rises && !isPermutation && !isNamedSo)
        {
            return null;
        }

        var alone = ShareByNearest(RowSample.Pick(all, train), acrossPeople: false);
        var leak = alone > Leaking ? $" and by itself gives the class away ({100 * alone:0} % of rows have the class of the row next to them)" : "";
        if (leak.Length > 0)
        {
            account.Warn($"The column {TableAccount.Shown(column.Original)} numbers the rows{leak}: it is left out. A model with it looks perfect and knows nothing.");
        }

        return rises ? "counts the rows" + leak : "numbers the rows" + leak;
    }

    // Whole numbers that never fall, or never rise, over the rows as the file has them: a clock or a counter. Real measurements do not do that.
    private static bool IsInOrderOfRows(float[] values)
    {
        if (!Array.TrueForAll(values, value => value == MathF.Floor(value)) || values.Length < 20)
        {
            return false;
        }

        var isRising = true;
        var isFalling = true;
        for (var row = 1; row < values.Length; row++)
        {
            isRising &= values[row] >= values[row - 1];
            isFalling &= values[row] <= values[row - 1];
        }

        return isRising || isFalling;
    }

    private bool IsOfPerson(float[] values)
    {
        if (groupOfRow is null)
        {
            return false;
        }

        Dictionary<int, float> ofPerson = [];
        for (var i = 0; i < values.Length; i++)
        {
            if (!ofPerson.TryAdd(groupOfRow[train[i]], values[i]) && !ofPerson[groupOfRow[train[i]]].Equals(values[i]))
            {
                return false;
            }
        }

        return ofPerson.Count > 1 && values.Length >= 3 * ofPerson.Count;
    }

    private void WarnOfLeak(string name, float[] values)
    {
        // Only a column of many different whole numbers is a number of something; a measured value may well separate classes.
        if (!Array.TrueForAll(values, value => value == MathF.Floor(value)) || values.Distinct().Take(21).Count() < 21)
        {
            return;
        }

        var alone = ShareByNearest(values, acrossPeople: false);
        if (alone > Leaking)
        {
            var across = groupOfRow is null ? double.NaN : ShareByNearest(values, acrossPeople: true);
            if (!(across > Leaking - 0.1))
            {
                account.Warn($"The column {name} alone gives the class away in {100 * alone:0} % of rows{(double.IsNaN(across) ? "" : $", but in {100 * across:0} % of rows of another person")}: "
                    + $"is it known of a new recording? --ignore \"{name}\" leaves it out.");
            }
        }
    }

    // Share of labelled rows whose class is that of the row with the nearest value, of anybody or of another person.
    private double ShareByNearest(float[] values, bool acrossPeople)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).Where(i => labels[train[i]] >= 0 && !float.IsNaN(values[i])).OrderBy(i => values[i])];
        if (order.Length < 20 || order.Select(i => labels[train[i]]).Distinct().Count() < 2)
        {
            return 0;
        }

        var right = 0;
        for (var at = 0; at < order.Length; at++)
        {
            var before = at - 1;
            var after = at + 1;
            while (acrossPeople && before >= 0 && groupOfRow![train[order[before]]] == groupOfRow[train[order[at]]])
            {
                before--;
            }

            while (acrossPeople && after < order.Length && groupOfRow![train[order[after]]] == groupOfRow[train[order[at]]])
            {
                after++;
            }

            var takesBefore = after >= order.Length || (before >= 0 && values[order[at]] - values[order[before]] <= values[order[after]] - values[order[at]]);
            var nearest = takesBefore ? before : after;
            right += nearest >= 0 && labels[train[order[nearest]]] == labels[train[order[at]]] ? 1 : 0;
        }

        return (double)right / order.Length;
    }

    private static bool SameBits(float[] a, float[] b) =>
        MemoryMarshal.AsBytes(a.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(b.AsSpan()));
}

/// <summary>Columns of text, which are features only when asked for.</summary>
internal static class TextColumns
{
    /// <summary>Reports why a column of text is left out.</summary>
    public static void Report(RawColumn column, TableAccount account)
    {
        var reason = ColumnGuess.IsTime(column.Name) ? "gives the time a row was made, by its name or because it rises with the rows"
            : column.Texts.Count > 50 ? $"text with {column.Texts.Count} different values"
            : $"text: a category of {column.Texts.Count} values ({TableAccount.Names(column.Texts, 4)}); --categorical \"{column.Name}\" encodes it";
        account.LeaveOut(column.Name, reason);
    }

    /// <summary>Whether a column that was kept as text, because of its name, holds numbers.</summary>
    public static bool IsNumeric(RawColumn column, MissingMarks marks) => column.Texts.TrueForAll(text =>
        marks.Contains(text.Trim()) || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    /// <summary>One feature a value, 1 where the row has it: unknown values of another file are 0 everywhere.</summary>
    public static IEnumerable<RawColumn> Encoded(RawColumn column) => column.Texts.Order(StringComparer.Ordinal).Where(text => text.Trim().Length > 0).Select(text =>
    {
        var encoded = new RawColumn($"{column.Name}={text.Trim()}", column.Original, isText: false);
        encoded.Numbers.AddRange(Enumerable.Range(0, column.Codes.Count).Select(row => column.Text(row) == text ? 1f : 0f));
        return encoded;
    });
}
