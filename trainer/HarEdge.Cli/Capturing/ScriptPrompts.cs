using System.Globalization;
using HarEdge.Trainer.Capture;

namespace HarEdge.Cli.Capturing;

/// <summary>Tells the person who moves what to do when.</summary>
/// <param name="script">What and when.</param>
/// <param name="display">Where it is told.</param>
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
