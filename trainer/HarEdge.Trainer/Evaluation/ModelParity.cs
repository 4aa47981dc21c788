using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Evaluation;

/// <summary>The comparison every model must pass: the trainer's arithmetic, the generated code compiled in memory, and that code on the device twin.</summary>
internal static class ModelParity
{
    /// <summary>Runs all three over recordings.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sources">Its generated files.</param>
    /// <param name="recordings">What to run over.</param>
    /// <param name="progress">Told the share of recordings done.</param>
    public static ParityReport Run(
        FixedPointModel model, GeneratedSources sources, IReadOnlyList<Recording> recordings, IProgress<StepProgress>? progress = null)
    {
        using var compiled = sources.Compile();
        IParityLeg[] legs =
        [
            new TrainerLeg(model),
            new PipelineLeg("generated code", compiled.Classifier),
            new TwinLeg(compiled.Classifier, compiled.KnownAnswers),
        ];
        return ParityCheck.Run(model, legs, recordings, progress);
    }
}
