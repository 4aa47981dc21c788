using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Tests.FixedPoint;

/// <summary>Answers worked out by hand; the other tests only compare programs with each other.</summary>
public class ModelEvaluatorTests
{
    private static readonly FeatureLayout Layout = new(128);
    private static readonly FixedPointModel Model = SmallModel.Create();
    private static readonly ModelEvaluator Evaluator = new(Model, Layout);

    [Fact]
    public void A_class_stage_gives_its_class_and_leaves_the_others_unscored()
    {
        var said = Evaluator.Evaluate(Row(("dev.ax", 40000), ("tilt.ax", -1000), ("drift.am4", 7)));
        Assert.Equal(0, said.Stage);
        Assert.Equal([40000, 7, -1000, 0, 0, 0, 0, 0], said.Features);
        Assert.Equal([Classifier.NotScored, Classifier.NotScored, Classifier.NotScored, 0], said.Scores);
        Assert.Equal(3, said.WindowClass);
        Assert.Equal(98, said.ConfidencePercent);
        Assert.True(said.IsKnown);
    }

    [Fact]
    public void A_linear_stage_sums_transformed_shifted_limited_inputs_and_rounds()
    {
        // log2(1 + 1023) = 10 → 2560 >> 2 = 640; −8192 >> 12 = −2; 17000 >> 4 = 1062, limited to 1000; 200 as it is.
        var said = Evaluator.Evaluate(Row(("tilt.ax", 200), ("var.gx", 1023), ("sum.ay", -8192), ("quantile50.ay4", 17000)));
        Assert.Equal(1, said.Stage);
        Assert.Equal(Rounded(1200 + (12 * 640) + (-7 * -2) + 1000 + (30 * 200)), said.Scores[1]);
        Assert.Equal(Rounded(-3400 + (-15 * 640) + (9 * -2) - (21 * 200)), said.Scores[2]);
        Assert.Equal(0, said.Scores[3]);
        Assert.Equal(Classifier.NotScored, said.Scores[0]);
        Assert.Equal(said.Scores[1], said.Margin);

        static int Rounded(int sum) => (int)Math.Floor(sum / 64.0 + 0.5);
    }

    [Fact]
    public void A_tree_stage_adds_one_leaf_of_each_of_a_classs_trees()
    {
        var said = Evaluator.Evaluate(Row(("dev.ax", 40001), ("var.gx", 250001), ("cross.az", 20), ("cov.ax.gz", -29)));
        Assert.Equal(2, said.Stage);
        Assert.Equal([100 + 40 + 7, -100 - 5, Classifier.NotScored, Classifier.NotScored], said.Scores);
    }

    [Fact]
    public void A_linear_stage_with_trees_adds_their_leaves_to_its_scores()
    {
        IReadOnlyList<ScoreTree> trees = [.. ((TreeStage)Model.Stages[2]).Trees.Select(tree => tree with { Class = 2 - tree.Class })];
        var model = Model with { Stages = [Model.Stages[0], (LinearStage)Model.Stages[1] with { Trees = trees }, Model.Stages[2]] };
        var row = Row(("tilt.ax", 200), ("var.gx", 250001), ("cross.az", 20), ("cov.ax.gz", -29));
        var plain = Evaluator.Evaluate(row).Scores;
        var said = new ModelEvaluator(model, Layout).Evaluate(row).Scores;
        Assert.Equal([plain[0], plain[1], plain[2] - 5, plain[3] + 40 + 7], said);
        Assert.Equal(ModelSize.Of(Model).Nodes + 5 + 3 + 1, ModelSize.Of(model).Nodes);
        Assert.Contains(7, new ModelSlots(model).BeyondAlways(1));
    }

    [Theory]
    [InlineData(60000, 12, true)]
    [InlineData(60001, 12, false)]
    [InlineData(60000, 11, false)]
    public void A_window_is_unknown_beyond_a_limit_or_below_the_least_margin(int drift, int margin, bool isKnown) =>
        Assert.Equal(isKnown, Evaluator.IsKnown([0, drift, 0, 0, 0, 0, 0, 0], stage: 1, margin));

    [Theory]
    [InlineData(0, 55)]
    [InlineData(100, 55)]
    [InlineData(101, 90)]
    [InlineData(2000, 99)]
    [InlineData(99999, 99)]
    public void Confidence_is_that_of_the_first_step_not_below_the_margin(int margin, int percent) =>
        Assert.Equal(percent, Evaluator.ConfidencePercent(stage: 1, margin));

    [Fact]
    public void A_feature_of_another_window_length_is_refused()
    {
        var model = Model with { Features = ["acov48.ax", .. Model.Features.Skip(1)] };
        Assert.Contains("acov48.ax", Assert.Throws<InputException>(() => new ModelEvaluator(model, new FeatureLayout(64))).Message, StringComparison.Ordinal);
    }

    private static int[] Row(params (string Name, int Value)[] values)
    {
        var row = new int[Layout.Count];
        foreach (var (name, value) in values)
        {
            row[Layout.Find(name).Index] = value;
        }

        return row;
    }
}
