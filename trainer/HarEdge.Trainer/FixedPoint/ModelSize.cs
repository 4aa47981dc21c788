namespace HarEdge.Trainer.FixedPoint;

/// <summary>
/// Size of what was learned: 12 bytes a tree node (splits and leaves of the gate and of score trees), 2 bytes a weight, 4 bytes a bias.
/// The rule is the same for every kind of model; the code's true size is that of the compiled assembly.
/// </summary>
/// <param name="Nodes">Nodes of the gate and of all score trees, splits and leaves alike; a gate of a single leaf has none.</param>
/// <param name="Weights">Weights of linear stages.</param>
/// <param name="Biases">Starts of sums, of linear and tree stages.</param>
internal sealed record ModelSize(int Nodes, int Weights, int Biases)
{
    /// <summary>Bytes of a node: what one costs as nested if/else in a nanoFramework assembly.</summary>
    public const int BytesPerNode = 12;

    /// <summary>Bytes of a 16-bit weight.</summary>
    public const int BytesPerWeight = 2;

    /// <summary>Bytes of a bias.</summary>
    public const int BytesPerBias = 4;

    /// <summary>Bytes by the rule above.</summary>
    public int Bytes => Nodes * BytesPerNode + Weights * BytesPerWeight + Biases * BytesPerBias;

    /// <summary>Counts a model.</summary>
    public static ModelSize Of(FixedPointModel model)
    {
        var linear = model.Stages.OfType<LinearStage>().ToList();
        return new ModelSize(
            (model.Gate.Count > 1 ? model.Gate.Count : 0) + model.Stages.Sum(stage => stage.ScoreTrees.Sum(tree => tree.Nodes.Count)),
            linear.Sum(stage => stage.Weights.Sum(row => row.Count)),
            linear.Sum(stage => stage.Bias.Count) + model.Stages.OfType<TreeStage>().Sum(stage => stage.Bias.Count));
    }
}
