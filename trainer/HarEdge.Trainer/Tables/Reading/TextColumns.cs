using System.Globalization;

namespace HarEdge.Trainer.Tables.Reading;

/// <summary>Columns of text, which are features only when asked for.</summary>
internal static class TextColumns
{
    /// <summary>Tells why a column of text is left out.</summary>
    public static void Tell(RawColumn column, TableAccount account)
    {
        var reason = ColumnGuess.IsTime(column.Name) ? "tells when a row was made, by its name or because it rises with the rows"
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
