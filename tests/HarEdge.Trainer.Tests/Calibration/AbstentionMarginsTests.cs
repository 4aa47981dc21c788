using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Tests.Calibration;

public class AbstentionMarginsTests
{
    private static readonly Stage[] Stages =
    [
        StageOf(new ConfidenceStep(100, 60), new ConfidenceStep(400, 90), new ConfidenceStep(1000, 99)),
        StageOf(new ConfidenceStep(50, 90), new ConfidenceStep(300, 97)),
    ];

    [Fact]
    public void Full_coverage_answers_every_window() => Assert.Equal([0, 0], AbstentionMargins.Of(Stages, Answers(1), 1));

    [Theory]
    [InlineData(0.99)]
    [InlineData(0.95)]
    [InlineData(0.8)]
    [InlineData(0.5)]
    public void The_share_asked_for_is_answered_up_to_equal_margins(double coverage)
    {
        var answers = Answers(7);
        var least = AbstentionMargins.Of(Stages, answers, coverage);
        Assert.InRange(answers.Count(answer => answer.Margin >= least[answer.Stage]) / (double)answers.Length, coverage - 0.001, coverage + 0.005);
    }

    [Fact]
    public void Nothing_answered_is_less_sure_than_anything_kept_silent()
    {
        var answers = Answers(3);
        var least = AbstentionMargins.Of(Stages, answers, 0.7);
        int Percent((int Stage, int Margin) answer) => Stages[answer.Stage].ConfidencePercent(answer.Margin);
        var answered = answers.Where(answer => answer.Margin >= least[answer.Stage]).Min(Percent);
        var silent = answers.Where(answer => answer.Margin < least[answer.Stage]).Max(Percent);
        Assert.True(answered >= silent, $"answers at {answered} %, silent at {silent} %");
    }

    [Fact]
    public void A_stage_that_is_never_sure_enough_never_answers()
    {
        Stage[] stages = [StageOf(new ConfidenceStep(500, 40)), StageOf(new ConfidenceStep(500, 95))];
        (int, int)[] answers = [.. Enumerable.Range(0, 100).Select(i => (i % 2, i))];
        var least = AbstentionMargins.Of(stages, answers, 0.4);
        Assert.Equal(int.MaxValue, least[0]);
        Assert.Equal(21, least[1]);
    }

    private static (int Stage, int Margin)[] Answers(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 4000).Select(_ => (random.Next(2), random.Next(1200)))];
    }

    private static ClassStage StageOf(params ConfidenceStep[] steps) => new() { Name = "some", Classes = [0], Confidence = steps };
}
