using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Tests.Evaluation;

public class AurocTests
{
    [Fact]
    public void Two_kinds_that_do_not_overlap_are_told_apart_without_error() => Assert.Equal(1, Auroc.Of([1, 2, 3], [4, 5]));

    [Fact]
    public void Equal_values_count_half() => Assert.Equal(0.5, Auroc.Of([7, 7], [7, 7, 7]));

    [Fact]
    public void Nothing_to_compare_gives_no_number() => Assert.True(double.IsNaN(Auroc.Of([], [1])));

    [Fact]
    public void It_is_the_share_of_pairs_in_the_right_order() =>
        Gen.Select(Gen.Int[0, 9].Array[1, 12], Gen.Int[0, 9].Array[1, 12]).Sample((low, high) =>
        {
            var pairs = low.Sum(l => high.Sum(h => h > l ? 1.0 : h == l ? 0.5 : 0));
            Assert.Equal(pairs / low.Length / high.Length, Auroc.Of([.. low.Select(v => (double)v)], [.. high.Select(v => (double)v)]), 12);
        });
}
