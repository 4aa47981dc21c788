using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Tests.Calibration;

public class TransitionTableTests
{
    private static readonly int[][] Sequences = [[0, 0, 0, 0, -1, -1, 1, 1, 1, 1, 1, 0, 0, 0]];

    [Fact]
    public void Staying_is_likelier_than_changing()
    {
        var table = TransitionTable.Learn(Sequences, 3, 1);
        Assert.True(table[0][0] > table[0][1]);
        Assert.True(table[0][1] > table[0][2], "a change never seen is less likely than one seen");
    }

    [Fact]
    public void Rows_are_probabilities()
    {
        foreach (var row in TransitionTable.Learn(Sequences, 3, 1))
        {
            Assert.InRange(row.Sum(score => Math.Exp(score / 256.0)), 0.98, 1.02);
        }
    }

    [Fact]
    public void Strength_zero_switches_the_filter_off() =>
        Assert.All(TransitionTable.Learn(Sequences, 3, 0), row => Assert.All(row, score => Assert.Equal(0, score)));
}
