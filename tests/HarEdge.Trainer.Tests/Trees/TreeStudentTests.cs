using HarEdge.Core;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.Distillation.Trees;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Tests.Cost;
using HarEdge.Trainer.Tests.Teachers;

namespace HarEdge.Trainer.Tests.Trees;

public sealed class TreeStudentTests
{
    public static TheoryData<string> Kinds => ["boosted", "forest", "tree"];

    private static Student Make(string kind) => kind switch
    {
        "boosted" => new BoostedTreesStudent(),
        "forest" => new ForestStudent(),
        _ => new DecisionTreeStudent(),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_names_most_windows_of_other_people_and_is_a_valid_model(string kind)
    {
        var student = Make(kind).Distil(SmallDistillation.Input(SmallTable.Make(1)));
        ModelValidator.Validate(student.Model);
        Assert.InRange(SmallDistillation.Accuracy(student.Model, SmallTable.Make(2)), 0.7, 1);
        Assert.InRange(student.FixedPointAgreement, 0.99, 1);
    }

    [Theory]
    [InlineData("boosted", 12)]
    [InlineData("forest", 12)]
    [InlineData("boosted", 40)]
    [InlineData("tree", 12)]
    public void A_few_windows_of_one_person_are_enough(string kind, int windows) =>
        ModelValidator.Validate(Make(kind).Distil(SmallDistillation.Input(SmallTable.Make(1, subjects: 1, windows))).Model);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_input_gives_the_same_model(string kind)
    {
        var input = SmallDistillation.Input(SmallTable.Make(1));
        Assert.Equal(ModelId.Of(Make(kind).Distil(input).Model), ModelId.Of(Make(kind).Distil(input).Model));
    }

    [Theory]
    [InlineData("boosted", 60)]
    [InlineData("boosted", 140)]
    [InlineData("forest", 140)]
    [InlineData("tree", 3)]
    [InlineData("tree", 31)]
    public void It_keeps_to_its_nodes_and_bytes(string kind, int nodes)
    {
        var table = SmallTable.Make(1);
        var byNodes = ModelSize.Of(Make(kind).Distil(SmallDistillation.Input(table, new StudentBudget(Nodes: nodes))).Model);
        Assert.InRange(byNodes.Nodes, 3, nodes);
        var bytes = (nodes * ModelSize.BytesPerNode) + (3 * ModelSize.BytesPerBias);
        var byBytes = ModelSize.Of(Make(kind).Distil(SmallDistillation.Input(table, new StudentBudget(Bytes: bytes))).Model);
        Assert.InRange(byBytes.Bytes, 1, bytes);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Features_beyond_the_instructions_are_done_without(string kind)
    {
        var table = SmallTable.Make(1);
        var free = Make(kind).Distil(SmallDistillation.Input(table));
        Assert.Contains(SmallTable.Names[0], free.Model.Features);
        Assert.Contains(SmallTable.Names[1], free.Model.Features);
        var input = SmallDistillation.Input(table, new StudentBudget(Nodes: 200, Instructions: 2500)) with
        {
            Prices = FeaturePrices.Unshared([3000, 1000, 1000, 1000, 1000, 1000, 1000, 1000]),
        };
        var priced = Make(kind).Distil(input);
        Assert.DoesNotContain(SmallTable.Names[0], priced.Model.Features);
        Assert.InRange(priced.Model.Features.Count, 1, 2);
        Assert.InRange(SmallDistillation.Accuracy(priced.Model, table), 0.5, 1);
    }

    [Fact]
    public void Work_that_features_share_is_paid_once()
    {
        var layout = new FeatureLayout(64);
        int[] pair = [layout.Find("var.am").Index, layout.Find("dev.am").Index];
        var prices = FeaturePrices.Measure(layout, NoiseWindows.Make(1, 64), 32);
        var input = SmallDistillation.Input(SmallTable.Make(1)) with { Prices = prices };
        var apart = input.PriceOf([pair[0]]) + input.PriceOf([pair[1]]);
        Assert.InRange(input.PriceOf(pair), 0.4 * apart, 0.7 * apart);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_within_the_budget_is_said_so(string kind)
    {
        var table = SmallTable.Make(1);
        var dear = SmallDistillation.Input(table, new StudentBudget(Instructions: 10)) with { Prices = FeaturePrices.Unshared([.. Enumerable.Repeat(100.0, SmallTable.Columns)]) };
        Assert.Throws<InputException>(() => Make(kind).Distil(dear));
        Assert.Throws<InputException>(() => Make(kind).Distil(SmallDistillation.Input(table, new StudentBudget(Bytes: 20))));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_teacher_is_followed_where_it_has_its_full_share(string kind)
    {
        // A teacher that takes every B for a C.
        var table = SmallTable.Make(1);
        var input = SmallDistillation.Input(table) with
        {
            DistillationWeight = 1,
            SoftLabels = [.. table.Labels.Select(label => label == 0 ? new[] { 0.9f, 0, 0.1f } : [0.1f, 0, 0.9f])],
        };
        Assert.DoesNotContain(1, SmallDistillation.Classify(Make(kind).Distil(input).Model, table));
        Assert.Contains(1, SmallDistillation.Classify(Make(kind).Distil(input with { DistillationWeight = 0 }).Model, table));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Heavy_rows_win_over_light_ones(string kind)
    {
        // Every second row lies about its class.
        var table = SmallTable.Make(1);
        float[][] lies = [.. table.Labels.Select((label, row) => Enumerable.Range(0, 3).Select(c => c == (label + (row % 2)) % 3 ? 1f : 0).ToArray())];
        double Truth(float weightOfLies)
        {
            var input = SmallDistillation.Input(table) with
            {
                DistillationWeight = 1,
                SoftLabels = lies,
                Weights = [.. Enumerable.Range(0, table.Rows).Select(row => row % 2 == 0 ? 1 : weightOfLies)],
            };
            return SmallDistillation.Accuracy(Make(kind).Distil(input).Model, table);
        }

        Assert.InRange(Truth(0.02f), 0.8, 1);
        Assert.InRange(Truth(50), 0, 0.4);
    }
}
