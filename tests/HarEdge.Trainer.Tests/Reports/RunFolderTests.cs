using HarEdge.Trainer.Reports;

namespace HarEdge.Trainer.Tests.Reports;

public sealed class RunFolderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("haredge-run-").FullName;

    private static readonly Dictionary<string, string> Files = new() { [RunFolder.ModelFileName] = "{}\n", [RunFolder.LogFileName] = "größer\n" };

    [Fact]
    public void A_published_folder_holds_exactly_the_files_and_leaves_nothing_beside_it()
    {
        var path = Path.Combine(root, "runs", "a");
        using (var folder = RunFolder.Reserve(path, replace: false))
        {
            folder.Publish(Files);
        }

        Assert.Equal(["log.txt", "model.json"], Names(path));
        Assert.Equal(["a"], Names(Path.Combine(root, "runs")));
        Assert.Equal("größer\n"u8.ToArray(), File.ReadAllBytes(Path.Combine(path, "log.txt")));
    }

    [Fact]
    public void Reserving_leaves_no_trace()
    {
        RunFolder.Reserve(Path.Combine(root, "a"), replace: false).Dispose();
        Assert.Empty(Names(root));
    }

    [Fact]
    public void An_empty_folder_may_be_filled()
    {
        var path = Path.Combine(root, "a");
        Directory.CreateDirectory(path);
        using (var folder = RunFolder.Reserve(path, replace: false))
        {
            folder.Publish(Files);
        }

        Assert.Equal(["log.txt", "model.json"], Names(path));
    }

    [Fact]
    public void A_replaced_run_keeps_none_of_its_old_files()
    {
        var path = Path.Combine(root, "a");
        foreach (var files in new[] { new Dictionary<string, string> { [RunFolder.MetricsFileName] = "old" }, Files })
        {
            using var folder = RunFolder.Reserve(path, replace: true);
            folder.Publish(files);
        }

        Assert.Equal(["log.txt", "model.json"], Names(path));
        Assert.Equal(["a"], Names(root));
    }

    [Fact]
    public void A_file_that_appears_during_the_run_stops_publishing_and_leaves_nothing_half_written()
    {
        var path = Path.Combine(root, "a");
        using (var folder = RunFolder.Reserve(path, replace: false))
        {
            File.WriteAllText(path, "late");
            var error = Assert.Throws<InputException>(() => folder.Publish(Files));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("partial", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["a"], Names(root));
        Assert.Equal("late", File.ReadAllText(path));
    }

    [Fact]
    public void Of_two_runs_into_one_folder_the_second_is_refused_before_any_work()
    {
        var path = Path.Combine(root, "a");
        using (RunFolder.Reserve(path, replace: true))
        {
            var error = Assert.Throws<InputException>(() => RunFolder.Reserve(path, replace: true));
            Assert.Contains("Another run", error.Message, StringComparison.Ordinal);
        }

        RunFolder.Reserve(path, replace: true).Dispose();
    }

    [Fact]
    public void Writing_several_files_into_a_folder_leaves_the_others_alone()
    {
        File.WriteAllText(Path.Combine(root, "Other.cs"), "mine");
        WholeFiles.Write(root, Files);
        Assert.Equal(["Other.cs", "log.txt", "model.json"], Names(root));
    }

    [Fact]
    public void A_folder_in_the_way_of_a_file_fails_without_leaving_partial_files()
    {
        Directory.CreateDirectory(Path.Combine(root, RunFolder.LogFileName));
        var error = Assert.Throws<InputException>(() => WholeFiles.Write(root, new Dictionary<string, string> { [RunFolder.LogFileName] = "x" }));
        Assert.DoesNotContain("partial", error.Message, StringComparison.Ordinal);
        Assert.Equal([RunFolder.LogFileName], Names(root));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static IEnumerable<string?> Names(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
