namespace HarEdge.Trainer.Tests.CodeGeneration;

/// <summary>Expected text in the folder golden. A normal run compares; only a run asked to do so writes.</summary>
internal static class Golden
{
    private const string UpdateVariable = "HAREDGE_UPDATE_GOLDEN";
    private const string UpdateCommand = $"{UpdateVariable}=1 dotnet test --project tests/HarEdge.Trainer.Tests";

    public static void Matches(string fileName, string actual)
    {
        var path = Path.Combine(Repository(), "tests", "HarEdge.Trainer.Tests", "golden", fileName);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, actual);
            Assert.Skip($"{fileName} was written anew; see what changed with git diff.");
        }

        Assert.True(File.Exists(path), $"golden/{fileName} is missing. Write it with: {UpdateCommand}");
        var expected = File.ReadAllText(path).ReplaceLineEndings("\n");
        if (expected != actual)
        {
            Assert.Fail($"{fileName}, {FirstDifference(expected, actual)}\nIf the change is meant: {UpdateCommand}, then look at git diff.");
        }
    }

    /// <summary>Root of the repository the tests were built in.</summary>
    public static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HarEdge.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var at = Enumerable.Range(0, Math.Max(left.Length, right.Length)).First(i => left.ElementAtOrDefault(i) != right.ElementAtOrDefault(i));
        return $"line {at + 1}\n- {left.ElementAtOrDefault(at)}\n+ {right.ElementAtOrDefault(at)}";
    }
}
