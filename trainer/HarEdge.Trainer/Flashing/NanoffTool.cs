using System.Diagnostics;
using System.Text.RegularExpressions;
using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Trainer.Flashing;

/// <summary>The nanoFramework flasher as an installed program.</summary>
/// <param name="path">Where it is.</param>
internal sealed partial class NanoffTool(string path)
{
    private const string Boot = "Hold BOOT from before the start until it says that it erases; then try another cable or USB port. haredge doctor checks the rest.";
    private const string Wire = "Try another cable or USB port and a supply that gives 500 mA; or run the command by hand with --baud 115200.";
    private const string Busy = "Close every program that uses the port (a monitor, an IDE with its device explorer), and see haredge doctor: it shows whether you may open it.";
    private const string Network = "nanoff downloads the runtime from cloudsmith.io: check the network and its proxy. With the runtime on the board already, --keep-runtime needs no download.";

    // What nanoff prints as "Error E4000: …" (ExitCodes.cs of nanoframework/nanoFirmwareFlasher, July 2026), and what helps.
    private static readonly Dictionary<string, string> Remedies = new()
    {
        ["E4000"] = Boot,
        ["E4001"] = "HarEdge's boards have 4 MB of flash and more: check that it is the board you mean, or run the command by hand with --partitiontablesize.",
        ["E4002"] = Wire,
        ["E4003"] = Wire,
        ["E4004"] = Wire,
        ["E4005"] = Busy,
        ["E6000"] = Busy,
        ["E6002"] = Busy,
        ["E9005"] = "Name another runtime with --target; nanoff --listtargets --platform esp32 lists them.",
        ["E9006"] = Network,
        ["E9007"] = Network,
    };

    // An erase and a download of 2 MB at 115200 baud take three minutes.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Finds it.</summary>
    /// <exception cref="InputException">It is not installed.</exception>
    public static NanoffTool Find() => new(InstalledTool.Find("nanoff") ?? throw new InputException(
        "nanoff, the flasher of nanoFramework, is not installed.",
        "Run: dotnet tool install -g nanoff, open a new shell, and run the command again."));

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">What to do.</param>
    /// <param name="say">Receives its output, line by line, as it comes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Its lines.</returns>
    /// <exception cref="InputException">It failed, or did not end.</exception>
    public IReadOnlyList<string> Run(NanoffCommand command, Action<string> say, CancellationToken cancellation)
    {
        var lines = new List<string>();
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(path, command.Arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false },
        };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InputException($"{path} cannot be run: {e.Message}", "Name the program nanoff itself, or leave --nanoff out.", 1, e);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        try
        {
            process.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new InputException($"{command} did not end in {Longest.TotalMinutes:0} minutes.", Boot);
        }

        lock (lines)
        {
            return process.ExitCode == 0 ? [.. lines] : throw Failure(command, process.ExitCode, lines);
        }

        void Take(string? line)
        {
            if (line is not null)
            {
                lock (lines)
                {
                    lines.Add(line);
                    say(line);
                }
            }
        }
    }

    private static InputException Failure(NanoffCommand command, int exitCode, IEnumerable<string> lines)
    {
        var said = lines.Select(line => ErrorLine().Match(line)).LastOrDefault(match => match.Success);
        return new InputException(
            $"{command} failed with exit code {exitCode}{(said is null ? "" : $", {said.Value.TrimEnd('.')}")}.",
            said is not null && Remedies.TryGetValue(said.Groups["code"].Value, out var remedy) ? remedy : Boot);
    }

    [GeneratedRegex(@"Error (?<code>E\d{4})\b.*")]
    private static partial Regex ErrorLine();
}

/// <summary>A call of nanoff.</summary>
/// <param name="What">What it does, for progress.</param>
/// <param name="Arguments">In order.</param>
internal sealed record NanoffCommand(string What, IReadOnlyList<string> Arguments)
{
    /// <summary>Asks which runtimes there are; needs the network.</summary>
    public static NanoffCommand ListTargets() => new("Asking nanoff for its runtimes", ["--listtargets", "--platform", "esp32"]);

    /// <summary>Asks which chip is there.</summary>
    public static NanoffCommand Details(string port) =>
        new("Asking the board for its chip", ["--platform", "esp32", "--serialport", port, "--devicedetails"]);

    /// <summary>Puts the runtime on the board and takes everything else off.</summary>
    public static NanoffCommand Update(RuntimeTarget runtime, string port) =>
        new("Flashing the runtime", ["--update", "--target", runtime.Name, "--serialport", port, "--masserase"]);

    /// <summary>Puts the application on the board.</summary>
    public static NanoffCommand Deploy(RuntimeTarget runtime, string port, string image) =>
        new("Flashing the application", ["--target", runtime.Name, "--serialport", port, "--deploy", "--image", image]);

