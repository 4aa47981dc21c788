using System.Globalization;

namespace HarEdge.Trainer.Tables.Reading;

/// <summary>Columns that name rows, people, sequences and steps.</summary>
internal static class RowKeys
{
    /// <summary>The text of every row.</summary>
    public static string[] Texts(RawColumn column) => column.IsText
        ? [.. column.Codes.Select(code => column.Texts[code])]
        : [.. column.Numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture))];

    /// <summary>Different names, in the order of the file.</summary>
    public static string[] Names(string[] texts)
    {
        Indices(texts, out var names);
        return names;
    }

    /// <summary>For each row the index of its name: "7" and "7.0" are one person or sequence.</summary>
    public static int[] Indices(string[] texts, out string[] names)
    {
        Dictionary<string, int> known = [];
        var indices = Array.ConvertAll(texts, text =>
        {
            var name = LabelColumn.IsWhole(text.Trim(), out var code) ? code : text.Trim();
            return known.TryGetValue(name, out var index) ? index : known[name] = known.Count;
        });
        names = [.. known.Keys];
        return indices;
    }

    /// <summary>Numbers or times, the latter in seconds.</summary>
    public static double[] Steps(RawColumn column) => Array.ConvertAll(Texts(column), text =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time.Ticks / (double)TimeSpan.TicksPerSecond
        : throw new InputException($"'{text}' in the column '{column.Name}' is neither a number nor a time.", "Name the column that orders the steps with --step."));
}
