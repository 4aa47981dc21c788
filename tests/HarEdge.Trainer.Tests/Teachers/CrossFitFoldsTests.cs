using HarEdge.Trainer.Learning;

namespace HarEdge.Trainer.Tests.Teachers;

public sealed class CrossFitFoldsTests
{
    [Fact]
    public void Every_window_is_judged_once_and_never_by_who_learned_from_its_wearer()
    {
        var table = SmallTable.Make(1, subjects: 7);
        var folds = new CrossFitFolds(table, 3, seed: 1);
        Assert.True(folds.AreGroupsOfPeople);
        var judgedRows = new List<int>();
        for (var fold = 0; fold < folds.Count; fold++)
        {
            var (judged, learned) = folds.Rows(table, fold);
            judgedRows.AddRange(judged);
            Assert.Empty(judged.Select(row => table.SubjectOfRow[row]).Intersect(learned.Select(row => table.SubjectOfRow[row])));
        }

        Assert.Equal(Enumerable.Range(0, table.Rows), judgedRows.Order());
    }

    [Fact]
    public void There_are_never_more_folds_than_people() => Assert.Equal(2, new CrossFitFolds(SmallTable.Make(1, subjects: 2), 5, 1).Count);

    [Fact]
    public void One_persons_folds_are_blocks_of_time_with_a_guard_gap_and_every_class()
    {
        var table = SmallTable.Make(1, subjects: 1, rowsPerSubject: 300);
        var folds = new CrossFitFolds(table, 3, seed: 1);
        Assert.False(folds.AreGroupsOfPeople);
        Assert.Equal(3, folds.Count);
        for (var fold = 0; fold < folds.Count; fold++)
        {
            var (judged, learned) = folds.Rows(table, fold);
            Assert.Equal([0, 1, 2], judged.Select(row => table.Labels[row]).Distinct().Order());
            Assert.Equal([0, 1, 2], learned.Select(row => table.Labels[row]).Distinct().Order());
            var nearest = judged.Min(row => learned.Min(other => Math.Abs(table.StartSample[row] - table.StartSample[other])));
            Assert.InRange(nearest, 256, int.MaxValue);
        }
    }
}