    /// <summary>As one would type it.</summary>
    public override string ToString() => "nanoff " + string.Join(' ', Arguments.Select(word => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word));
}

/// <summary>Waits for a freshly flashed device to say who it is, and checks that it is the one that was meant.</summary>
/// <param name="source">Its console.</param>
/// <param name="model">The model it should carry.</param>
/// <param name="knownAnswers">Gives how many known answers the model has.</param>
internal sealed class BootWatch(IByteSource source, FixedPointModel model, Func<int> knownAnswers)
{
    /// <summary>Listens.</summary>
    /// <param name="board">The board it should be; null for any.</param>
    /// <param name="longest">Time to give up after.</param>
    /// <param name="cancellation">Gives up at once.</param>
    /// <returns>Its banner; its self-test passed, if it was seen.</returns>
    /// <exception cref="InputException">Silence, another model or board, or a failed self-test (exit code 3).</exception>
    public (BannerRecord Banner, BootOutcome Boot) Run(BoardType? board, bool isNamed, TimeSpan longest, CancellationToken cancellation)
    {
        var listener = new DeviceListener(source);
        var boot = new BootCheck(knownAnswers);
        BannerRecord? banner = null;
        listener.Received += record =>
        {
            banner = record as BannerRecord ?? banner;
            boot.Take(record);
        };

        // A decision shows that the boot, with its self-test, was over before anyone listened.
        var isOver = false;
        listener.Received += record => isOver |= record is DecisionRecord or HealthRecord;
        listener.Until(() => banner is not null && (isOver || boot.Outcome != BootOutcome.NotSeen), longest, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (banner is null)
        {
            throw new InputException(
                $"The board was flashed, but did not say who it is in {longest.TotalSeconds:0} seconds.",
                $"Press its reset button; if it stays silent: haredge doctor --port {source.Name}.",
                InputException.CheckFailed);
        }

        DeviceIdentity.Verify(banner, model);
        if (board is not null && (isNamed ? banner.Board != board.BannerName : !board.HasChipOf(banner.Board)))
        {
            throw new InputException(
                $"The device says it is a {banner.Board}, not a {board.BannerName}.",
                "Flash it again with the --board it is, or set DeviceSettings.BoardKind and build: pins and sleep differ.",
                InputException.CheckFailed);
        }

        return boot.Outcome is BootOutcome.Failed or BootOutcome.Incomplete
            ? throw new InputException(
                boot.Outcome == BootOutcome.Failed
                    ? $"The device failed its self-test at known answer {boot.FirstFailure}: it reports no activity."
                    : $"The device checked {boot.Checks} known answers, the model has another number.",
                "Generate both files of the model again (haredge generate), build and flash; if it stays, report the runtime's version.",
                InputException.CheckFailed)
            : (banner, boot.Outcome);
    }
}

/// <summary>A board the firmware knows.</summary>
/// <param name="Name">On the command line.</param>
/// <param name="BannerName">What the firmware calls the board in its banner.</param>
/// <param name="ChipType">How nanoff calls its chip.</param>
internal sealed record BoardType(string Name, string BannerName, string ChipType)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<BoardType> All { get; } =
    [
        new("esp32", "ESP32-DevKit", "ESP32"),
        new("esp32-s3", "ESP32-S3-DevKit", "ESP32-S3"),
        new("esp32-c3", "ESP32-C3-DevKit", "ESP32-C3"),
        new("xiao-esp32-s3", "XIAO-ESP32-S3", "ESP32-S3"),
        new("xiao-esp32-c3", "XIAO-ESP32-C3", "ESP32-C3"),
        new("m5stickc-plus", "M5StickC-Plus", "ESP32"),
    ];

    /// <summary>The board with a name of <see cref="All"/>.</summary>
    public static BoardType Named(string name) => All.Single(board => board.Name == name);

    /// <summary>Whether a banner is one of a board with this chip; its pins may be another board's.</summary>
    public bool HasChipOf(string bannerName) => All.FirstOrDefault(board => board.BannerName == bannerName)?.ChipType == ChipType;

    /// <summary>The board for a chip, of several the chip's own development board; null for a chip the firmware has no pins for.</summary>
    public static BoardType? OfChip(string chipType) => All.FirstOrDefault(board => board.ChipType == chipType);

    /// <summary>The board the firmware takes a runtime for: firmware/HarEdge.Firmware/Board.cs goes by the beginning of the target's name, and by default to the classic ESP32.</summary>
    public static BoardType OfRuntime(string target) =>
        All.FirstOrDefault(board => board.ChipType.Contains('-', StringComparison.Ordinal) && target.StartsWith(board.ChipType.Replace('-', '_'), StringComparison.Ordinal)) ?? All[0];
}
