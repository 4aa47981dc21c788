using System.Text;
using HarEdge.Cli.Capturing;
using HarEdge.Cli.Output;
using HarEdge.Cli.Tests.Link;
using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer.Capture;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Tests.Capturing;

/// <summary><c>record</c> from files and pipes, its keys, and what becomes of recordings.</summary>
public sealed class RecordTests : IDisposable
{
    // For the most part, after three seconds: a synthetic wearer takes no notice of a script, so the script takes notice of the wearer.
    private const string WhatTheWearerDoes = "standing 25s, pause 2s, laying 25s";

    private readonly TempFolder folder = new();

    [Fact]
    public void A_log_is_labelled_afterwards_and_what_comes_out_is_trained_on()
    {
        File.WriteAllText(folder.At("walk.txt"), TwinOutput.OfHealthy);
        var run = CliRun.Of(
            "record", "--file", folder.At("walk.txt"), "--out", folder.At("mine"), "--script", WhatTheWearerDoes, "--get-ready", "3", "--placement", "waist").AssertDone();
        Assert.Contains("0 gaps", run.Error, StringComparison.Ordinal);
        Assert.Contains("LAYING 1250, STANDING 1250", run.Error, StringComparison.Ordinal);
        CliRun.Of("data", "check", folder.At("mine")).AssertDone();
        var trained = CliRun.Of("train", "--data", folder.At("mine"), "--student", "tree", "--out", folder.At("run")).AssertDone();
        Assert.Contains("0 mismatches", trained.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_session_is_a_second_file()
    {
        File.WriteAllText(folder.At("walk.txt"), TwinOutput.OfHealthy);
        string[] args = ["record", "--file", folder.At("walk.txt"), "--out", folder.At("mine"), "--seconds", "10"];
        Assert.EndsWith("me-001.csv", CliRun.Of(args).AssertDone().Out.TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith("me-002.csv", CliRun.Of(args).AssertDone().Out.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(folder.At("mine/me-001.csv")), File.ReadAllText(folder.At("mine/me-002.csv")));
    }

    [Fact]
    public void Keys_label_from_when_they_are_pressed()
    {
        var capture = new DeviceCapture();
        var labels = new LabelTimeline();
        var path = folder.At("a.csv");
        using var recorder = new Recorder(capture, labels, () => new RecordingFile(path, new RecordingDescription { AccelUnit = AccelUnit.Counts, GyroUnit = GyroUnit.Counts }));
        using var source = FileSource.Of(new MemoryStream(Encoding.ASCII.GetBytes(TwinOutput.OfHealthy)), "test");
        var error = new StringWriter();
        var keys = new Queue<(long Samples, char Key)>([(500, '2'), (1500, '0'), (2000, '1'), (3000, 'q')]);
        var session = new RecordSession(source, capture, recorder, labels, new RecordDisplay(new Terminal(TextWriter.Null, error)))
        {
            Keys = new LabelKeys(["walking", "stairs up"]),
            ReadKey = () => keys.Count > 0 && recorder.Samples >= keys.Peek().Samples ? keys.Dequeue().Key : null,
        };
        session.Run(CancellationToken.None);
        recorder.File!.Complete();

        Assert.Contains("1 WALKING  2 STAIRS_UP  0 no label  q end", error.ToString(), StringComparison.Ordinal);
        var order = File.ReadAllLines(path).Skip(2).Select(row => row.Split(',')[7]).Aggregate(new List<string>(), (list, label) =>
        {
            if (list.Count == 0 || list[^1] != label)
            {
                list.Add(label);
            }

            return list;
        });
        Assert.Equal(["", "STAIRS_UP", "", "WALKING"], order);
        Assert.InRange(recorder.Samples, 3000, 3500);
        Assert.InRange(recorder.SamplesOf["STAIRS_UP"], 800, 1400);
    }

    [Fact]
    public void What_a_crash_has_left_is_named_and_recovered()
    {
        File.WriteAllText(folder.At("walk.txt"), TwinOutput.OfHealthy);
        string[] args = ["record", "--file", folder.At("walk.txt"), "--out", folder.Path, "--seconds", "10"];
        CliRun.Of(args).AssertDone();
        var whole = File.ReadAllText(folder.At("me-001.csv"));
        File.Delete(folder.At("me-001.csv"));
        File.WriteAllText(folder.At("me-001.csv.part"), whole + "10240,79");

        Assert.Contains($"--recover {folder.At("me-001.csv.part")}", CliRun.Of(args).AssertDone().Error, StringComparison.Ordinal);
        CliRun.Of("record", "--recover", folder.At("me-001.csv.part")).AssertDone();
        Assert.Equal(whole, File.ReadAllText(folder.At("me-001.csv")));
        CliRun.Of("record", "--recover", folder.At("me-001.csv.part")).AssertRefused(1, "exists already");
    }

    [Theory]
    [InlineData("--script", "walking")]
    [InlineData("--subject", "a/b")]
    [InlineData("--rate", "50")]
    [InlineData("--get-ready", "-1")]
    public void Misuse_is_refused_before_anything_is_opened(string option, string value) => CliRun.Of("record", "--file", "nothing", option, value).AssertRefused(2);

    [Fact]
    public void An_unknown_activity_is_named_with_the_classes_that_a_public_data_set_has()
    {
        File.WriteAllText(folder.At("walk.txt"), TwinOutput.OfHealthy);
        var run = CliRun.Of("record", "--file", folder.At("walk.txt"), "--out", folder.At("mine"), "--script", "stairs-up 5s", "--get-ready", "0").AssertDone();
        Assert.Contains("--map STAIRS_UP=NAME", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_is_read_again()
    {
        CliRun.Of("data", "export", "--out", folder.At("json")).AssertDone();
        CliRun.Of("data", "check", folder.At("json")).AssertDone();
        CliRun.Of("data", "export", "--out", folder.At("json")).AssertRefused(2, "exists already");
    }

    public void Dispose() => folder.Dispose();
}
