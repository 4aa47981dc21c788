using System.Globalization;
using System.Security.Cryptography;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

/// <summary>
/// Whole trainings against the hashes of golden/models.txt: a change of structure leaves every byte of model and generated code as it was.
/// They take minutes each, and another processor may round sums of floating-point numbers elsewhere; so they run only when asked for, before
/// and after such a change on the same machine.
/// </summary>
public sealed class GoldenModelTests
{
    private const string RunVariable = "HAREDGE_GOLDEN_MODELS";
    private const string UpdateVariable = "HAREDGE_UPDATE_GOLDEN";

    private static readonly string[] Files = ["model.json", "ActivityModel.g.cs", "KnownAnswers.g.cs"];

    [Theory]
    [InlineData("demo", "")]
    [InlineData("watch", "--data spsw-har-watch.zip")]
    [InlineData("default", "--data hapt.zip")]
    [InlineData("tree", "--data hapt.zip --student tree")]
    [InlineData("tiny", "--data hapt.zip --student linear --profile tiny")]
    [InlineData("calibrated", "--data hapt.zip --wear-calibration")]
    [InlineData("best", "--data hapt.zip --student linear --profile best")]
    public void A_training_gives_the_bytes_it_gave_before(string name, string options)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(RunVariable) == "1", $"{RunVariable} is not 1: it asks for trainings of minutes.");
        using var folder = new TempFolder();
        CliRun.Of(["train", .. Arguments(options), "--seed", "1", "--out", folder.At("run")]).AssertDone();
        string[] found = [.. Files.Select(file => string.Create(CultureInfo.InvariantCulture, $"{HashOf(Path.Combine(folder.At("run"), file))}  {name}/{file}"))];

        var golden = Path.Combine(Repository.Root, "tests", "HarEdge.Cli.Tests", "golden", "models.txt");
        var expected = File.Exists(golden) ? File.ReadAllLines(golden) : [];
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllLines(golden, [.. expected.Where(line => !line.Contains($"  {name}/", StringComparison.Ordinal)), .. found]);
            Assert.Skip($"The hashes of {name} were written anew; see what changed with git diff.");
        }

        Assert.Equal(expected.Where(line => line.Contains($"  {name}/", StringComparison.Ordinal)), found);
    }

    private static IEnumerable<string> Arguments(string options) =>
        options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.EndsWith(".zip", StringComparison.Ordinal) ? DataFile(word) : word);

    private static string DataFile(string name)
    {
        var data = Environment.GetEnvironmentVariable("HAREDGE_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(data), "HAREDGE_DATA is not set: it names the folder with hapt.zip and spsw-har-watch.zip.");
        return Path.Combine(data!, name);
    }

    private static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
