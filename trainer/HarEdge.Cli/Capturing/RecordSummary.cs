using System.Globalization;
using HarEdge.Cli.Output;
using HarEdge.Trainer.Capture;

namespace HarEdge.Cli.Capturing;

/// <summary>The last lines of a recording.</summary>
internal static class RecordSummary
{
    /// <summary>Tells what is in the file and what is not.</summary>
    public static void Tell(Terminal terminal, Recorder recorder, SampleCapture capture)
    {
        var labelled = recorder.SamplesOf.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (Name: pair.Key, Samples: pair.Value)).ToList();
        labelled.Add(("without label", recorder.Samples - labelled.Sum(label => label.Samples)));
        terminal.Say($"{recorder.Samples} samples: {string.Join(", ", labelled.Select(label => $"{label.Name} {label.Samples}"))}.");
        var (lost, damaged) = capture.Lines;
        terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{recorder.Gaps} gaps, marked in the file: {recorder.Missing} samples missing{(recorder.UnknownGaps > 0 ? $", {recorder.UnknownGaps} of unknown length" : "")}; lines: {lost} lost, {damaged} damaged."));
        foreach (var sentence in capture.Explain())
        {
            terminal.Say("note: " + sentence);
        }
    }
}
