using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Tests.FixedPoint;

public class ModelSizeTests
{
    [Fact]
    public void Size_is_twelve_bytes_a_node_two_a_weight_and_four_a_bias()
    {
        var size = ModelSize.Of(SmallModel.Create());
        Assert.Equal(new ModelSize(Nodes: 5 + 5 + 3 + 1, Weights: 12, Biases: 3 + 2), size);
        Assert.Equal(14 * 12 + 12 * 2 + 5 * 4, size.Bytes);
    }

    [Fact]
    public void A_model_without_a_decision_at_the_gate_has_no_gate_nodes()
    {
        var model = SmallModel.Create();
        var single = model with { Gate = [GateNode.Leaf(0)], Stages = [model.Stages[1]] };
        Assert.Equal(0, ModelSize.Of(single).Nodes);
    }
}
