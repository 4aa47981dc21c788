using HarEdge.Trainer.Teachers;

namespace HarEdge.Trainer.Tests.Teachers;

/// <summary>Teachers on real windows, with the counts behind the features.</summary>
public sealed class RawWindowTeacherTests
{
    [Theory]
    [InlineData(TeacherKind.Rocket)]
    [InlineData(TeacherKind.Fused)]
    [InlineData(TeacherKind.Fourier)]
    public void It_names_most_windows_of_a_person_it_never_saw_and_the_same_ones_again(TeacherKind kind)
    {
        var table = SmallWindows.Table;
        var known = table.Select([.. Enumerable.Range(0, table.Rows).Where(row => table.SubjectOfRow[row] != 0)]);
        var unknown = table.Select([.. Enumerable.Range(0, table.Rows).Where(row => table.SubjectOfRow[row] == 0)]);
        double[] Taught(int seed)
        {
            using var trained = new TeacherChoice(kind).Make(SmallWindows.Layout, SmallWindows.Range).Train(known, seed);
            Assert.InRange(SmallTable.Accuracy(unknown, trained.Probabilities(unknown)), 0.85, 1);
            return trained.Score(unknown)[0].ToArray();
        }

        var first = Taught(3);
        Assert.Equal(first, Taught(3));
        Assert.NotEqual(first, Taught(4));
    }

    [Fact]
    public void A_teacher_of_raw_windows_wants_the_counts()
    {
        Assert.Throws<InvalidOperationException>(() => new RocketTeacher().Train(SmallTable.Make(1), 1));
    }
}
