using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Tests.Evaluation.People;

public class BootstrapIntervalTests
{
    private static readonly SubjectScore[] Mixed = [.. Enumerable.Range(0, 25).Select(i => new SubjectScore(100, 80 + (i % 5 * 4)))];

    [Fact]
    public void People_who_are_all_alike_leave_no_doubt()
    {
        var interval = BootstrapInterval.OfMean([.. Enumerable.Repeat(new SubjectScore(50, 45), 9)], 1);
        Assert.Equal(0.9, interval.Low, 9);
        Assert.Equal(0.9, interval.High, 9);
    }

    [Fact]
    public void The_interval_is_about_two_standard_errors_each_side_of_the_mean()
    {
        // Standard deviation of 80, 84, 88, 92, 96 is 5.66 points; of the mean of 25 people 1.13.
        var interval = BootstrapInterval.OfMean(Mixed, 1);
        Assert.InRange(interval.Low, 0.85, 0.865);
        Assert.InRange(interval.High, 0.895, 0.91);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval() => Assert.Equal(BootstrapInterval.OfAccuracy(Mixed, 7), BootstrapInterval.OfAccuracy(Mixed, 7));

    [Fact]
    public void One_person_gives_no_interval() => Assert.True(double.IsNaN(BootstrapInterval.OfMean(Mixed[..1], 1).Low));
}
