using System.Diagnostics;
using System.Text.RegularExpressions;

namespace HarEdge.Trainer.Flashing;

/// <summary>The nanoFramework flasher as an installed program.</summary>
/// <param name="path">Where it is.</param>
internal sealed partial class NanoffTool(string path)
{
    private const string Boot = "Hold BOOT from before the start until it says that it erases; then try another cable or USB port. haredge doctor checks the rest.";
    private const string Wire = "Try another cable or USB port and a supply that gives 500 mA; or run the command by hand with --baud 115200.";
    private const string Busy = "Close every program that uses the port (a monitor, an IDE with its device explorer), and see haredge doctor: it tells whether you may open it.";
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
        ["E9005"] = "Name another runtime with --target; nanoff --listtargets --platform esp32 tells which there are.",
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
