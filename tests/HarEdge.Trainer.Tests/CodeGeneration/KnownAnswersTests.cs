using HarEdge.Core;
using HarEdge.Core.Generated;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Tests.FixedPoint;

namespace HarEdge.Trainer.Tests.CodeGeneration;

public class KnownAnswersTests
{
    private static readonly Recording[] Recordings =
        [.. SyntheticWearer.Create(new SyntheticOptions { Subjects = 2, SecondsPerActivity = 20 }).Recordings];

    [Fact]
    public void The_committed_model_gives_the_committed_answers() =>
        Assert.Null(FirstDifference(new ActivityModel(), new KnownAnswers()));

    [Fact]
    public void The_committed_answers_reach_every_class_of_the_committed_model()
    {
        var answers = new KnownAnswers();
        var reached = Enumerable.Range(0, answers.Count).Select(answers.WindowClass).Distinct().Order();
        Assert.Equal(Enumerable.Range(0, new ActivityModel().ClassCount), reached);
    }

    [Fact]
    public void Compiled_answers_are_those_of_the_trainer()
    {
        var model = SmallModel.Create();
        using var compiled = Compile(model);
        var answers = compiled.KnownAnswers!;
        var layout = new FeatureLayout(model.Signal.WindowSamples, model.Upright);
        var evaluator = new ModelEvaluator(model, layout);
        Assert.InRange(answers.Count, 3, KnownAnswersGenerator.DefaultMostWindows(model));
        for (var i = 0; i < answers.Count; i++)
        {
            var samples = answers.Samples(i);
            short[][] channels = [.. Enumerable.Range(0, 6).Select(c => samples.Where((_, at) => at % 6 == c).ToArray())];
            var row = new int[layout.Count];
            layout.ExtractInto(TestWindows.Window(channels, model.Signal.HopSamples), row);
            var expected = evaluator.Evaluate(row);
            Assert.Equal(expected.Features, answers.Features(i));
            Assert.Equal(expected.Scores, answers.Scores(i));
            Assert.Equal(expected.Stage, answers.Stage(i));
            Assert.Equal(expected.WindowClass, answers.WindowClass(i));
        }

        Assert.Null(FirstDifference(compiled.Classifier, answers));
    }

    [Fact]
    public void Every_stage_is_exercised()
    {
        using var compiled = Compile(SmallModel.Create());
        var stages = Enumerable.Range(0, compiled.KnownAnswers!.Count).Select(compiled.KnownAnswers.Stage).Distinct().Order();
        Assert.Equal([0, 1, 2], stages);
    }

    [Theory]
    [InlineData("features[0] <= 40000", "features[0] <= 4")]
    [InlineData("- 21 * v3", "- 20 * v3")]
    [InlineData("s0 -= 80;", "s0 -= 81;")]
    [InlineData("short[] gx = window.Channel(ChannelId.Gx)", "short[] gx = window.Channel(ChannelId.Gy)")]
    [InlineData("return 1;", "return 2;")]
    public void A_changed_model_fails_its_known_answers(string original, string changed)
    {
        var model = SmallModel.Create();
        var source = CSharpGenerator.Generate(model);
        Assert.Contains(original, source, StringComparison.Ordinal);
        using var compiled = GeneratedModelCompiler.Compile(
            source.Replace(original, changed, StringComparison.Ordinal), KnownAnswersGenerator.Generate(model, Recordings));
        Assert.NotNull(FirstDifference(compiled.Classifier, compiled.KnownAnswers!));
    }

    [Fact]
    public void The_answers_hold_no_static_array()
    {
        // An initialized array would be copied to RAM at start; strings stay in flash.
        Assert.Empty(typeof(KnownAnswers).GetFields(
            System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public));
        Assert.DoesNotContain("{ 0,", KnownAnswersGenerator.Generate(SmallModel.Create(), Recordings), StringComparison.Ordinal);
    }

    private static CompiledModel Compile(FixedPointModel model) =>
        GeneratedModelCompiler.Compile(CSharpGenerator.Generate(model), KnownAnswersGenerator.Generate(model, Recordings));

    private static string? FirstDifference(Classifier classifier, KnownAnswerSet answers)
    {
        for (var i = 0; i < answers.Count; i++)
        {
            var pipeline = new Pipeline(classifier);
            var s = answers.Samples(i);
            var decisions = 0;
            for (var at = 0; at < s.Length; at += 6)
            {
                decisions += pipeline.Step(s[at], s[at + 1], s[at + 2], s[at + 3], s[at + 4], s[at + 5]) ? 1 : 0;
            }

            if (decisions != 1
                || !pipeline.Features.SequenceEqual(answers.Features(i))
                || !pipeline.Scores.SequenceEqual(answers.Scores(i))
                || pipeline.Stage != answers.Stage(i)
                || pipeline.WindowClass != answers.WindowClass(i))
            {
                return $"window {i}";
            }
        }

        return null;
    }
}
