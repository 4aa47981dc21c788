using HarEdge.Core;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Evaluation;

/// <summary>A classifier in Core's own pipeline, fed sample by sample as on the device.</summary>
/// <param name="name">Name in reports.</param>
/// <param name="classifier">The classifier, for example compiled generated code.</param>
internal sealed class PipelineLeg(string name, Classifier classifier) : IParityLeg
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IEnumerable<WindowAnswer> Run(Recording recording)
    {
        var pipeline = new Pipeline(classifier);
        var c = recording.Channels;
        foreach (var run in recording.Runs)
        {
            pipeline.Restart();
            for (var i = run.Start; i < run.End; i++)
            {
                if (pipeline.Step(c[0][i], c[1][i], c[2][i], c[3][i], c[4][i], c[5][i]))
                {
                    yield return Answer(pipeline, i + 1 - classifier.WindowSamples);
                }
            }
        }
    }

    /// <summary>What a pipeline says right after Step has returned true.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="startSample">First sample of its window within the recording.</param>
    public static WindowAnswer Answer(Pipeline pipeline, int startSample) => new(
        startSample,
        [.. pipeline.Features],
        [.. pipeline.Scores],
        pipeline.Stage,
        pipeline.WindowClass,
        pipeline.ConfidencePercent,
        pipeline.Decision);
}
