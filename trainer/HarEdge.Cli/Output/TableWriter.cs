using HarEdge.Trainer.Reports;
using Spectre.Console;

namespace HarEdge.Cli.Output;

/// <summary>Writes report tables: boxed for a person at a terminal, Markdown into files and pipes.</summary>
internal static class TableWriter
{
    /// <summary>Writes tables one after another, a blank line between them.</summary>
    public static void Write(Terminal terminal, IEnumerable<ReportTable> tables)
    {
        foreach (var table in tables)
        {
            Write(terminal, table);
            terminal.Out.WriteLine();
        }
    }

    private static void Write(Terminal terminal, ReportTable table)
    {
        if (!terminal.OutIsTerminal)
        {
            terminal.Out.Write(table.ToMarkdown());
            return;
        }

        var pretty = new Table { Border = TableBorder.Rounded };
        for (var column = 0; column < table.Header.Count; column++)
        {
            // Class names are long and one word: broken at their underscores, six of them fit beside each other.
            var header = new TableColumn(Markup.Escape(table.Header[column].Replace("_", "_\n", StringComparison.Ordinal)));
            pretty.AddColumn(table.IsNumeric(column) ? header.RightAligned() : column == 0 ? header.NoWrap() : header);
        }

        foreach (var row in table.Rows)
        {
            pretty.AddRow(row.Select(Markup.Escape).ToArray());
        }

        terminal.Out.WriteLine(table.Title);
        terminal.Pretty.Write(pretty);
    }
}
