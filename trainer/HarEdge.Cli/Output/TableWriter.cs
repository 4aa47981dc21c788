using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Reports;
using Spectre.Console;

namespace HarEdge.Cli.Output;

/// <summary>Writes report tables: boxed for a person at a terminal, Markdown into files and pipes. A number is never broken in two.</summary>
internal static class TableWriter
{
    // A cell's two blanks and one border.
    private const int CellFrame = 3;

    /// <summary>Writes tables one after another, a blank line between them.</summary>
    public static void Write(Terminal terminal, IEnumerable<ReportTable> tables)
    {
        foreach (var table in tables)
        {
            if (terminal.OutIsTerminal)
            {
                Draw(terminal, table);
            }
            else
            {
                terminal.Out.Write(table.ToMarkdown());
            }

            terminal.Out.WriteLine();
        }
    }

    private static void Draw(Terminal terminal, ReportTable table)
    {
        terminal.Out.WriteLine(table.Title);
        var width = terminal.Pretty.Profile.Width;
        var columns = Enumerable.Range(0, table.Header.Count).ToArray();
        var header = table.Header.ToArray();
        if (WidthOf(table, header, columns) > width)
        {
            // Long names over numbers, such as the classes over a confusion matrix, become letters that a key explains.
            foreach (var column in columns.Where(column => table.IsNumeric(column) && header[column].Length > 2))
            {
                header[column] = LetterOf(column);
            }
        }

        foreach (var part in Parts(table, header, columns, width))
        {
            terminal.Pretty.Write(Boxed(table, header, part, width));
        }

        var key = columns.Where(column => header[column] != table.Header[column]).Select(column => $"{header[column]} {table.Header[column]}").ToList();
        if (key.Count > 0)
        {
            terminal.Pretty.WriteLine(string.Join(", ", key));
        }
    }

    // As many columns beside the first as fit, at least one.
    private static IEnumerable<int[]> Parts(ReportTable table, string[] header, int[] columns, int width)
    {
        for (var next = 1; next < columns.Length || next == 1;)
        {
            var end = next;
            while (end < columns.Length && (end == next || WidthOf(table, header, [0, .. columns[next..(end + 1)]]) <= width))
            {
                end++;
            }

            yield return [0, .. columns[next..end]];
            next = Math.Max(end, next + 1);
        }
    }

    private static Table Boxed(ReportTable table, string[] header, int[] columns, int width)
    {
        var pretty = new Table { Border = TableBorder.Rounded };
        foreach (var (column, room) in columns.Zip(Widths(table, header, columns, width)))
        {
            var cell = new TableColumn(Markup.Escape(BrokenAtUnderscores(header[column]))).Width(room);
            pretty.AddColumn(table.IsNumeric(column) ? cell.RightAligned() : cell);
        }

        foreach (var row in table.Rows)
        {
            pretty.AddRow(columns.Select(column => Markup.Escape(row[column])).ToArray());
        }

        return pretty;
    }

    // Each column what it cannot do without, and of the room that is left what it would like, from the left.
    private static IEnumerable<int> Widths(ReportTable table, string[] header, int[] columns, int width)
    {
        var left = Math.Max(width - WidthOf(table, header, columns), 0);
        foreach (var column in columns)
        {
            var least = LeastOf(table, header, column);
            var more = Math.Min(left, Math.Max(table.Rows.Select(row => row[column].Length).Append(LongestOf(BrokenAtUnderscores(header[column]), "\n")).Max() - least, 0));
            left -= more;
            yield return least + more;
        }
    }

    private static int WidthOf(ReportTable table, string[] header, IEnumerable<int> columns) => 1 + columns.Sum(column => CellFrame + LeastOf(table, header, column));

    // A number or a row's name whole, of other text its longest word.
    private static int LeastOf(ReportTable table, string[] header, int column) => Math.Max(
        LongestOf(BrokenAtUnderscores(header[column]), " \n"),
        table.Rows.Select(row => table.IsNumeric(column) || column == 0 ? row[column].Length : LongestOf(row[column], " ")).DefaultIfEmpty(0).Max());

    private static int LongestOf(string text, string separators) => text.Split(separators.ToCharArray()).Max(word => word.Length);

    // Class names are long and one word: broken at their underscores, six of them fit beside each other.
    private static string BrokenAtUnderscores(string name) => name.Replace("_", "_\n", StringComparison.Ordinal);

    private static string LetterOf(int column) => column <= 26 ? ((char)('A' + column - 1)).ToString() : $"{LetterOf((column - 1) / 26)}{LetterOf((column - 1) % 26 + 1)}";
}

/// <summary>What a comparison means for the user, and its exit code.</summary>
internal static class ParityVerdict
{
    private const int ParityFailed = 3;

    /// <summary>Shows both sides of the first mismatch, if there is one.</summary>
    /// <returns>0, or 3 when anything differs.</returns>
    public static int Report(Terminal terminal, ParityReport report)
    {
        if (report.Mismatches == 0)
        {
            return 0;
        }

        terminal.Say($"error: desktop and device disagree: {report.FirstMismatch}.");
        terminal.Say("  fix: This is a defect of HarEdge, not of your data: report it with the model and the command; do not flash this model.");
        return ParityFailed;
    }
}

/// <summary>A comparison as JSON carries it: whose answers, on what, and the counts.</summary>
internal sealed record ParityOfModel(string ModelId, string Dataset, bool Synthetic, ParityMetrics Parity)
{
    /// <summary>Of a report.</summary>
    public static ParityOfModel Of(string modelId, IReadOnlyList<DataSet> sets, ParityReport report) =>
        new(modelId, DataSet.NameOf(sets), DataSet.IsAnySynthetic(sets), ParityMetrics.Of(report));
}

/// <summary>How titles name data: synthetic data is always called so.</summary>
internal static class DataNames
{
    /// <summary>The names, joined.</summary>
    public static string Of(IEnumerable<DataSet> sets) =>
        string.Join(" + ", sets.Select(set => set.IsSynthetic ? set.Name + " (SYNTHETIC data)" : set.Name));
}
