using System.Globalization;
using System.Text.RegularExpressions;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>Timestamps as numbers of a unit or as dates.</summary>
internal static partial class CsvTime
{
    /// <summary>A timestamp field: a number as it is, a date and time as seconds, NaN when missing.</summary>
    public static double Parse(CsvText text, CsvColumn column)
    {
        string field = text.Text(column);
        if (field.Length < 5 || field.AsSpan(1).IndexOfAny('-', ':', '/') < 0)
        {
            return text.Value(column);
        }

        string usual = FractionAfterColon().Replace(field, "${time}.${fraction}");
        return DateTime.TryParse(usual, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal | DateTimeStyles.NoCurrentDateDefault, out DateTime time)
            ? time.Ticks / (double)TimeSpan.TicksPerSecond
            : text.Value(column);
    }

    // Physics Toolbox writes tenths after a third colon, AndroSensor milliseconds after a third colon or an underscore.
    [GeneratedRegex(@"(?<time>\d{1,2}:\d{2}:\d{2})[:_,](?<fraction>\d{1,9})$", RegexOptions.CultureInvariant)]
    private static partial Regex FractionAfterColon();
}
