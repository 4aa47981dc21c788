namespace HarEdge.Trainer.FixedPoint;

/// <summary>
/// Which features (positions in the model's own list) are computed when: those of the gate and of the unknown rule's common limits for
/// every window, those of a stage and its limits only when the gate chose it.
/// </summary>
internal sealed class ModelSlots
{
    private readonly int[][] ofStage;

    /// <summary>Reads the uses of features out of a model.</summary>
    public ModelSlots(FixedPointModel model)
    {
        var always = new SortedSet<int>(model.Unknown.Limits.Where(limit => limit.Stage is null).Select(limit => limit.Feature));
        always.UnionWith(model.Gate.Where(node => node.Stage < 0).Select(node => node.Feature));
        Always = [.. always];
        ofStage =
        [
            .. model.Stages.Select((stage, index) => OfStage(stage)
                .Concat(model.Unknown.Limits.Where(limit => limit.Stage == index).Select(limit => limit.Feature))
                .Where(slot => !always.Contains(slot)).Distinct().Order().ToArray()),
        ];
    }

    /// <summary>Slots computed for every window, ascending.</summary>
    public IReadOnlyList<int> Always { get; }

    /// <summary>Slots a stage computes beyond <see cref="Always"/>, ascending.</summary>
    public IReadOnlyList<int> BeyondAlways(int stage) => ofStage[stage];

    private static IEnumerable<int> OfStage(Stage stage)
    {
        var inputs = stage is LinearStage linear ? linear.Inputs.Select(input => input.Feature) : [];
        return inputs.Concat(stage.ScoreTrees.SelectMany(tree => tree.Nodes).Where(node => node.Feature >= 0).Select(node => node.Feature));
    }
}
