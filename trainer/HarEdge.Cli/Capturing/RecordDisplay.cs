using System.Globalization;
using HarEdge.Cli.Output;
using HarEdge.Trainer.Capture;

namespace HarEdge.Cli.Capturing;

/// <summary>What the person who moves sees and hears: lines for what happens, and at a terminal one line that keeps up with it.</summary>
internal sealed class RecordDisplay(Terminal terminal)
{
    private const string ClearLine = "\r\u001b[K";
    private const string Bell = "\a";

    private bool hasStatus;

    /// <summary>A line that stays.</summary>
    /// <param name="line">The text.</param>
    /// <param name="rings">Whether the person shall look up.</param>
    public void Say(string line, bool rings = false)
    {
        Clear();
        terminal.Say((rings && terminal.ErrorIsTerminal ? Bell : "") + line);
        terminal.Error.Flush();
    }

    /// <summary>The line that keeps up; nothing where nobody watches.</summary>
    public void Show(string status)
    {
        if (terminal.ErrorIsTerminal)
        {
            terminal.Error.Write(ClearLine + status);
            terminal.Error.Flush();
            hasStatus = true;
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (hasStatus)
        {
            terminal.Error.Write(ClearLine);
            hasStatus = false;
        }
    }

    /// <summary>Whole seconds, as a countdown shows them.</summary>
    public static string Seconds(double ms) => Math.Ceiling(ms / 1000).ToString(CultureInfo.InvariantCulture);

    /// <summary>How the recording stands, after what is being done now.</summary>
    public static string Status(string now, Recorder recorder, SampleCapture capture)
    {
        var (lost, damaged) = capture.Lines;
        var rate = capture.RateHz is { } hz ? string.Create(CultureInfo.InvariantCulture, $"{hz:0.0} Hz") : "rate not known yet";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{now} | {recorder.Samples} samples, {rate} | {recorder.Gaps} gaps, {recorder.Missing} samples missing | lines: {lost} lost, {damaged} damaged");
    }
}
