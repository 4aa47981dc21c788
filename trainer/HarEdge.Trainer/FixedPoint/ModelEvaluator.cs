using HarEdge.Core;

namespace HarEdge.Trainer.FixedPoint;

/// <summary>
/// Computes what a model says about a window, straight from its tables: the trainer's own answer, to which generated code is
/// held. Sums are checked: a model that passed <see cref="ModelValidator"/> cannot overflow them.
/// </summary>
internal sealed class ModelEvaluator
{
    private readonly ModelSlots slots;
    private readonly int[] columns;

    /// <summary>Prepares a model for evaluation.</summary>
    /// <param name="model">A valid model.</param>
    /// <param name="layout">Features of the model's window length; maps names to columns.</param>
    public ModelEvaluator(FixedPointModel model, FeatureLayout layout)
        : this(model, name => layout.Find(name)?.Index)
    {
    }

    /// <summary>Prepares a model for rows of a table with columns of its own.</summary>
    /// <param name="model">A valid model.</param>
    /// <param name="features">The feature in each column of a row.</param>
    public ModelEvaluator(FixedPointModel model, IReadOnlyList<Feature> features)
        : this(model, name => Array.FindIndex([.. features], feature => feature.Name == name) is >= 0 and var column ? column : null)
    {
    }

    private ModelEvaluator(FixedPointModel model, Func<string, int?> columnOf)
    {
        Model = model;
        slots = new ModelSlots(model);
        columns = [.. model.Features.Select(name => columnOf(name)
            ?? throw new InputException($"The model uses the feature \"{name}\", which this version does not have.", "Train the model again with this version."))];
    }

    /// <summary>The model.</summary>
    public FixedPointModel Model { get; }

    /// <summary>For each feature of the model its column in a row of all features.</summary>
    public IReadOnlyList<int> Columns => columns;

    /// <summary>Which features are computed when.</summary>
    public ModelSlots Slots => slots;

    /// <summary>Walks the gate.</summary>
    /// <param name="row">A value for every feature of the layout.</param>
    /// <returns>The stage's index.</returns>
    public int SelectStage(ReadOnlySpan<int> row)
    {
        var node = Model.Gate[0];
        while (node.Stage < 0)
        {
            node = Model.Gate[row[columns[node.Feature]] <= node.Threshold ? node.Left : node.Right];
        }

        return node.Stage;
    }

    /// <summary>Fills features and scores as the generated code does.</summary>
    /// <param name="row">A value for every feature of the layout.</param>
    /// <param name="features">Receives one value for each of the model's features; 0 where the stage does not need it.</param>
    /// <param name="scores">Receives one score for each class, or <see cref="Classifier.NotScored"/>.</param>
    /// <returns>The stage's index.</returns>
    public int EvaluateInto(ReadOnlySpan<int> row, int[] features, int[] scores)
    {
        Array.Clear(features);
        Fill(row, slots.Always, features);
        var stage = SelectStage(row);
        Fill(row, slots.BeyondAlways(stage), features);
        StageScorer.ScoreInto(Model.Stages[stage], features, scores);
        return stage;
    }

    /// <summary>The same with everything the pipeline derives from one window.</summary>
    public WindowEvaluation Evaluate(ReadOnlySpan<int> row)
    {
        var features = new int[columns.Length];
        var scores = new int[Model.Classes.Count];
        var stage = EvaluateInto(row, features, scores);
        var best = ArgMax.Of(scores);
        var margin = ArgMax.Margin(scores, best);
        return new WindowEvaluation(features, scores, stage, best, margin, IsKnown(features, stage, margin), ConfidencePercent(stage, margin));
    }

    /// <summary>The unknown rule; see <see cref="Classifier.IsKnown"/>.</summary>
    public bool IsKnown(int[] features, int stage, int margin) =>
        Model.Unknown.Limits.All(limit => limit.Allows(stage, features[limit.Feature])) && margin >= Model.Unknown.LeastMarginOfStage[stage];

    /// <summary>The confidence table; see <see cref="Classifier.ConfidencePercent"/>.</summary>
    public int ConfidencePercent(int stage, int margin) => Model.Stages[stage].ConfidencePercent(margin);

    private void Fill(ReadOnlySpan<int> row, IReadOnlyList<int> wanted, int[] features)
    {
        foreach (var slot in wanted)
        {
            features[slot] = row[columns[slot]];
        }
    }
}

/// <summary>What a model says about one window, before the temporal filter.</summary>
/// <param name="Features">One value for each of the model's features; 0 where the stage needed none.</param>
/// <param name="Scores">One score a class, in 1/256 natural logarithms, or Classifier.NotScored.</param>
/// <param name="Stage">The stage the gate chose.</param>
/// <param name="WindowClass">The best class, the lowest index on ties.</param>
/// <param name="Margin">Best score minus second best.</param>
/// <param name="IsKnown">False when the unknown rule rejects the window.</param>
/// <param name="ConfidencePercent">Calibrated probability that the best class is correct.</param>
internal sealed record WindowEvaluation(int[] Features, int[] Scores, int Stage, int WindowClass, int Margin, bool IsKnown, int ConfidencePercent);

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
    public override bool ReadsGyroscope => model.ReadsGyroscope;

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
