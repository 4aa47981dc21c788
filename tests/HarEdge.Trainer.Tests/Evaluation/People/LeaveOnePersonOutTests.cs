using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Experiments;
using HarEdge.Trainer.Teachers;
using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Tests.Evaluation.People;

/// <summary>Three synthetic people, the fastest teacher and student.</summary>
public sealed class LeaveOnePersonOutTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("haredge-loso-").FullName;

    private static readonly TrainingOptions Options = new()
    {
        Data = [SyntheticWearer.Create(new SyntheticOptions { Subjects = 3, SecondsPerActivity = 20 })],
        Teacher = new TeacherChoice(TeacherKind.Linear),
        Student = StudentChoice.Linear,
        Command = "haredge loso",
    };

    [Fact]
    public void What_was_done_is_not_done_again_and_other_runs_files_are_refused()
    {
        var one = Assert.Single(Run(Options, ["p02"]));
        Assert.Equal("synthetic/p02", one.Person);
        Assert.True(one.Student.Windows > 20);
        var file = Assert.Single(Directory.GetFiles(folder));
        var before = File.ReadAllText(file);

        // Cancelled before any training could end: only files can answer.
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Run(Options, null, cancelled.Token));
        Assert.Equal(before, File.ReadAllText(file));

        var again = Assert.Single(Run(Options, ["p02"]));
        Assert.Equal((one.ModelId, one.Student), (again.ModelId, again.Student));
        var error = Assert.Throws<InputException>(() => Run(Options with { Command = "haredge loso --seed 2" }, ["p02"]));
        Assert.Contains("another command", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_to_leave_out_is_refused() =>
        Assert.Throws<InputException>(() => Run(Options, ["nobody"]));

    [Fact]
    public void Several_variants_of_a_person_are_each_what_it_would_be_alone()
    {
        var small = Options with { MostBytes = 256, Command = "haredge loso --max-bytes 256" };
        var (first, second) = (Path.Combine(folder, "first"), Path.Combine(folder, "second"));
        var both = LeaveOnePersonOut.Run([(Options, first), (small, second)], ["p03"], 1, null, CancellationToken.None);
        var alone = Assert.Single(Run(small, ["p03"]));
        Assert.Equal((alone.Command, alone.ModelId), (both[1][0].Command, both[1][0].ModelId));
        Assert.NotEqual(both[0][0].ModelId, both[1][0].ModelId);
        Assert.Single(Directory.GetFiles(first));
        Assert.Single(Directory.GetFiles(second));
    }

    private IReadOnlyList<HeldOutPerson> Run(TrainingOptions options, IReadOnlyList<string>? people, CancellationToken cancellation = default) =>
        Assert.Single(LeaveOnePersonOut.Run([(options, folder)], people, 1, null, cancellation));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
