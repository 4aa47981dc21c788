using System.Globalization;
using System.Text;

namespace HarEdge.Trainer.Reports;

/// <summary>A table for people: text cells under a title. How it is drawn is the reader's business.</summary>
/// <param name="Title">One line: what, data set, split, seed where they matter.</param>
/// <param name="Header">Column names.</param>
/// <param name="Rows">Cells, one list a row, as many as columns.</param>
internal sealed record ReportTable(string Title, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>True when every cell of a column starts like a number: such columns are aligned to the right.</summary>
    public bool IsNumeric(int column) =>
        Rows.Count > 0 && Rows.All(row => row[column].Length == 0 || char.IsAsciiDigit(row[column][0]) || row[column][0] is '-' or '+' or '–');

    /// <summary>A share of 0..1 as a percentage with one decimal, or a dash where there is none.</summary>
    public static string Percent(double share) =>
        double.IsFinite(share) ? (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "–";

    /// <summary>A difference of shares in percentage points with a sign and two decimals.</summary>
    public static string Points(double difference) => (100 * difference).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>The table as Markdown with the title above, columns padded to line up, ending in a line feed.</summary>
    public string ToMarkdown()
    {
        var widths = Header.Select((name, column) => Rows.Select(row => row[column].Length).Append(name.Length).Append(3).Max()).ToArray();
        var text = new StringBuilder().Append(Title).Append("\n\n");
        AppendRow(text, widths, Header);
        AppendRow(text, widths, [.. widths.Select((width, column) => IsNumeric(column) ? new string('-', width - 1) + ":" : new string('-', width))]);
        foreach (var row in Rows)
        {
            AppendRow(text, widths, row);
        }

        return text.ToString();
    }

    private void AppendRow(StringBuilder text, int[] widths, IReadOnlyList<string> cells)
    {
        for (var column = 0; column < cells.Count; column++)
        {
            var cell = cells[column].Replace("|", "\\|", StringComparison.Ordinal);
            text.Append("| ").Append(IsNumeric(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])).Append(' ');
        }

        text.Append("|\n");
    }
}
