using HarEdge.Core;

namespace HarEdge.Trainer.FixedPoint;

/// <summary>
/// A model behind the pipeline's contract without compiling it: kernels through <see cref="FeatureLayout"/>, scores through
/// <see cref="ModelEvaluator"/>. Desktop only: each window allocates a row, so that one instance serves several threads.
/// </summary>
internal sealed class InterpretedClassifier : Classifier
{
    private readonly FixedPointModel model;
    private readonly FeatureLayout layout;
    private readonly ModelEvaluator evaluator;

    /// <summary>Wraps a valid model.</summary>
    public InterpretedClassifier(FixedPointModel model)
    {
        this.model = model;
        layout = model.NewLayout();
        evaluator = new ModelEvaluator(model, layout);
    }

    /// <inheritdoc/>
    public override string ModelId => model.Id;

    /// <inheritdoc/>
    public override int WindowSamples => model.Signal.WindowSamples;

    /// <inheritdoc/>
    public override int HopSamples => model.Signal.HopSamples;

    /// <inheritdoc/>
    public override int AccelRangeG => model.Signal.Range.AccelG;

    /// <inheritdoc/>
    public override int GyroRangeDps => model.Signal.Range.GyroDps;

    /// <inheritdoc/>
    public override int ClassCount => model.Classes.Count;

    /// <inheritdoc/>
    public override int FeatureCount => model.Features.Count;

    /// <inheritdoc/>
    public override string ClassName(int classIndex) => model.Classes[classIndex];

    /// <inheritdoc/>
    public override int Classify(SampleWindow window, int[] features, int[] scores)
    {
        var row = new int[layout.Count];
        Extract(window, evaluator.Slots.Always, row);
        Extract(window, evaluator.Slots.BeyondAlways(evaluator.SelectStage(row)), row);
        return evaluator.EvaluateInto(row, features, scores);
    }

    /// <inheritdoc/>
    public override bool IsKnown(int[] features, int stage, int margin) => evaluator.IsKnown(features, stage, margin);

    /// <inheritdoc/>
    public override int ConfidencePercent(int stage, int margin) => evaluator.ConfidencePercent(stage, margin);

    /// <inheritdoc/>
    public override int TransitionScore(int fromClass, int toClass) => model.Transitions[fromClass][toClass];

    /// <inheritdoc/>
    public override bool MeasuresLean => model.MeasuresLean;

    /// <inheritdoc/>
    public override int NominalGravity(int axis) => model.NominalGravity?[axis] ?? 0;

    private void Extract(SampleWindow window, IReadOnlyList<int> slots, int[] row)
    {
        foreach (var slot in slots)
        {
            var feature = layout[evaluator.Columns[slot]];
            row[feature.Index] = feature.Kernel(window, feature.Channel, feature.Parameter);
        }
    }
}
