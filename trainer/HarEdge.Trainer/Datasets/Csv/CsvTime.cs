using System.Globalization;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>Timestamps as numbers of a unit or as dates.</summary>
internal static class CsvTime
{
    /// <summary>A timestamp field: a number as it is, a date and time as seconds, NaN when missing.</summary>
    public static double Parse(CsvText text, CsvColumn column)
    {
        string field = text.Text(column);
        bool isDate = field.Length >= 8 && field.AsSpan(1).IndexOfAny('-', ':', '/') >= 0
            && DateTime.TryParse(field, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out _);
        return isDate
            ? DateTime.Parse(field, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal).Ticks
                / (double)TimeSpan.TicksPerSecond
            : text.Value(column);
    }
}
