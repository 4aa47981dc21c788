using HarEdge.Core;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Evaluation;

/// <summary>A way to run a model over a recording: the trainer's arithmetic, generated code, the device twin, a device.</summary>
internal interface IInferenceBackend
{
    /// <summary>Name in reports, for example "generated code".</summary>
    string Name { get; }

    /// <summary>
    /// An answer for every window, in order of time. Each run of the recording starts afresh; samples between runs are not read.
    /// Recordings may run at the same time on several threads.
    /// </summary>
    IEnumerable<WindowAnswer> Run(Recording recording);
}

/// <summary>What one backend of the comparison says about one window. The arrays belong to the answer.</summary>
/// <param name="StartSample">First sample of the window within its recording.</param>
/// <param name="Features">One value for each of the model's features.</param>
/// <param name="Scores">One score a class.</param>
/// <param name="Stage">The stage the gate chose.</param>
/// <param name="WindowClass">Best class of the window alone.</param>
/// <param name="ConfidencePercent">Calibrated probability of <paramref name="WindowClass"/>.</param>
/// <param name="Decision">Class after the temporal filter, or Classifier.Unknown.</param>
internal sealed record WindowAnswer(
    int StartSample, int[] Features, int[] Scores, int Stage, int WindowClass, int ConfidencePercent, int Decision);

/// <summary>
/// The reference: each window cut anew from the recording, features through <see cref="FeatureLayout"/>, scores from the
/// model's tables. Shares neither the sliding window nor the classifier with the backends compared to it.
/// </summary>
internal sealed class TrainerBackend : IInferenceBackend
{
    private readonly FixedPointModel model;
    private readonly FeatureLayout layout;
    private readonly ModelEvaluator evaluator;

    /// <summary>Prepares a valid model.</summary>
    public TrainerBackend(FixedPointModel model)
    {
        this.model = model;
        layout = model.NewLayout();
        evaluator = new ModelEvaluator(model, layout);
    }

    /// <inheritdoc/>
    public string Name => "trainer";

    /// <inheritdoc/>
    public IEnumerable<WindowAnswer> Run(Recording recording)
    {
        var signal = model.Signal;
        var window = new SampleWindow(signal.WindowSamples, signal.HopSamples);
        var filter = new DecisionFilter(new InterpretedClassifier(model));
        foreach (var run in recording.Runs)
        {
            filter.Restart();
            for (var start = run.Start; start + signal.WindowSamples <= run.End; start += signal.HopSamples)
            {
                Fill(window, recording.Channels, start);
                var said = evaluator.Evaluate(Row(window));
                var decision = filter.Update(said.Scores, said.IsKnown);
                yield return new WindowAnswer(start, said.Features, said.Scores, said.Stage, said.WindowClass, said.ConfidencePercent, decision);
            }
        }
    }

    private static void Fill(SampleWindow window, short[][] c, int start)
    {
        window.Restart();
        for (var i = start; i < start + window.Length; i++)
        {
            window.Push(c[0][i], c[1][i], c[2][i], c[3][i], c[4][i], c[5][i]);
        }
    }

    // Columns the model does not use stay 0: nothing reads them.
    private int[] Row(SampleWindow window)
    {
        var row = new int[layout.Count];
        foreach (var column in evaluator.Columns)
        {
            row[column] = layout[column].Kernel(window, layout[column].Channel, layout[column].Parameter);
        }

        return row;
    }
}

/// <summary>A classifier in Core's own pipeline, fed sample by sample as on the device.</summary>
/// <param name="name">Name in reports.</param>
/// <param name="classifier">The classifier, for example compiled generated code.</param>
internal sealed class PipelineBackend(string name, Classifier classifier) : IInferenceBackend
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

/// <summary>The firmware's own source on a simulated board, fed through the registers of a simulated MPU6050.</summary>
/// <param name="classifier">The model the device carries: compiled generated code.</param>
/// <param name="answers">Its known answers, checked when the device boots; null for none.</param>
internal sealed class TwinBackend(Classifier classifier, KnownAnswerSet? answers) : IInferenceBackend
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
