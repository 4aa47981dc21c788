using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Cli.Hardware;
using HarEdge.Firmware;
using HarEdge.Trainer;
using HarEdge.Trainer.Flashing;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge wiring</c>: which pin goes where, as a table and as a drawing.</summary>
internal sealed class WiringCommand
{
    private static readonly Board[] Boards = [Board.Esp32DevKit(), Board.Esp32S3(), Board.Esp32C3(), Board.XiaoEsp32S3(), Board.XiaoEsp32C3()];

    private readonly Option<string?> board = new("--board")
    {
        Description = "Which board. Without it, all of them.",
        HelpName = string.Join('|', BoardType.All.Select(known => known.Name)),
    };

    private readonly Option<string?> folder = new("--out", "-o") { Description = "Also write the drawing, an SVG for each board, into this folder.", HelpName = "FOLDER" };

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new WiringCommand();
        var verb = new Verb("wiring", "Shows which pin of the sensor goes to which pin of a board, from the pins in the firmware, and draws it.")
        {
            Examples =
            [
                new("every board", "haredge wiring"),
                new("one board, with its drawing", "haredge wiring --board esp32 --out ."),
                new("the drawings of this repository", "haredge wiring --out hardware"),
            ],
        };
        command.board.AcceptOnly([.. BoardType.All.Select(known => known.Name)]);
        verb.Options.Add(command.board);
        verb.Options.Add(command.folder);
        verb.Does((parsed, _) => command.Execute(parsed, terminal));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal)
    {
        var chosen = parsed.GetValue(board) is { } name ? BoardType.Named(name).BannerName : null;
        var shown = BoardShape.All.Where(shape => chosen is null || shape.Name == chosen).Select(shape => (Shape: shape, Board: Boards.Single(known => known.Name == shape.Name))).ToList();
        TableWriter.Write(terminal, shown.Select(pair => new ReportTable(
            $"{pair.Shape.Name}: a GY-521 on {pair.Shape.Product}",
            ["signal", "pin", "what for"],
            [.. WiringTable.Of(pair.Shape, pair.Board).Select(row => new[] { row.Signal, row.Pin, row.Use })])));
        if (parsed.GetValue(folder) is { } path)
        {
            WholeFiles.Write(path, shown.ToDictionary(pair => pair.Shape.File + ".svg", pair => WiringDrawing.Of(pair.Shape, pair.Board)));
            terminal.Say($"Wrote {string.Join(", ", shown.Select(pair => Path.Combine(path, pair.Shape.File + ".svg")))}.");
        }

        return 0;
    }
}
