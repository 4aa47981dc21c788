using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Documents;

/// <summary>The notebook of the guide, cell by cell: its command by the real command line, the rest by Python, of which it needs nothing but the language.</summary>
public class NotebookTests
{
    [Fact]
    public void The_notebook_reads_the_feature_store_and_names_most_windows_of_people_it_never_saw()
    {
        using var folder = new TempFolder();
        var python = new List<string>();
        foreach (var cell in JsonDocument.Parse(Repository.Read("docs/guide/features.ipynb")).RootElement.GetProperty("cells").EnumerateArray())
        {
            var source = string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString()));
            if (cell.GetProperty("cell_type").GetString() != "code")
            {
                continue;
            }

            Assert.Empty(cell.GetProperty("outputs").EnumerateArray());
            if (source.StartsWith('!'))
            {
                // Few invented people: the notebook says what to take in their place.
                var words = source["!haredge ".Length..].Split(' ').Select(word => word == "store" ? folder.At("store") : word);
                CliRun.Of([.. words, "--data", "synthetic:5", "--shard", "1/3"]).AssertDone();
            }
            else
            {
                python.Add(source);
            }
        }

        Assert.True(File.Exists(folder.At("store/columns.json")));
        var said = Python(folder, string.Join("\n\n", python));
        Assert.Contains("unit: counts²", said, StringComparison.Ordinal);
        var result = System.Text.RegularExpressions.Regex.Match(said, "(?<right>[0-9]+) of (?<all>[0-9]+) windows of [0-9]+ people");
        Assert.True(2 * int.Parse(result.Groups["right"].Value) > int.Parse(result.Groups["all"].Value), said);
    }

    private static string Python(TempFolder folder, string script)
    {
        File.WriteAllText(folder.At("cells.py"), script);
        try
        {
            var start = new ProcessStartInfo("python3", ["cells.py"]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["PYTHONIOENCODING"] = "utf-8" } };
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, error.Result);
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no python3 here");
            throw;
        }
    }
}
