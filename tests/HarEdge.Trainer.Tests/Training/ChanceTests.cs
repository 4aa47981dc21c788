using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Tests.Training;

public sealed class ChanceTests
{
    [Fact]
    public void A_model_that_is_no_better_than_its_commonest_class_says_so()
    {
        var note = Assert.Single(RunScores.NotesOnChance(Scores([[50, 10], [40, 12]])));
        Assert.Contains("always saying SIT would be right in 53.6", note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_clearly_better_says_nothing()
    {
        Assert.Empty(RunScores.NotesOnChance(Scores([[50, 10], [10, 42]])));
    }

    private static ClassificationScores Scores(int[][] confusion) => new()
    {
        Classes = ["SIT", "WALK"],
        Confusion = confusion,
        PerSubject = new Dictionary<string, SubjectScore>(),
    };
}
