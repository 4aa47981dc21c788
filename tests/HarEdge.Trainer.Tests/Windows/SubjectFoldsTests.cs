using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Windows;

public class SubjectFoldsTests
{
    private static WindowTable TableOf(params int[] windowsOfSubject)
    {
        var subjects = windowsOfSubject.SelectMany((count, subject) => Enumerable.Repeat(subject, count)).ToArray();
        return new WindowTable
        {
            Features = new int[subjects.Length],
            Columns = 1,
            Labels = new int[subjects.Length],
            SubjectOfRow = subjects,
            RecordingOfRow = new int[subjects.Length],
            StartSample = new int[subjects.Length],
            Subjects = [.. windowsOfSubject.Select((_, i) => "set/" + i)],
            Classes = ["A"],
        };
    }

    [Fact]
    public void No_person_is_on_both_sides_of_a_fold_and_every_row_is_judged_once()
    {
        var table = TableOf(5, 9, 2, 7, 7, 1, 30);
        var folds = SubjectFolds.Assign(table, 3, seed: 4);
        var judged = new List<int>();
        for (var fold = 0; fold < 3; fold++)
        {
            var (inside, outside) = SubjectFolds.Rows(table, folds, fold);
            Assert.Empty(inside.Select(row => table.SubjectOfRow[row]).Intersect(outside.Select(row => table.SubjectOfRow[row])));
            judged.AddRange(inside);
        }

        Assert.Equal(Enumerable.Range(0, table.Rows), judged.Order());
    }

    [Fact]
    public void Folds_differ_by_at_most_one_person() =>
        Gen.Int[1, 40].List[2, 25].Select(Gen.Int[2, 6], Gen.Int[0, 1000]).Sample((windows, folds, seed) =>
        {
            var assigned = SubjectFolds.Assign(TableOf([.. windows]), folds, seed);
            var people = assigned.GroupBy(fold => fold).Select(group => group.Count()).ToList();
            return people.Max() - people.Min() <= 1 && people.Count == Math.Min(folds, windows.Count);
        });

    [Fact]
    public void The_same_seed_deals_people_the_same_way() =>
        Assert.Equal(SubjectFolds.Assign(TableOf(3, 3, 3, 3, 3), 2, 7), SubjectFolds.Assign(TableOf(3, 3, 3, 3, 3), 2, 7));
}
