using System.Globalization;
using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>Timestamps as numbers of a unit or as dates, made into seconds.</summary>
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

    /// <summary>Fills missing times between their neighbours; at the ends they continue with the typical step. Returns how many.</summary>
    public static int FillMissing(double[] times)
    {
        int[] known = [.. Enumerable.Range(0, times.Length).Where(row => !double.IsNaN(times[row]))];
        if (known.Length == times.Length || known.Length < 2)
        {
            return times.Length - known.Length;
        }

        double typical = SamplePeriod.Of([.. known.Select(row => times[row])]);
        for (int row = known[0] - 1; row >= 0; row--)
        {
            times[row] = times[row + 1] - typical;
        }

        for (int pair = 0; pair + 1 < known.Length; pair++)
        {
            int from = known[pair];
            int to = known[pair + 1];
            for (int row = from + 1; row < to; row++)
            {
                times[row] = times[from] + (times[to] - times[from]) * (row - from) / (to - from);
            }
        }

        for (int row = known[^1] + 1; row < times.Length; row++)
        {
            times[row] = times[row - 1] + typical;
        }

        return times.Length - known.Length;
    }

    /// <summary>Seconds since the first row.</summary>
    /// <exception cref="InputException">Time does not advance, or no unit gives a possible rate.</exception>
    public static double[] ToSeconds(double[] times, TimeUnit? unit, string fileName)
    {
        double period = SamplePeriod.Of(times);
        TimeUnit found = unit ?? SamplePeriod.UnitOf(period)
            ?? throw new InputException(
                $"'{fileName}': timestamps advance by {period:g4} a row, which is no possible sample period in s, ms, us or ns.",
                "Give the unit with --time-unit, or name another column with --columns time=COLUMN.");
        double factor = UnitNames.SecondsIn(found);
        return [.. times.Select(time => (time - times[0]) * factor)];
    }
}
