using System.CommandLine;
using System.Globalization;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Diagnosis;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Flashing;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge flash</c>: runtime and application onto a board, and whether it is the right one that boots.</summary>
internal sealed class FlashCommand
{
    // Share of the time; a twentieth is within the range of the estimate.
    private const double WorthSaying = 0.1;

    private readonly ModelOption model = new();

    private readonly Option<string?> port = new("--port") { Description = "Serial port of the board. Without it, the only one there is.", HelpName = "PORT" };

    private readonly Option<string?> board = new("--board")
    {
        Description = "Which board it is. Without it, the board is asked for its chip.",
        HelpName = string.Join('|', BoardType.All.Select(known => known.Name)),
    };

    private readonly Option<string?> runtime = new("--target")
    {
        Description = "Which build of the runtime, as nanoff --listtargets names it. Without it, the one for the board's chip.",
        HelpName = "NAME",
    };

    private readonly Option<string?> image = new("--image")
    {
        Description = $"The application. Without it, the {AppImage.Firmware}.bin that the firmware's build wrote in this clone.",
        HelpName = "FILE",
    };

    private readonly Option<string?> pe = new("--pe")
    {
        Description = "Make the application from the .pe files of this folder, into --image (App.bin without it).",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> flasher = new("--nanoff") { Description = "The program nanoff, when it is not on the path.", HelpName = "FILE" };
    private readonly Option<bool> keepRuntime = new("--keep-runtime") { Description = "Flash the application only: the runtime is on the board already." };
    private readonly Option<bool> bringUp = new("--bring-up")
    {
        Description = "Flash the first program instead, which checks wiring and sensor, and show what it finds.",
    };

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
                new("first of all: is the sensor wired right?", "haredge flash --bring-up"),
                new("a new model on a board that has its runtime", "haredge flash --keep-runtime --model runs/hapt --port /dev/ttyUSB0"),
                new("an image from the .pe files of a build", "haredge flash --pe firmware/HarEdge.Firmware/bin/Release --image App.bin"),
            ],
        };
        command.board.AcceptOnly([.. BoardType.All.Select(known => known.Name)]);
        command.model.AddTo(verb);
        Option[] others =
            [command.port, command.board, command.runtime, command.image, command.pe, command.flasher, command.keepRuntime, command.bringUp, command.dryRun, command.wait];
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

    // What the real run finds out by itself stands in capitals, or is said to be assumed.
    private int Show(ParseResult parsed, Terminal terminal)
    {
        var where = parsed.GetValue(port) ?? SerialPortList.Find().Select(found => found.Name).FirstOrDefault() ?? "PORT";
        var named = parsed.GetValue(runtime);
        var assumed = parsed.GetValue(board) is { } name ? BoardType.Named(name) : BoardType.All[0];
        var chosen = named is null ? RuntimeTarget.For(new ChipDetails(assumed.ChipType), listed: null) : RuntimeTarget.Named(named, listed: null);
        if (!parsed.GetValue(keepRuntime))
        {
            terminal.Out.WriteLine(NanoffCommand.ListTargets());
        }

        if (named is null)
        {
            terminal.Out.WriteLine(NanoffCommand.Details(where));
        }

        Say(terminal, chosen);
        if (named is null)
        {
            terminal.Say("The real run asks the board for its chip and nanoff for its runtimes, and takes the one for that chip.");
        }

        foreach (var step in Steps(parsed, chosen, where, ImageName(parsed) ?? Application(parsed) + ".bin"))
        {
            terminal.Out.WriteLine(step);
        }

        terminal.Next("without --dry-run they are run, and the board is waited for.");
        return 0;
    }

    private int Flash(ParseResult parsed, FixedPointModel loaded, Terminal terminal, CancellationToken cancellation)
    {
        var nanoff = parsed.GetValue(flasher) is { } path ? new NanoffTool(path) : NanoffTool.Find();
        var file = Image(parsed, terminal);
        var where = parsed.GetValue(port) ?? SourceOptions.Only(SerialPortList.Find(), terminal);
        IReadOnlyList<string> Run(NanoffCommand command)
        {
            terminal.Say($"{command.What}: {command}");
            return nanoff.Run(command, line => terminal.Say("  " + line), cancellation);
        }

        var listed = parsed.GetValue(keepRuntime) ? null : Listed(Run, terminal);
        var (target, chosen) = parsed.GetValue(runtime) is { } named
            ? (BoardType.OfRuntime(named), RuntimeTarget.Named(named, listed))
            : ForChip(ChipDetails.Parse(Run(NanoffCommand.Details(where))), parsed.GetValue(board), where, listed);
        Say(terminal, chosen);
        foreach (var step in Steps(parsed, chosen, where, file))
        {
            Run(step);
        }

        terminal.Say("Waiting for the board to say who it is. If nothing comes, press its reset button.");
        using var console = new SerialPortSource(where);
        return parsed.GetValue(bringUp) ? Look(console, parsed, loaded, terminal, cancellation) : Meet(console, parsed, loaded, target, terminal, cancellation);
    }

    private int Meet(SerialPortSource console, ParseResult parsed, FixedPointModel loaded, BoardType target, Terminal terminal, CancellationToken cancellation)
    {
        var longest = TimeSpan.FromSeconds(parsed.GetValue(wait));
        var (banner, boot) = new BootWatch(console, loaded, () => KnownAnswers(loaded)).Run(target, parsed.GetValue(board) is not null, longest, cancellation);
        var selfTest = boot == BootOutcome.Passed ? "its known answers agree" : "its self-test was over before anyone listened";
        terminal.Out.WriteLine($"{banner.Board}, firmware {banner.Firmware}, model {banner.Model}: {selfTest}.");
        terminal.Next($"haredge monitor --port {console.Name} shows what it decides; haredge compare --port {console.Name} whether it decides as the desktop.");
        return 0;
    }

    private int Look(SerialPortSource console, ParseResult parsed, FixedPointModel loaded, Terminal terminal, CancellationToken cancellation)
    {
        using var examination = new DeviceExamination(console, loaded);
        var results = examination.Run(TimeSpan.FromSeconds(parsed.GetValue(wait)), null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (!examination.HasBringUpReport)
        {
            throw new InputException(
                $"The board was flashed, but the first program gave no line in {parsed.GetValue(wait)} seconds.",
                $"Press its reset button; if it stays silent: haredge doctor --port {console.Name}.",
                InputException.CheckFailed);
        }

        DoctorCommand.Show(terminal, results);
        var isBad = results.Any(result => result.State == CheckState.Bad);
        terminal.Next(isBad ? $"repair it, and look again: haredge doctor --port {console.Name}." : "wiring and sensor are right: haredge flash puts HarEdge on the board.");
        return isBad ? InputException.CheckFailed : 0;
    }

    private string Application(ParseResult parsed) => parsed.GetValue(bringUp) ? AppImage.BringUp : AppImage.Firmware;

    // What makes this board faster: another image of the same chip, flash that is read faster.
    private static void Say(Terminal terminal, RuntimeTarget chosen)
    {
        terminal.Say($"Runtime {chosen.Name}: {chosen.Why}.");
        if (ChipTable.Default.Chips.FirstOrDefault(chip => chip.HasImage(chosen.Name)) is not { } mine)
        {
            return;
        }

        var time = mine.Milliseconds(1).Likely;
        var fastest = ChipTable.Default.Chips.Where(chip => chip.Name == mine.Name).MinBy(chip => chip.Milliseconds(1).Likely)!;
        var saved = 1 - fastest.Milliseconds(1).Likely / time;
        if (saved > WorthSaying)
        {
            terminal.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"This image leaves the clock at {mine.ClockMhz} MHz. {fastest.Images.Replace(", ", " and ", StringComparison.Ordinal)} set {fastest.ClockMhz} MHz: --target {fastest.Images.Split(", ")[0]} should save {100 * saved:0} % of a decision's time (estimated)."));
        }

        if (mine.SavedByFlashAt80Mhz > WorthSaying)
        {
            terminal.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"It computes at {mine.ClockMhz} MHz and reads flash at {mine.FlashMhz}: nanoff's --flashfreq 80 should save {100 * mine.SavedByFlashAt80Mhz:0} % of a decision's time (estimated; add it to the commands of --dry-run)."));
        }
    }

    private IEnumerable<NanoffCommand> Steps(ParseResult parsed, RuntimeTarget chosen, string where, string file)
    {
        if (!parsed.GetValue(keepRuntime))
        {
            yield return NanoffCommand.Update(chosen, where);
        }

        yield return NanoffCommand.Deploy(chosen, where, file);
    }

    // The list comes over the network; without it nanoff may still have the runtime in its cache.
    private static IReadOnlySet<string>? Listed(Func<NanoffCommand, IReadOnlyList<string>> run, Terminal terminal)
    {
        IReadOnlySet<string>? listed = null;
        try
        {
            listed = RuntimeTarget.ParseList(run(NanoffCommand.ListTargets()));
        }
        catch (InputException e) when (e.ExitCode == 1)
        {
            terminal.Say(e.Message);
        }

        if (listed is null)
        {
            terminal.Say("nanoff lists no runtimes, so the name below is not checked: is there a network?");
        }

        return listed;
    }

    private static (BoardType Board, RuntimeTarget Runtime) ForChip(ChipDetails? chip, string? boardName, string where, IReadOnlySet<string>? listed)
    {
        var boards = string.Join('|', BoardType.All.Select(known => known.Name));
        var named = boardName is null ? null : BoardType.Named(boardName);
        if (chip is null)
        {
            return named is not null
                ? (named, RuntimeTarget.For(new ChipDetails(named.ChipType), listed))
                : throw new InputException($"nanoff does not say which chip is on {where}.", $"Name the board: --board {boards}.", 2);
        }

        var found = BoardType.OfChip(chip.Type) ?? throw new InputException(
            $"The chip on {where} is an {chip.Type} ({chip}); the firmware has pins for ESP32, ESP32-S3 and ESP32-C3.",
            "Use one of these boards; or add its pins in firmware/HarEdge.Firmware/Board.cs and name its runtime with --target.",
            2);
        return named is null || named.ChipType == found.ChipType
            ? (named ?? found, RuntimeTarget.For(chip, listed))
            : throw new InputException($"--board {named.Name} is not what is on {where}: its chip is an {chip.Type} ({chip}).", $"Leave --board out, or name --board {found.Name}.", 2);
    }

    private string? ImageName(ParseResult parsed) =>
        parsed.GetValue(image) ?? (parsed.GetValue(pe) is not null ? "App.bin" : AppImage.FindBuilt(Directory.GetCurrentDirectory(), Application(parsed)));

    private string Image(ParseResult parsed, Terminal terminal)
    {
        var application = Application(parsed);
        var file = ImageName(parsed) ?? throw new InputException(
            $"The application was not built here: there is no {application}.bin in firmware/{application}/bin.",
            "Build it (firmware/README.md), run this in the clone, or name the application with --image or --pe.");
        if (parsed.GetValue(pe) is { } folder)
        {
            var bytes = AppImage.FromFolder(folder, application);
            var full = Path.GetFullPath(file);
            WholeFiles.Write(Path.GetDirectoryName(full)!, Path.GetFileName(full), bytes);
            terminal.Say($"Made {file}, {bytes.Length} bytes.");
        }

        AppImage.Verify(file);
        return file;
    }

    private static int KnownAnswers(FixedPointModel loaded)
    {
        using var compiled = GeneratedSources.Of(loaded).Compile();
        return compiled.KnownAnswers!.Count;
    }
}
