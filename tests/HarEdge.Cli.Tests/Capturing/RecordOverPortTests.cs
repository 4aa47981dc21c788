using System.Text;
using HarEdge.Cli.Tests.Link;
using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Tests.Capturing;

/// <summary><c>record</c> at a real pseudo-terminal.</summary>
public sealed class RecordOverPortTests : IDisposable
{
    // The tool ignores what came in its first 300 ms; a busy machine begins to read late.
    private const int StaleMs = 1500;

    private readonly TempFolder folder = new();
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(4));

    public RecordOverPortTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");

    [Fact]
    public async Task The_recording_has_exactly_what_the_twins_wearer_did_and_labels_where_the_script_said()
    {
        await using var twin = await RunningTwin.Start();
        await using var recording = new LiveRun(
            "record", "--port", twin.Port, "--command-port", twin.Port, "--out", folder.Path, "--subject", "anna", "--script", "walking 3s, sitting 2s", "--get-ready", "1",
            "--log", folder.At("session.log"));
        var run = (await recording.End()).AssertDone();

        var path = run.Out.TrimEnd('\n');
        Assert.Equal(folder.At("anna-001.csv"), path);
        Assert.Equal(["anna-001.csv", "session.log"], folder.Entries);
        Assert.DoesNotContain("taken for granted", run.Error, StringComparison.Ordinal);
        var recorded = Assert.Single(DataSetReader.Open(path).Recordings);
        var synthetic = SyntheticWearer.Create(new SyntheticOptions());

        // Of the synthetic people the twin is worn by those its model never saw.
        var played = synthetic.Recordings.Where(worn => synthetic.OfficialTestSubjects!.Contains(worn.Subject))
            .SelectMany(worn => worn.Runs.SelectMany(part => Enumerable.Range(part.Start, part.Length).Select(i => string.Join(' ', worn.Channels.Select(channel => channel[i])))))
            .Take(4000).ToList();
        var samples = Enumerable.Range(0, recorded.SampleCount).Select(i => string.Join(' ', recorded.Channels.Select(channel => channel[i]))).ToList();
        Assert.Equal(played.Slice(played.IndexOf(samples[0]), samples.Count), samples);

        // Label 0 is SITTING and comes second. On a busy machine bytes come late, and with them the times of their samples.
        Assert.InRange(recorded.Labels.Count(label => label == 1), 130, 170);
        Assert.InRange(recorded.Labels.Count(label => label == 0), 80, 120);
        Assert.True(recorded.Labels.LastIndexOf((short)1) < recorded.Labels.IndexOf((short)0) - 20, "no time to get ready");

        // Everything that reads a port reads what was kept of it.
        string[] kept = ["--file", folder.At("session.log")];
        CliRun.Of(["monitor", .. kept]).AssertDone();
        CliRun.Of(["compare", .. kept]).AssertDone();
        Assert.Contains("[good] banner", CliRun.Of(["doctor", .. kept]).Out, StringComparison.Ordinal);
        var again = CliRun.Of(["record", .. kept, "--out", folder.At("again"), "--subject", "anna"]).AssertDone().Out.TrimEnd('\n');
        Assert.Equal(Values(path), Values(again).Slice(Values(again).IndexOf(Values(path)[0]), Values(path).Count));
    }

    [Fact]
    public async Task A_pulled_cable_leaves_a_marked_gap_and_ctrl_c_keeps_everything()
    {
        var (before, after) = (Lines(0, 480), Lines(600, 480));
        var name = folder.At("port");
        var first = new PseudoTerminal();
        File.CreateSymbolicLink(name, first.PortName);
        await using var recording = new LiveRun("record", "--port", name, "--out", folder.At("mine"));
        using (first)
        {
            await Opened(recording);
            await Send(recording, first, before, 480);
            File.Delete(name);
        }

        await recording.UntilSaid("has gone away");
        using var second = new PseudoTerminal();
        File.CreateSymbolicLink(name, second.PortName);
        await Send(recording, second, after, 960);
        var done = (await recording.Stop()).AssertDone();
        Assert.Contains("has gone away", done.Error, StringComparison.Ordinal);
        Assert.Contains("120 samples missing", done.Error, StringComparison.Ordinal);
        var rows = File.ReadAllLines(done.Out.TrimEnd('\n')).Skip(2).ToList();
        Assert.Equal(960, rows.Count(row => row.EndsWith(',')));
        Assert.Equal("9600,,,,,,,,,port gone 120", Assert.Single(rows, row => !row.EndsWith(',')));
        Assert.Equal([480, 480], DataSetReader.Open(folder.At("mine")).Recordings.Single().Runs.Select(part => part.Length));
    }

    [Fact]
    public async Task A_script_that_is_cut_short_says_so_and_loses_nothing()
    {
        using var port = new PseudoTerminal();
        await using var recording = new LiveRun("record", "--port", port.PortName, "--out", folder.Path, "--script", "walking 3600s");
        await Opened(recording);
        await Send(recording, port, Lines(0, 360), 360);
        var done = await recording.Stop();
        Assert.Equal(130, done.ExitCode);
        Assert.Contains("not done to its end", done.Error, StringComparison.Ordinal);
        Assert.Equal(360, File.ReadAllLines(folder.At("me-001.csv")).Skip(2).Count(row => row.EndsWith(',')));
    }

    [Fact]
    public async Task A_board_that_prints_for_the_data_forwarder_is_recorded()
    {
        using var port = new PseudoTerminal();
        await using var recording = new LiveRun(
            "record", "--forwarder", "--port", port.PortName, "--out", folder.Path, "--rate", "100", "--script", "walking 1s", "--get-ready", "0", "--accel-unit", "g");
        var lines = Bytes(Enumerable.Range(0, 20).Select(i => $"0.01,{(i % 7) / 100.0},1.0,{i},2,3"));
        var ended = recording.End();
        while (!ended.IsCompleted)
        {
            // What does not fit is lost, as on a wire: nobody reads when the script is done.
            port.Write(lines);
            await Task.Delay(20, stop.Token);
        }

        var recorded = DataSetReader.Open((await ended).AssertDone().Out.TrimEnd('\n')).Recordings[0];
        Assert.Equal(8192, recorded.Channels[2][20]);
        Assert.Contains((short)0, recorded.Labels);
    }

    [Fact]
    public async Task Without_a_sample_there_is_no_file_and_the_button_is_named()
    {
        using var port = new PseudoTerminal();
        await using var recording = new LiveRun("record", "--port", port.PortName, "--out", folder.At("mine"));
        await recording.UntilSaid("Hold the board's BOOT button");
        (await recording.Stop()).AssertRefused(1, "No sample came");
        Assert.Empty(folder.Entries);
    }

    [Fact]
    public async Task The_button_is_seen_to_have_worked_and_what_a_port_held_back_is_not_recorded()
    {
        using var port = new PseudoTerminal();
        port.WriteAll(Bytes(Lines(0, 120)), stop.Token);
        await using var recording = new LiveRun("record", "--port", port.PortName, "--out", folder.Path, "--seconds", "3600");
        await Opened(recording);
        await Send(recording, port, Lines(600, 360), 360);
        var done = (await recording.Stop()).AssertDone();
        Assert.Contains("Samples are coming", done.Error, StringComparison.Ordinal);
        Assert.Contains("0 gaps", done.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_of_two_devices_are_an_alarm_and_a_warning_not_to_train()
    {
        using var port = new PseudoTerminal();
        await using var recording = new LiveRun("record", "--port", port.PortName, "--out", folder.Path);
        await Opened(recording);
        var (one, other) = (Lines(0, 240), Lines(600, 240));
        port.WriteAll(Bytes(one.Zip(other).SelectMany(pair => new[] { pair.First, pair.Second })), stop.Token);
        await recording.UntilSaid("alarm: Two devices speak on this link");
        Assert.Contains("do not train with it", (await recording.Stop()).AssertDone().Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        stop.Dispose();
        folder.Dispose();
    }

    // What a device says from a number of recorded samples on, until it has sent so many more.
    private static List<string> Lines(int skippedSamples, int samples)
    {
        var all = TwinOutput.OfHealthy.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        var blocks = Enumerable.Range(0, all.Count).Where(i => all[i].StartsWith("$HR,", StringComparison.Ordinal)).ToList();
        return all[blocks[skippedSamples / 12]..blocks[(skippedSamples + samples) / 12]];
    }

    private static byte[] Bytes(IEnumerable<string> lines) => Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => line + "\r\n")));

    private static async Task Opened(LiveRun recording)
    {
        await recording.UntilSaid("Reading ");
        await Task.Delay(StaleMs);
    }

    // Sends lines as a port would, and waits until so many samples are on disk.
    private async Task Send(LiveRun recording, PseudoTerminal port, List<string> lines, int samples)
    {
        port.WriteAll(Bytes(lines), stop.Token);
        await recording.Until(() => Directory.GetFiles(folder.Path, "me-001.csv.part", SearchOption.AllDirectories) is [var part] && Rows(part) >= samples);
    }

    // Rows without time and label.
    private static List<string> Values(string path) =>
        [.. File.ReadAllLines(path).Skip(2).Select(row => string.Join(',', row.Split(',')[1..7]))];

    private static int Rows(string part)
    {
        using var reader = new StreamReader(new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n').Skip(2).Count(row => row.EndsWith(','));
    }
}
