namespace HarEdge.Core.Tests;

public class ArgMaxTests
{
    private static readonly Gen<int[]> Scores = Gen.Int[-5, 5].Array[1, 12];

    [Fact]
    public void The_largest_value_wins_and_the_lowest_index_on_ties() =>
        Scores.Sample(values => Assert.Equal(Array.IndexOf(values, values.Max()), ArgMax.Of(values)));

    [Fact]
    public void The_margin_is_the_distance_to_the_best_of_the_others() => Scores.Sample(values =>
    {
        var best = ArgMax.Of(values);
        var expected = values.Length == 1 ? 0 : values[best] - values.Where((_, i) => i != best).Max();
        Assert.Equal(expected, ArgMax.Margin(values, best));
    });

    [Fact]
    public void Classes_that_are_not_scored_leave_a_margin_that_fits_an_int() =>
        Assert.Equal(1_000_000 - Classifier.NotScored, ArgMax.Margin([Classifier.NotScored, 1_000_000], 1));
}
