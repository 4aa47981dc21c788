using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Flashing;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge flash</c>: runtime and application onto a board, and whether it is the right one that boots.</summary>
internal sealed class FlashCommand
{
    private readonly ModelOption model = new();

    private readonly Option<string?> port = new("--port") { Description = "Serial port of the board. Without it, the only one there is.", HelpName = "PORT" };

    private readonly Option<string?> board = new("--board")
    {
        Description = "Which board it is. Without it, the board is asked for its chip.",
        HelpName = string.Join('|', FlashTarget.All.Select(target => target.Name)),
    };

    private readonly Option<string?> image = new("--image")
    {
        Description = $"The application. Without it, the {AppImage.Application}.bin that the firmware's build wrote in this clone.",
        HelpName = "FILE",
    };

    private readonly Option<string?> pe = new("--pe")
    {
        Description = "Make the application from the .pe files of this folder, into --image (App.bin without it).",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> flasher = new("--nanoff") { Description = "The program nanoff, when it is not on the path.", HelpName = "FILE" };
    private readonly Option<bool> keepRuntime = new("--keep-runtime") { Description = "Flash the application only: the runtime is on the board already." };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Print the commands and run none." };
    private readonly Option<int> wait = NumberOption.Whole("--wait", "Seconds to wait for the boot banner.", 90, 1, 600);

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new FlashCommand();
        var verb = new Verb("flash", "Puts nanoFramework's runtime and the firmware on a board, waits for it to boot, and checks model and self-test.")
        {
            Examples =
            [
                new("the only board there is, with the firmware built in this clone", "haredge flash"),
                new("what would be run, for a board that is not here", "haredge flash --dry-run --port COM3 --board esp32 --image App.bin"),
                new("a new model on a board that has its runtime", "haredge flash --keep-runtime --model runs/hapt --port /dev/ttyUSB0"),
                new("an image from the .pe files of a build", "haredge flash --pe firmware/HarEdge.Firmware/bin/Release --image App.bin"),
            ],
        };
        command.board.AcceptOnly([.. FlashTarget.All.Select(target => target.Name)]);
        command.model.AddTo(verb);
        Option[] others = [command.port, command.board, command.image, command.pe, command.flasher, command.keepRuntime, command.dryRun, command.wait];
        foreach (var option in others)
        {
            verb.Options.Add(option);
        }

        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var loaded = model.Load(parsed);
        return parsed.GetValue(dryRun) ? Show(parsed, terminal) : Flash(parsed, loaded, terminal, cancellation);
    }

    // What the real run finds out by itself stands in capitals.
    private int Show(ParseResult parsed, Terminal terminal)
    {
        var where = parsed.GetValue(port) ?? SerialPortList.Find().Select(found => found.Name).FirstOrDefault() ?? "PORT";
        var target = parsed.GetValue(board) is { } name ? FlashTarget.Named(name) : null;
        if (target is null)
        {
            terminal.Out.WriteLine(NanoffCommand.Details(where));
            terminal.Say("The board is asked for its chip; the commands below are those for the classic ESP32.");
        }

        foreach (var step in Steps(parsed, target ?? FlashTarget.Named("esp32"), where, ImageName(parsed) ?? AppImage.Application + ".bin"))
        {
            terminal.Out.WriteLine(step);
        }

        terminal.Next("without --dry-run they are run, and the board's banner is waited for.");
        return 0;
    }

    private int Flash(ParseResult parsed, FixedPointModel loaded, Terminal terminal, CancellationToken cancellation)
    {
        var nanoff = parsed.GetValue(flasher) is { } path ? new NanoffTool(path) : NanoffTool.Find();
        var file = Image(parsed, terminal);
        var where = parsed.GetValue(port) ?? SourceOptions.Only(SerialPortList.Find(), terminal);
        var target = parsed.GetValue(board) is { } name ? FlashTarget.Named(name) : Ask(nanoff, where, terminal, cancellation);
        foreach (var step in Steps(parsed, target, where, file))
        {
            terminal.Say($"{step.What}: {step}");
            nanoff.Run(step, line => terminal.Say("  " + line), cancellation);
        }

        terminal.Say("Waiting for the board to say who it is. If nothing comes, press its reset button.");
        using var console = new SerialPortSource(where);
        var (banner, boot) = new BootWatch(console, loaded, () => KnownAnswers(loaded))
            .Run(target, TimeSpan.FromSeconds(parsed.GetValue(wait)), cancellation);
        var selfTest = boot == BootOutcome.Passed ? "its known answers agree" : "its self-test was over before anyone listened";
        terminal.Out.WriteLine($"{banner.Board}, firmware {banner.Firmware}, model {banner.Model}: {selfTest}.");
        terminal.Next($"haredge monitor --port {where} shows what it decides; haredge compare --port {where} whether it decides as the desktop.");
        return 0;
    }

    private IEnumerable<NanoffCommand> Steps(ParseResult parsed, FlashTarget target, string where, string file)
    {
        if (!parsed.GetValue(keepRuntime))
        {
            yield return NanoffCommand.Update(target, where);
        }

        yield return NanoffCommand.Deploy(target, where, file);
    }

    private static FlashTarget Ask(NanoffTool nanoff, string where, Terminal terminal, CancellationToken cancellation)
    {
        var question = NanoffCommand.Details(where);
        terminal.Say($"{question.What}: {question}");
        var target = FlashTarget.FromDetails(nanoff.Run(question, line => terminal.Say("  " + line), cancellation)) ?? throw new InputException(
            $"nanoff does not say which of our chips is on {where}.", $"Name the board: --board {string.Join('|', FlashTarget.All.Select(known => known.Name))}.", 2);
        terminal.Say($"It is an {target.ChipName}: --board {target.Name}.");
        return target;
    }

    private string? ImageName(ParseResult parsed) =>
        parsed.GetValue(image) ?? (parsed.GetValue(pe) is not null ? "App.bin" : AppImage.FindBuilt(Directory.GetCurrentDirectory()));

    private string Image(ParseResult parsed, Terminal terminal)
    {
        var file = ImageName(parsed) ?? throw new InputException(
            $"The firmware was not built here: there is no {AppImage.Application}.bin in firmware/HarEdge.Firmware/bin.",
            "Build it (firmware/README.md), run this in the clone, or name the application with --image or --pe.");
        if (parsed.GetValue(pe) is { } folder)
        {
            var bytes = AppImage.FromFolder(folder);
            var full = Path.GetFullPath(file);
            WholeFiles.Write(Path.GetDirectoryName(full)!, Path.GetFileName(full), bytes);
            terminal.Say($"Made {file}, {bytes.Length} bytes.");
        }

        return File.Exists(file) ? file : throw new InputException($"There is no application {file}.", "Build the firmware (firmware/README.md), or check the path.");
    }

    private static int KnownAnswers(FixedPointModel loaded)
    {
        using var compiled = GeneratedSources.Of(loaded).Compile();
        return compiled.KnownAnswers!.Count;
    }
}
