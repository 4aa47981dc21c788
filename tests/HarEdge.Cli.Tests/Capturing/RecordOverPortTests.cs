using System.IO.Pipes;
using System.Text;
using HarEdge.Cli.Output;
using HarEdge.Cli.Tests.Link;
using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Tests.Capturing;

/// <summary><c>record</c> at a real pseudo-terminal.</summary>
public sealed class RecordOverPortTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(4));

    public RecordOverPortTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");

    [Fact]
    public async Task The_recording_has_exactly_what_the_twins_wearer_did_and_labels_where_the_script_said()
    {
        var (port, twin) = await Twin("--record", "--seconds", "30");
        var run = (await Task.Run(() => CliRun.Of(
            "record", "--port", port, "--out", folder.Path, "--subject", "anna", "--script", "walking 3s, sitting 2s", "--get-ready", "1"))).AssertDone();
        await stop.CancelAsync();
        await twin;

        var path = run.Out.TrimEnd('\n');
        Assert.Equal(folder.At("anna-001.csv"), path);
        Assert.Equal(["anna-001.csv"], folder.Entries);
        var recording = Assert.Single(DataSetReader.Open(path).Recordings);
        var played = SyntheticWearer.Create(new SyntheticOptions()).Recordings
            .SelectMany(worn => worn.Runs.SelectMany(part => Enumerable.Range(part.Start, part.Length).Select(i => string.Join(' ', worn.Channels.Select(channel => channel[i])))))
            .Take(4000).ToList();
        var recorded = Enumerable.Range(0, recording.SampleCount).Select(i => string.Join(' ', recording.Channels.Select(channel => channel[i]))).ToList();
        Assert.Equal(played.Slice(played.IndexOf(recorded[0]), recorded.Count), recorded);

        // Label 0 is SITTING and comes second. A pseudo-terminal may hold a few samples back while the clock settles.
        Assert.InRange(recording.Labels.Count(label => label == 1), 140, 160);
        Assert.InRange(recording.Labels.Count(label => label == 0), 95, 105);
        Assert.True(recording.Labels.LastIndexOf((short)1) < recording.Labels.IndexOf((short)0) - 40, "no time to get ready");
    }

    [Fact]
    public async Task A_pulled_cable_leaves_a_marked_gap_and_ctrl_c_keeps_everything()
    {
        var (before, after) = (Lines(0, 480), Lines(600, 480));
        var name = folder.At("port");
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        Task<CliRun> run;
        using (var first = new PseudoTerminal())
        {
            File.CreateSymbolicLink(name, first.PortName);
            run = Task.Run(() => CliRun.Of(interrupt.Token, "record", "--port", name, "--out", folder.At("mine")));
            await Send(first, before, "me-001.csv.part", 480);
            File.Delete(name);
        }

        await Task.Delay(400);
        using var second = new PseudoTerminal();
        File.CreateSymbolicLink(name, second.PortName);
        await Send(second, after, "me-001.csv.part", 960);
        await interrupt.CancelAsync();

        var done = (await run).AssertDone();
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
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var run = Task.Run(() => CliRun.Of(interrupt.Token, "record", "--port", port.PortName, "--out", folder.Path, "--script", "walking 3600s"));
        await Send(port, Lines(0, 360), "me-001.csv.part", 360);
        await interrupt.CancelAsync();
        var done = await run;
        Assert.Equal(130, done.ExitCode);
        Assert.Equal(360, File.ReadAllLines(folder.At("me-001.csv")).Skip(2).Count(row => row.EndsWith(',')));
    }

    [Fact]
    public async Task A_board_that_prints_for_the_data_forwarder_is_recorded()
    {
        using var port = new PseudoTerminal();
        var run = Task.Run(() => CliRun.Of(
            "record", "--forwarder", "--port", port.PortName, "--out", folder.Path, "--rate", "100", "--script", "walking 1s", "--get-ready", "0", "--accel-unit", "g"));
        var lines = string.Concat(Enumerable.Range(0, 600).Select(i => $"0.01,{(i % 7) / 100.0},1.0,{i},2,3\r\n"));
        while (!run.IsCompleted)
        {
            port.WriteAll(Encoding.ASCII.GetBytes(lines), stop.Token);
            await Task.Delay(20);
        }

        var recording = DataSetReader.Open((await run).AssertDone().Out.TrimEnd('\n')).Recordings[0];
        Assert.Equal(8192, recording.Channels[2][20]);
        Assert.Contains((short)0, recording.Labels);
    }

    [Fact]
    public void Without_a_sample_there_is_no_file_and_the_button_is_named()
    {
        using var port = new PseudoTerminal();
        using var interrupt = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var run = CliRun.Of(interrupt.Token, "record", "--port", port.PortName, "--out", folder.At("mine")).AssertRefused(1, "No sample came");
        Assert.Contains("Hold the board's BOOT button", run.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Entries);
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

    // Sends lines as a port would, and waits until so many samples are on disk.
    private async Task Send(PseudoTerminal port, List<string> lines, string partName, int samples)
    {
        port.WriteAll(Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => line + "\r\n"))), stop.Token);
        while (Directory.GetFiles(folder.Path, partName, SearchOption.AllDirectories) is not [var part] || Rows(part) < samples)
        {
            await Task.Delay(50, stop.Token);
        }
    }

    private static int Rows(string part)
    {
        using var reader = new StreamReader(new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n').Skip(2).Count(row => row.EndsWith(','));
    }

    private async Task<(string Port, Task<int> Twin)> Twin(params string[] args)
    {
        var told = new AnonymousPipeServerStream(PipeDirection.In);
        var writer = new StreamWriter(new AnonymousPipeClientStream(PipeDirection.Out, told.ClientSafePipeHandle)) { AutoFlush = true };
        var twin = Task.Run(() => CommandLineRun.Of(["twin", "--pty", .. args], new Terminal(writer, TextWriter.Synchronized(new StringWriter())), stop.Token));
        var port = await new StreamReader(told).ReadLineAsync(stop.Token);
        Assert.StartsWith("/dev/pts/", port, StringComparison.Ordinal);
        return (port!, twin);
    }
}
