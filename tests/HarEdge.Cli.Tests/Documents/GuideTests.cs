using System.Text.RegularExpressions;
using HarEdge.Cli.Tests.Link;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests.Documents;

/// <summary>
/// The guide from top to bottom: every command in its order, with the twin as the board and a stand-in for nanoff, and what the page shows below a command is what it says. What takes
/// minutes runs with HAREDGE_GUIDE=1: the demo, a recording of its full length, and the training, on a few invented people in the place of the archive; without it recordings have seconds, and the committed
/// model takes the place of the trained one.
/// </summary>
public sealed partial class GuideTests : IDisposable
{
    private const string Page = "docs/guide/README.md";

    private static readonly bool RunsAll = Environment.GetEnvironmentVariable("HAREDGE_GUIDE") == "1";

    private readonly TempFolder folder = new();
    private string here;

    public GuideTests() => here = folder.Path;

    [Fact]
    public async Task Every_command_of_the_guide_runs_in_its_order_and_says_what_the_page_shows()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        var done = new List<string>();
        CliRun? last = null;
        foreach (Match block in Blocks().Matches(Repository.Read(Page)))
        {
            var lines = block.Groups["body"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (block.Groups["language"].Value == "text")
            {
                AssertShown(lines, last, done[^1]);
                continue;
            }

            foreach (var line in lines)
            {
                last = await Run(line);
                done.Add(line);
            }
        }

        Assert.True(done.Count > 12);
        Assert.True(File.Exists(Path.Combine(here, "wiring-esp32-30.svg")) && File.Exists(Path.Combine(here, "firmware/Core/Generated/ActivityModel.g.cs")));
    }

    public void Dispose() => folder.Dispose();

    // Null where nothing was run; what is shown below is not compared then.
    private async Task<CliRun?> Run(string line)
    {
        if (line.StartsWith("cd ", StringComparison.Ordinal))
        {
            here = Path.Combine(here, line[3..]);
            Assert.True(Directory.Exists(here));
            return null;
        }

        if (!line.StartsWith("haredge ", StringComparison.Ordinal))
        {
            // Packing and installing have a test of their own: ToolTests.
            Assert.StartsWith("dotnet ", line, StringComparison.Ordinal);
            return null;
        }

        var words = Words().Matches(line["haredge ".Length..]).Select(match => Here(match.Value.Trim('"'))).ToArray();
        return words[0] switch
        {
            "flash" => await Flash(words),
            "monitor" => await WithTwin("synthetic", port => [.. words, "--port", port, "--seconds", "4"]),
            "record" => await WithTwin("synthetic", port => [.. RunsAll ? words : [.. words.Select(Shorter), "--get-ready", "1"], "--port", port, "--command-port", port, "--out", Here("recordings")]),
            "compare" => CliRun.Of([.. words.Select(word => word == "--device" ? "--twin" : word), "--windows", "5", "--recordings", "1"]).AssertDone(),
            "demo" => RunsAll ? CliRun.Of([.. words, "--out", Path.Combine(folder.Path, "demo")]).AssertDone() : null,
            "data" when words[1] == "get" => Downloaded(),
            "train" => Train(words),
            _ => CliRun.Of(words).AssertDone(),
        };
    }

    private async Task<CliRun> Flash(string[] words)
    {
        var isBringUp = words.Contains("--bring-up");
        string[] all = [.. words, "--image", Image(), "--nanoff", FlashTests.StandIn(folder, FlashTests.List + FlashTests.Details)];
        if (!isBringUp)
        {
            return await WithTwin("built-in", port => [.. all, "--port", port], words);
        }

        using var board = new FlashTests.FirstProgramOnPort(0x68);
        return CliRun.Of([.. all, "--port", board.PortName]).AssertDone();
    }

    private static async Task<CliRun> WithTwin(string model, Func<string, string[]> command, string[]? words = null)
    {
        var named = words is null ? -1 : Array.IndexOf(words, "--model");
        await using var twin = await RunningTwin.Start("--model", named < 0 ? model : words![named + 1]);
        return await Task.Run(() => CliRun.Of(command(twin.Port)).AssertDone());
    }

    private string Image()
    {
        File.WriteAllText(Path.Combine(folder.Path, "built.bin"), "NFMRK2");
        return Path.Combine(folder.Path, "built.bin");
    }

    // A few people in HAPT's layout in the place of the archive, whose download has its own test.
    private CliRun? Downloaded()
    {
        File.Move(new SmallHapt(subjects: 5).WriteZip(folder), Here("hapt.zip"));
        return null;
    }

    private CliRun? Train(string[] words)
    {
        if (RunsAll)
        {
            return CliRun.Of(words).AssertDone();
        }

        CliRun.Of("generate", "--model", "built-in", "--out", Here("runs/me")).AssertDone();
        return null;
    }

    private static void AssertShown(string[] lines, CliRun? run, string command)
    {
        if (run is null)
        {
            return;
        }

        var said = (run.Out + run.Error).Split('\n');
        Assert.All(lines, line => Assert.True(
            said.Any(row => IsShownAs(row, line.Split('…', StringSplitOptions.RemoveEmptyEntries))),
            $"{Page} shows '{line}' below '{command}', which said:\n{run.Out}{run.Error}"));
    }

    // The parts of a shown line, between its ellipses, in their order.
    private static bool IsShownAs(string row, string[] parts)
    {
        var from = 0;
        foreach (var part in parts)
        {
            var at = row.IndexOf(part, from, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            from = at + part.Length;
        }

        return true;
    }

    // Paths of the guide are relative to where its reader stands; all tests share one current folder.
    private string Here(string word) => word is "." or "my-band" or "recordings" or "hapt.zip" or "runs/me" or "firmware/Core/Generated" ? Path.GetFullPath(Path.Combine(here, word)) : word;

    private static string Shorter(string word) => word.Replace("60s", "1s", StringComparison.Ordinal);

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"""[^""]*""|\S+")]
    private static partial Regex Words();
}
