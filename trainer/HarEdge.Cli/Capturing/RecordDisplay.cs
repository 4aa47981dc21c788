using System.Globalization;
using HarEdge.Cli.Output;
using HarEdge.Trainer.Capture;

namespace HarEdge.Cli.Capturing;

/// <summary>What the person who moves is shown and prompted by sound: lines for what happens, and at a terminal one line that keeps up with it.</summary>
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

/// <summary>The keys a person presses while something else goes on.</summary>
internal static class Keyboard
{
    /// <summary>Whether there is one.</summary>
    public static bool Exists => !Console.IsInputRedirected;

    /// <summary>The next key pressed, without waiting and without showing it; null when there is none.</summary>
    public static char? Read() => Exists && Console.KeyAvailable ? Console.ReadKey(intercept: true).KeyChar : null;
}

/// <summary>The last lines of a recording.</summary>
internal static class RecordSummary
{
    /// <summary>Says what is in the file and what is not.</summary>
    public static void Report(Terminal terminal, Recorder recorder, SampleCapture capture)
    {
        var labelled = recorder.SamplesOf.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (Name: pair.Key, Samples: pair.Value)).ToList();
        labelled.Add(("without label", recorder.Samples - labelled.Sum(label => label.Samples)));
        terminal.Say($"{recorder.Samples} samples: {string.Join(", ", labelled.Select(label => $"{label.Name} {label.Samples}"))}.");
        var (lost, damaged) = capture.Lines;
        terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{recorder.Gaps} gaps, marked in the file: {recorder.Missing} samples missing{(recorder.UnknownGaps > 0 ? $", {recorder.UnknownGaps} of unknown length" : "")}; lines: {lost} lost, {damaged} damaged."));
        terminal.Note(capture.Explain());
    }
}

/// <summary>Prompts the person who moves.</summary>
/// <param name="script">What and when.</param>
/// <param name="display">Where it is reported.</param>
internal sealed class ScriptPrompts(LabelScript script, RecordDisplay display)
{
    private ScriptStep? shown;
    private bool wasRunning;

    /// <summary>A line and a bell whenever something else is to be done.</summary>
    /// <param name="passedMs">Since the script began.</param>
    public void Show(double passedMs)
    {
        var step = script.StepAt(passedMs);
        var isRunning = step is not null && passedMs >= step.StartMs;
        if (step == shown && isRunning == wasRunning)
        {
            return;
        }

        shown = step;
        wasRunning = isRunning;
        display.Say(
            step is null ? "The script is done: you can stop."
            : !isRunning ? $"get ready: {step.Label}"
            : step.Label is null ? $"pause, {RecordDisplay.Seconds(step.EndMs - step.StartMs)} s"
            : $"GO: {step.Label}, {RecordDisplay.Seconds(step.EndMs - step.StartMs)} s",
            rings: true);
    }

    /// <summary>The countdown.</summary>
    /// <param name="passedMs">Since the script began.</param>
    public string Now(double passedMs) => script.StepAt(passedMs) switch
    {
        null => "done",
        var step when passedMs < step.StartMs => $"{step.Label} in {RecordDisplay.Seconds(step.StartMs - passedMs)}",
        var step => string.Create(
            CultureInfo.InvariantCulture,
            $"{step.Label ?? "pause"}, {RecordDisplay.Seconds(step.EndMs - passedMs)} s left, {RecordDisplay.Seconds(script.TotalMs - passedMs)} s in all"),
    };
}
