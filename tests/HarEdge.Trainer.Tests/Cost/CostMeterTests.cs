using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Tests.CodeGeneration;

namespace HarEdge.Trainer.Tests.Cost;

/// <summary>The budgets of the model the firmware ships with, and what the meter says about it.</summary>
public class CostMeterTests
{
    private static readonly Lazy<CostReport> Measured = new(() => CostMeter.Measure(CommittedModel, [NoiseData.Make(40)]));

    private static CostReport Report => Measured.Value;

    private static FixedPointModel CommittedModel => ModelFile.Read(
        Path.Combine(Golden.Repository(), "firmware", "Core", "Generated", "model.json"));

    [Fact]
    public void No_step_exceeds_the_proven_worst_case()
    {
        Assert.InRange(Report.PerDecision.Max, 1000, Report.PerDecision.StaticWorst);
        Assert.InRange(Report.PerSample.Max, 20, Report.PerSample.StaticWorst);
    }

    [Fact]
    public void No_step_is_heavier_than_the_proven_worst_case()
    {
        Assert.InRange(Report.PerDecision.MaxWeight, Report.PerDecision.Weight, Report.PerDecision.StaticWorstWeight);
        Assert.InRange(Report.PerSample.MaxWeight, Report.PerSample.Weight, Report.PerSample.StaticWorstWeight);
        Assert.All(Report.Chips, chip => Assert.True(chip.MachineInstructions < chip.WorstMachineInstructions));
    }

    [Fact]
    public void A_decision_keeps_to_its_budget_of_machine_instructions() =>
        Assert.All(Report.Chips, chip => Assert.InRange(chip.MachineInstructions, 1, chip.Chip.InstructionSet == "RV32" ? 2_500_000 : 2_300_000));

    [Fact]
    public void A_decision_keeps_to_its_budget_of_instructions()
    {
        Assert.InRange(Report.PerDecision.Mean, 1, 27_000);
        Assert.InRange(Report.PerDecision.StaticWorst, 1, 60_000);
    }

    [Fact]
    public void Memory_made_at_start_keeps_to_its_budget() => Assert.InRange(Report.RamBytes, Report.PipelineRamBytes, 8192);

    [Fact]
    public void Garbage_keeps_to_its_budget() => Assert.InRange(Report.GarbageBytesPerSecond, 100, 1536);

    [Fact]
    public void Code_keeps_to_its_budget()
    {
        // The device takes 64 kB an assembly, in which names in the code are half as long: 60 kB of IL are 54 there (PeSizeTests).
        Assert.InRange(Report.IlBytes, Report.ModelIlBytes, 62 * 1024);
        Assert.InRange(Report.ModelIlBytes, KernelPlan.MostBytes / 2, 30 * 1024);
    }

    [Fact]
    public void Methods_and_stages_add_up_to_the_mean()
    {
        Assert.Equal(Report.PerDecision.Mean, Report.PerDecision.ByKernel.Sum(part => part.Mean), 3);
        Assert.Equal(Report.PerDecision.Mean, Report.PerDecision.ByStage.Sum(part => part.Mean * part.Share), 3);
        Assert.Equal(Report.PerDecision.Weight, Report.PerDecision.ByKernel.Sum(part => part.Weight), 3);
        Assert.Equal(Report.PerDecision.Weight, Report.PerDecision.ByStage.Sum(part => part.Weight * part.Share), 3);
        Assert.Equal(1, Report.PerDecision.ByKernel.Sum(part => part.Share), 6);
        Assert.Empty(Report.PerSample.ByStage);
    }

    [Fact]
    public void Counts_are_ordered_and_every_sample_is_counted()
    {
        var data = NoiseData.Make(40);
        var samples = data.Recordings[0].SampleCount;
        Assert.Equal(samples, Report.PerSample.Steps + Report.PerDecision.Steps);
        Assert.Equal(1 + (samples - 128) / 64, Report.PerDecision.Steps);
        Assert.True(Report.PerDecision.Mean <= Report.PerDecision.Max && Report.PerDecision.P99 <= Report.PerDecision.Max);
    }

    [Fact]
    public void The_same_model_and_data_cost_the_same()
    {
        var again = CostMeter.Measure(CommittedModel, [NoiseData.Make(40)]);
        Assert.Equal(Report.PerDecision.ByKernel, again.PerDecision.ByKernel);
        Assert.Equal(Report.Chips.Select(chip => (chip.Milliseconds, chip.WorstMilliseconds)), again.Chips.Select(chip => (chip.Milliseconds, chip.WorstMilliseconds)));
        Assert.Equal(Report with { PerSample = again.PerSample, PerDecision = again.PerDecision, Chips = again.Chips }, again);
    }

    [Fact]
    public void Recordings_shorter_than_a_window_are_refused()
    {
        var data = NoiseData.Make(0);
        var brief = data with { Recordings = [data.Recordings[0] with { Runs = [new Run(0, 100)] }] };
        var error = Assert.Throws<InputException>(() => CostMeter.Measure(CommittedModel, [brief]));
        Assert.Contains("128", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_is_the_way_to_the_deepest_leaf_of_gate_and_stage()
    {
        Assert.Equal(Report.Nodes, ModelSize.Of(CommittedModel).Nodes);
        var model = CommittedModel;
        var tree = new ScoreTree(0, [ScoreNode.Split(0, 5, 1, 2), ScoreNode.Leaf(1), ScoreNode.Split(0, 9, 3, 4), ScoreNode.Leaf(2), ScoreNode.Leaf(3)]);
        var trees = new TreeStage { Name = "trees", Classes = [0, 1], Confidence = [new ConfidenceStep(1, 50)], Bias = [0, 0], Trees = [tree] };
        var fixedClass = new ClassStage { Name = "class", Classes = [0], Confidence = [new ConfidenceStep(1, 50)] };
        Assert.Equal(3, TreeDepth.Of(model with
        {
            Gate = [GateNode.Split(0, 1, 1, 2), GateNode.Leaf(0), GateNode.Leaf(1)],
            Stages = [fixedClass, trees],
        }));
        Assert.Equal(0, TreeDepth.Of(model with { Gate = [GateNode.Leaf(0)], Stages = [fixedClass] }));
    }

    [Fact]
    public void Heap_blocks_are_counted_as_the_device_makes_them()
    {
        // 12 for the header, elements in whole blocks of 12.
        Assert.Equal(12 + 12, HeapBytes.OfGraph(new short[6]));
        Assert.Equal(12 + 24, HeapBytes.OfGraph(new short[7]));
        Assert.Equal(12 + 24, HeapBytes.OfGraph(new int[6]));
        Assert.Equal(12 + 12, HeapBytes.OfGraph(new bool[12]));
        Assert.Equal(12 + 2 * 12 + 2 * 24, HeapBytes.OfGraph(new object[] { new short[6], new short[6] }));
    }
}
