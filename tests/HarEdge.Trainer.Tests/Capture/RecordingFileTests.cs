using HarEdge.Trainer.Capture;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Tests.Datasets;

namespace HarEdge.Trainer.Tests.Capture;

/// <summary>Recordings on disk: whole, full disks, interrupted.</summary>
public sealed class RecordingFileTests : IDisposable
{
    private static readonly RecordingDescription Counts = new()
    {
        AccelUnit = AccelUnit.Counts, GyroUnit = GyroUnit.Counts, AccelRangeG = 8, GyroRangeDps = 1000, RateHz = 50, Subject = "anna", Placement = "wrist",
    };

    private readonly TempFolder folder = new();

    [Fact]
    public void A_recording_is_read_without_options_and_gives_back_every_count()
    {
        var path = RecordingFile.NextPath(folder.Path, "anna", "wrist");
        using (var file = new RecordingFile(path, Counts))
        {
            Fill(file, 0, 300, "WALKING");
            file.Add(new CapturedGap(6000, "lost", 12));
            Fill(file, 312, 600, null);
            Assert.Equal(path, file.Complete());
        }

        var set = DataSetReader.Open(folder.Path, new ReaderOptions { Range = new SensorRange(8, 1000) });
        var recording = Assert.Single(set.Recordings);
        Assert.Equal("anna", recording.Subject);
        Assert.Equal(["WALKING"], set.Classes);
        Assert.Equal([300, 288], recording.Runs.Select(run => run.Length));
        Assert.Equal(1, set.Report.LongGaps);
        Assert.Equal(0, set.Report.SamplesInterpolated);
        for (var channel = 0; channel < 6; channel++)
        {
            var counts = recording.Runs.SelectMany(run => recording.Channels[channel][run.Start..run.End]).ToList();
            Assert.Equal(Enumerable.Range(0, 300).Concat(Enumerable.Range(312, 288)).Select(i => (short)Value(i, channel)), counts);
        }

        Assert.Equal(300, recording.Labels.Count(label => label == 0));
    }

    [Fact]
    public void Counts_of_another_range_are_converted()
    {
        using (var file = new RecordingFile(RecordingFile.NextPath(folder.Path, "a", null), Counts))
        {
            Fill(file, 0, 100, "WALKING");
            file.Complete();
        }

        var recording = DataSetReader.Open(folder.Path).Recordings[0];
        Assert.Equal(2 * Value(5, 2), recording.Channels[2][5]);
    }

    [Fact]
    public void Sessions_are_new_files_whatever_is_there()
    {
        Assert.EndsWith("anna-001.csv", RecordingFile.NextPath(folder.Path, "anna", null), StringComparison.Ordinal);
        folder.Write("anna-001.csv", "");
        folder.Write("anna-002.csv.part", "");
        Assert.EndsWith("anna-003.csv", RecordingFile.NextPath(folder.Path, "anna", null), StringComparison.Ordinal);
        Assert.Throws<InputException>(() => new RecordingFile(Path.Combine(folder.Path, "anna-002.csv"), Counts));
    }

    [Fact]
    public void The_first_line_is_corrected_in_place()
    {
        using var file = new RecordingFile(RecordingFile.NextPath(folder.Path, "a", null), Counts);
        Fill(file, 0, 10, null);
        file.Describe(Counts with { AccelRangeG = 16 });
        Fill(file, 10, 20, null);
        var lines = File.ReadAllLines(file.Complete());
        Assert.Equal(16, RecordingDescription.Parse(lines[0], "")!.AccelRangeG);
        Assert.Equal(22, lines.Length);
        Assert.StartsWith("380,", lines[21], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public void On_a_full_disk_what_was_written_is_safe_and_the_error_names_it(int roomAfterFirst)
    {
        var path = RecordingFile.NextPath(folder.Path, "a", null);
        using var disk = new SmallDisk(path + RecordingFile.PartEnding);
        using var file = new RecordingFile(disk, path, Counts);
        Fill(file, 0, 100, "WALKING");
        file.Flush();
        disk.Room = roomAfterFirst;
        Fill(file, 100, 110, "WALKING");
        var full = Assert.Throws<InputException>(() => file.Flush());
        Assert.Contains("No space left on device", full.Message, StringComparison.Ordinal);
        Assert.Contains("first 100 samples are safe in " + path + ".part, the 10 after them are lost", full.Message, StringComparison.Ordinal);
        Assert.Contains("--recover " + path + ".part", full.Remedy, StringComparison.Ordinal);
        file.Dispose();
        Assert.Equal((path, 100, 0), RecordingRecovery.Recover(path + ".part"));
        Assert.Equal(100, DataSetReader.Open(path).Recordings[0].SampleCount);
    }

    [Fact]
    public void The_systems_own_full_device_is_told()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        using var file = new RecordingFile(full, Path.Combine(folder.Path, "a.csv"), Counts);
        Fill(file, 0, 3, null);
        Assert.Contains("3 after them are lost", Assert.Throws<InputException>(() => file.Flush()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2000,1,2,3", 10)]
    [InlineData("2000,1,2,3,4,5,6,WALKING,1", 26)]
    [InlineData("\0\0\0\0\0\n\0\0", 8)]
    public void Recovery_keeps_every_whole_row_and_no_half_one(string tail, int cutBytes)
    {
        var path = RecordingFile.NextPath(folder.Path, "a", null);
        using (var file = new RecordingFile(path, Counts))
        {
            Fill(file, 0, 100, "WALKING");
            file.Flush();
        }

        File.AppendAllText(path + ".part", tail);
        Assert.Equal((path, 100, cutBytes), RecordingRecovery.Recover(path + ".part"));
        Assert.False(File.Exists(path + ".part"));
        Assert.Equal(100, DataSetReader.Open(path).Recordings[0].SampleCount);
    }

    [Fact]
    public void Recovery_refuses_what_it_cannot_make_a_recording_of()
    {
        Assert.Throws<InputException>(() => RecordingRecovery.Recover(folder.Write("a.csv", "")));
        Assert.Throws<InputException>(() => RecordingRecovery.Recover(folder.Write("b.csv.part", "anything\n")));
        Assert.Throws<InputException>(() => RecordingRecovery.Recover(Path.Combine(folder.Path, "missing.csv.part")));
        folder.Write("c.csv", "mine");
        Assert.Contains("exists already", Assert.Throws<InputException>(() => RecordingRecovery.Recover(folder.Write("c.csv.part", ""))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    // Gravity on z at ±8 g, so that the file is plausible; everything else separates the samples.
    private static int Value(int sample, int channel) => (channel == 2 ? 4096 : 0) + (((sample * 7) + (channel * 31)) % 200);

    private static void Fill(RecordingFile file, int from, int to, string? label)
    {
        for (var i = from; i < to; i++)
        {
            file.Add(new CapturedSample(i * 20, i * 20, i + 1, [.. Enumerable.Range(0, 6).Select(channel => (double)Value(i, channel))]), label);
        }
    }

    /// <summary>A file on a disk that takes some bytes and then no more, half a row among them.</summary>
    private sealed class SmallDisk(string path) : FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 0)
    {
        public int Room { get; set; } = int.MaxValue;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var fits = Math.Min(Room, buffer.Length);
            base.Write(buffer[..fits]);
            Room -= fits;
            if (fits < buffer.Length)
            {
                throw new IOException("No space left on device : '" + Name + "'");
            }
        }
    }
}
