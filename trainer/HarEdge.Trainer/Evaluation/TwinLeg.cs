using HarEdge.Core;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Evaluation;

/// <summary>The firmware's own source on a simulated board, fed through the registers of a simulated MPU6050.</summary>
/// <param name="classifier">The model the device carries: compiled generated code.</param>
/// <param name="answers">Its known answers, checked when the device boots; null for none.</param>
internal sealed class TwinLeg(Classifier classifier, KnownAnswerSet? answers) : IParityLeg
{
    /// <inheritdoc/>
    public string Name => "device twin";

    /// <inheritdoc/>
    public IEnumerable<WindowAnswer> Run(Recording recording) => Play(recording).Decisions.Select(decision => new WindowAnswer(
        decision.StartSample,
        decision.Features,
        decision.Scores,
        decision.Stage,
        decision.WindowClass,
        decision.ConfidencePercent,
        decision.Decision));

    /// <summary>Everything the device printed and decided over a recording.</summary>
    public TwinRunResult Play(Recording recording) =>
        TwinRun.Play(classifier, recording.Channels, [.. recording.Runs.Select(run => (run.Start, run.End))], answers);
}
