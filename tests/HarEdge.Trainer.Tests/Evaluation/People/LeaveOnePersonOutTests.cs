using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation.People;
using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Tests.Evaluation.People;

/// <summary>Three synthetic people, the smallest student.</summary>
public sealed class LeaveOnePersonOutTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("haredge-loso-").FullName;

    private static readonly TrainingOptions Options = new()
    {
        Data = [SyntheticWearer.Create(new SyntheticOptions { Subjects = 3, SecondsPerActivity = 20 })],
        Student = StudentChoice.Tree,
        Command = "haredge loso",
    };

    [Fact]
    public void What_was_done_is_not_done_again_and_other_runs_files_are_refused()
    {
        var one = Assert.Single(LeaveOnePersonOut.Run(Options, folder, ["p02"], 1, null, CancellationToken.None));
        Assert.Equal("synthetic/p02", one.Person);
        Assert.True(one.Student.Windows > 20);
        var file = Assert.Single(Directory.GetFiles(folder));
        var before = File.ReadAllText(file);

        // Cancelled before any training could end: only files can answer.
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => LeaveOnePersonOut.Run(Options, folder, null, 1, null, cancelled.Token));
        Assert.Equal(before, File.ReadAllText(file));

        var again = Assert.Single(LeaveOnePersonOut.Run(Options, folder, ["p02"], 1, null, CancellationToken.None));
        Assert.Equal((one.ModelId, one.Student), (again.ModelId, again.Student));
        var error = Assert.Throws<InputException>(() => LeaveOnePersonOut.Run(Options with { Command = "haredge loso --seed 2" }, folder, ["p02"], 1, null, CancellationToken.None));
        Assert.Contains("another command", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_to_leave_out_is_refused() =>
        Assert.Throws<InputException>(() => LeaveOnePersonOut.Run(Options, folder, ["nobody"], 1, null, CancellationToken.None));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
