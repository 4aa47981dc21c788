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
        if (parsed.GetValue(folder) is { } place)
        {
            WritablePlace.Verify(Path.Combine(place, "wiring.svg"));
        }

        var chosen = parsed.GetValue(board) is { } name ? BoardType.Named(name).BannerName : null;
        var shown = Drawings().Where(drawing => chosen is null || drawing.Board == chosen).ToList();
        TableWriter.Write(terminal, shown.Select(drawing => new ReportTable(drawing.Title, ["signal", "pin", "what for"], [.. drawing.Rows.Select(row => new[] { row.Signal, row.Pin, row.Use })])));
        if (parsed.GetValue(folder) is { } path)
        {
            WholeFiles.Write(path, shown.ToDictionary(drawing => drawing.File + ".svg", drawing => drawing.Svg()));
            terminal.Say($"Wrote {string.Join(", ", shown.Select(drawing => Path.Combine(path, drawing.File + ".svg")))}.");
        }

        return 0;
    }

    // Boards with a sensor to wire, and one that has it inside.
    private static IEnumerable<(string Board, string Title, string File, IReadOnlyList<(string Signal, string Pin, string Use)> Rows, Func<string> Svg)> Drawings()
    {
        foreach (var shape in BoardShape.All)
        {
            var pins = Boards.Single(known => known.Name == shape.Name);
            yield return (shape.Name, $"{shape.Name}: a GY-521 on {shape.Product}", shape.File, WiringTable.Of(shape, pins), () => WiringDrawing.Of(shape, pins));
        }

        var stick = Firmware.Board.M5StickCPlus();
        yield return (stick.Name, $"{stick.Name}: nothing to solder", StickDrawing.File, StickDrawing.Rows(stick), () => StickDrawing.Of(stick));
    }
}
