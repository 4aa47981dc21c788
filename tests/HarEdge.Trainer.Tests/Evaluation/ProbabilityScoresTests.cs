using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Tests.Evaluation;

public sealed class ProbabilityScoresTests
{
    [Fact]
    public void Log_loss_is_the_mean_surprise_at_the_label()
    {
        var scores = ProbabilityScores.Of([[0.5f, 0.5f], [0.25f, 0.75f], [0.9f, 0.1f]], [0, 1, -1]);
        Assert.Equal((Math.Log(2) - Math.Log(0.75)) / 2, scores.LogLoss, 1e-6);
    }

    [Fact]
    public void A_certain_mistake_counts_20_and_not_forever() =>
        Assert.Equal(20, ProbabilityScores.Of([[1f, 0f]], [1]).LogLoss);

    [Fact]
    public void Probabilities_that_hold_have_no_calibration_error()
    {
        // Four windows said with 0.75, three of them right.
        float[][] said = [[0.75f, 0.25f], [0.75f, 0.25f], [0.75f, 0.25f], [0.75f, 0.25f]];
        Assert.Equal(0, ProbabilityScores.Of(said, [0, 0, 0, 1]).CalibrationError, 1e-6);
        Assert.Equal(0.25, ProbabilityScores.Of(said, [0, 0, 0, 0]).CalibrationError, 1e-6);
    }

    [Fact]
    public void Errors_in_different_bins_do_not_cancel()
    {
        // Said 0.6 and always right; said 0.9 and right half of the time.
        float[][] said = [[0.6f, 0.4f], [0.6f, 0.4f], [0.9f, 0.1f], [0.9f, 0.1f]];
        Assert.Equal(0.4, ProbabilityScores.Of(said, [0, 0, 0, 1]).CalibrationError, 1e-6);
    }
}
