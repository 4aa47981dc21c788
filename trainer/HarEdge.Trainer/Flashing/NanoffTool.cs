using System.Diagnostics;

namespace HarEdge.Trainer.Flashing;

/// <summary>The nanoFramework flasher as an installed program.</summary>
/// <param name="path">Where it is.</param>
internal sealed class NanoffTool(string path)
{
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
            throw new InputException($"{command} did not end in {Longest.TotalMinutes:0} minutes.", Remedy);
        }

        lock (lines)
        {
            return process.ExitCode == 0 ? [.. lines] : throw new InputException($"{command} failed with exit code {process.ExitCode}.", Remedy);
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

    private const string Remedy =
        "Close every program that uses the port; hold BOOT from before the start until it says that it erases; then try another cable. haredge doctor checks the rest.";
}
