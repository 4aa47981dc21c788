using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Evaluation;

/// <summary>
/// The reference: each window cut anew from the recording, features through <see cref="FeatureLayout"/>, scores from the
/// model's tables. Shares neither the sliding window nor the classifier with the legs compared to it.
/// </summary>
internal sealed class TrainerLeg : IParityLeg
{
    private readonly FixedPointModel model;
    private readonly FeatureLayout layout;
    private readonly ModelEvaluator evaluator;

    /// <summary>Prepares a valid model.</summary>
    public TrainerLeg(FixedPointModel model)
    {
        this.model = model;
        layout = new FeatureLayout(model.Signal.WindowSamples, model.Upright);
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
