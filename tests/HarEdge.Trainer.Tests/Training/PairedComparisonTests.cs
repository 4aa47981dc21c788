using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Tests.Training;

public class PairedComparisonTests
{
    // Ten windows a person; so many right of the first and the second.
    private static PairedComparison Of(params (int First, int Second)[] people) => PairedComparison.Of(
        [.. people.SelectMany(p => Enumerable.Range(0, 10).Select(i => i < p.First))],
        [.. people.SelectMany(p => Enumerable.Range(0, 10).Select(i => i < p.Second))],
        [.. people.SelectMany((_, person) => Enumerable.Repeat(person, 10))]);

    [Fact]
    public void Better_for_everyone_is_certain() => Assert.Equal(1, Of((9, 8), (10, 9), (8, 7)).Certainty);

    [Fact]
    public void Better_for_one_person_only_is_half_certain() => Assert.InRange(Of((10, 4), (8, 8), (8, 9), (7, 8)).Certainty, 0.5, 0.7);

    [Fact]
    public void Worse_is_not_better_at_all() => Assert.Equal(0, Of((8, 9), (7, 8), (9, 9)).Certainty);

    [Fact]
    public void The_same_is_not_better_at_all() => Assert.Equal(0, Of((8, 8), (7, 7)).Certainty);

    [Fact]
    public void One_person_proves_nothing() => Assert.Equal(0, Of((10, 1)).Certainty);

    [Fact]
    public void The_standard_error_is_that_of_the_people()
    {
        var comparison = Of((9, 8), (9, 6));
        Assert.Equal(0.2, comparison.MeanDifference, 9);
        Assert.Equal(0.1, comparison.StandardError, 9);
    }
}
