using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Tables;

/// <summary>Tables in the layouts people have, from a folder that is not part of the repository: run as its lists say, judged by right answers that no command reads.</summary>
public sealed class TablesOfOthersTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("cases-tables", "03-kaggle-har", "p.csv", 0.95)]
    [InlineData("cases-tables", "06-contest-sequences", "p.csv", 0.90)]
    [InlineData("cases-tables", "07-contest-with-holes", "p.csv", 0.90)]
    [InlineData("cases-tables", "17-test-in-another-order", "p.csv", 0.75)]
    [InlineData("cases-tables-public", "03-course-subset", "out.csv", 0.92)]
    [InlineData("cases-tables-public", "04-two-clocks", "out.csv", 0.92)]
    [InlineData("cases-tables-public", "05-order-in-time", "out.csv", 0.92)]
    [InlineData("cases-tables-public", "09-row-number-tells-the-class", "out.csv", 0.90)]
    [InlineData("cases-tables-public", "12-one-file-for-both", "out.csv", 0.90)]
    public void Predictions_are_right_as_often_as_a_plain_forest(string set, string name, string output, double least)
    {
        var source = Source(set, name);
        foreach (var file in Directory.GetFiles(source).Where(file => Path.GetFileName(file) != "truth.csv"))
        {
            File.Copy(file, folder.At(Path.GetFileName(file)));
        }

        var commands = File.ReadAllLines(Path.Combine(source, "..", "list.tsv")).Where(line => line.StartsWith(name + "\t", StringComparison.Ordinal))
            .SelectMany(line => line.Split('\t')[1].Split("&& $H ")).Select(line => line.Trim()).Where(line => !line.StartsWith("explore", StringComparison.Ordinal));
        foreach (var command in commands.Where(command => !command.Contains("lacking", StringComparison.Ordinal)))
        {
            CliRun.Of([.. command.Split(' ').Select(word => File.Exists(folder.At(word)) || word is "run" or "run-drop" || word.EndsWith(".csv", StringComparison.Ordinal) ? folder.At(word) : word)]).AssertDone();
        }

        var truth = File.ReadAllLines(set == "cases-tables" ? Path.Combine(source, "truth.csv") : Path.Combine(source, "..", "truth", name + ".csv")).Skip(1).Select(line => line.Split(',')).ToList();
        var found = File.ReadAllLines(folder.At(output)).Skip(1).Select(line => line.Split(',')).ToList();
        var right = truth[0].Length == 1
            ? truth.Zip(found).Count(pair => pair.First[0] == pair.Second[1])
            : found.Count(row => truth.Exists(answer => answer[0] == row[0] && answer[1] == row[1]));
        Assert.Equal(truth.Count, found.Count);
        Assert.InRange((double)right / truth.Count, least, 1);
    }

    private static string Source(string set, string name)
    {
        var data = Environment.GetEnvironmentVariable("HAREDGE_DATA");
        var source = data is null ? "" : Path.Combine(data, "..", set, name);
        Assert.SkipUnless(Directory.Exists(source), "HAREDGE_DATA has no such tables beside it");
        return source;
    }
}
