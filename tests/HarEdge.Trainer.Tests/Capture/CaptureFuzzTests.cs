using System.Globalization;
using System.Text;
using HarEdge.Trainer.Capture;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Tests.Comparison;
using HarEdge.Trainer.Tests.Datasets;
using HarEdge.Trainer.Tests.Telemetry;

namespace HarEdge.Trainer.Tests.Capture;

/// <summary>
/// Damaged bytes through everything that records. HAREDGE_FUZZ_LINES sets ten times how many lines; seeds are fixed.
/// </summary>
public sealed class CaptureFuzzTests : IDisposable
{
    private const int LinesInStream = 20;
    private const int ForwarderLines = 10_000;

    private readonly TempFolder folder = new();

    [Fact]
    public void Whatever_damage_a_stream_has_the_recording_is_whole_in_order_and_read()
    {
        var count = long.Parse(Environment.GetEnvironmentVariable("HAREDGE_FUZZ_LINES") ?? "100000", CultureInfo.InvariantCulture) / 10;
        var originals = ConsoleOfTwin.OfEverything.Select(line => DeviceLines.Plain([line])).ToArray();
        var capture = new DeviceCapture();
        var labels = new LabelTimeline();
        labels.Change(0, "WALKING");
        var path = Path.Combine(folder.Path, "a.csv");
        using var recorder = new Recorder(capture, labels, () => new RecordingFile(
            path, new RecordingDescription { AccelUnit = AccelUnit.Counts, GyroUnit = GyroUnit.Counts, RateHz = 50, Subject = "a" }));
        var random = new Random(5);
        for (long lines = 0; lines < count; lines += LinesInStream)
        {
            var stream = DamagedStreams.Damage(DamagedStreams.Of(originals, LinesInStream, random), random).ToArray();
            for (var at = 0; at < stream.Length;)
            {
                var portion = Math.Min(random.Next(1, 2000), stream.Length - at);
                capture.Read(stream.AsSpan(at, portion), random.Next(10) == 0 ? -1 : lines * 20);
                at += portion;
            }

            if (random.Next(20) == 0)
            {
                capture.Lose();
            }

            recorder.File?.Flush();
        }

        capture.Finish();
        recorder.File!.Complete();
        var rows = File.ReadLines(path).Skip(2).Select(row => row.Split(',')).ToList();
        Assert.All(rows, row => Assert.Equal(10, row.Length));
        Assert.Equal(recorder.Samples, rows.Count(row => row[1].Length > 0));
        Assert.Equal(recorder.Gaps, rows.Count(row => row[9].Length > 0));
        Assert.True(recorder.Gaps > count / 100 && recorder.Samples > count, $"{recorder.Gaps} gaps, {recorder.Samples} samples");
        var times = rows.Select(row => double.Parse(row[0], CultureInfo.InvariantCulture)).ToList();
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second >= pair.First, $"{pair.Second} after {pair.First}"));
        Assert.Equal(recorder.Samples, DataSetReader.Open(path).Recordings.Sum(recording => recording.Runs.Sum(run => (long)run.Length)) - Filled(path));
    }

    [Fact]
    public void Every_line_of_a_forwarder_is_a_sample_or_a_gap()
    {
        var capture = new ForwarderCapture(100, joinsMidLine: false);
        var captured = new Captured(capture);
        var random = new Random(6);
        capture.Read("1,2,3,4,5,6\n"u8, -1);
        for (var i = 1; i < ForwarderLines; i++)
        {
            var line = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{random.NextDouble() * 20:0.000},{i},-1.5e1,0,7,8"));
            for (var edits = random.Next(3); edits > 0; edits--)
            {
                // No line is made or unmade.
                var value = (byte)random.Next(256);
                line[random.Next(line.Length)] = value is (byte)'\n' or (byte)'\r' ? (byte)'x' : value;
            }

            capture.Read([.. line, (byte)'\n'], -1);
        }

        Assert.Equal(ForwarderLines, captured.Samples.Count + captured.Gaps.Count);
        Assert.True(captured.Gaps.Count > 1000 && captured.Samples.Count > 1000);
        Assert.All(captured.Samples, sample => Assert.All(sample.Values, value => Assert.True(double.IsFinite(value))));
        Assert.All(captured.Samples.Zip(captured.Samples.Skip(1)), pair => Assert.True(pair.Second.TimeMs > pair.First.TimeMs));
        capture.Read(new byte[2_000_000], -1);
        capture.Read("\n1,2,3,4,5,6\n"u8, -1);
        Assert.Equal(6, captured.Samples[^1].Values[5]);
    }

    [Fact]
    public void Any_text_is_a_script_or_a_refusal_and_any_file_a_part_or_a_refusal()
    {
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["walk0123456789 .,sminpause-_:\n"], 0, 60]).Sample(text =>
        {
            Refusable(() => Assert.True(LabelScript.Parse(text, 5).TotalMs > 0));
            Refusable(() => RecordingDescription.Parse(RecordingDescription.Marker + text, "file"));
        });
        var number = 0;
        Gen.String[Gen.Char["0123456789,\n\0WALK"], 0, 300].Sample(
            tail =>
            {
                var path = folder.Write($"{number++}.csv.part", new RecordingDescription().ToLine() + "\n" + RecordingFile.Header + "\n" + tail);
                Refusable(() =>
                {
                    var (whole, samples, _) = RecordingRecovery.Recover(path);
                    Assert.InRange(File.ReadLines(whole).Count() - 2, samples, long.MaxValue);
                });
            },
            iter: 300,
            threads: 1);
    }

    public void Dispose() => folder.Dispose();

    // Samples that reading puts into gaps of up to 0.2 s.
    private static long Filled(string path) => DataSetReader.Open(path).Report.SamplesInterpolated;

    private static void Refusable(Action action)
    {
        try
        {
            action();
        }
        catch (InputException)
        {
            // One sentence and a remedy: that is what a refusal is.
        }
    }
}
