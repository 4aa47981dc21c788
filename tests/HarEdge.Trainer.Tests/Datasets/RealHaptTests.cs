using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Tests.Datasets;

public class RealHaptTests
{
    [Fact]
    public void The_archive_is_recognized_complete_and_loses_no_row()
    {
        var folder = Environment.GetEnvironmentVariable("HAREDGE_DATA");
        if (string.IsNullOrEmpty(folder))
        {
            Assert.Skip("HAREDGE_DATA is not set: it names the folder that holds hapt.zip.");
        }

        var data = ReaderOf.Hapt(Path.Combine(folder, "hapt.zip"));
        Assert.Equal("hapt", data.Name);
        Assert.Equal(61, data.Recordings.Count);
        Assert.Equal(30, data.Recordings.Select(recording => recording.Subject).Distinct().Count());
        Assert.Equal(["02", "04", "09", "10", "12", "13", "18", "20", "24"], data.OfficialTestSubjects);
        Assert.Equal(12, data.Classes.Count);
        Assert.Equal(6, data.DefaultClasses.Count);
        (var scale, var correlation, var pairs) = TurnEvidence.Of(data.Recordings.Select(recording => new TurnEvidence(SignalOf(recording))));
        Assert.True(pairs > 1000);
        Assert.InRange(scale, 0.9, 1.1);
        Assert.InRange(correlation, 0.5, 1);
        Assert.Equal(1122772, data.Report.RowsRead);
        Assert.Equal(data.Report.RowsRead, data.Report.SamplesWritten);
        Assert.Equal("db0ea0d12492a70caf8f63aff46d97a5ec379c32084b88c31dc4b28c9b181fe5", ContentHash.Of(data));
        Assert.Contains("All 123 files match the known SHA-256 hashes of HAPT 2.1.", data.Report.Warnings);
    }

    /// <summary>A recording's counts as g and °/s; its people and phones are the witness that the two sensors belong together as the verdict has it.</summary>
    private static RawSignal SignalOf(Recording recording) => new()
    {
        Name = recording.Name,
        Subject = recording.Subject,
        RateHz = 50,
        Values = [.. recording.Channels.Select((channel, index) => channel.Select(counts => counts / (index < 3 ? 8192 : 65.5)).ToArray())],
        Labels = recording.Labels,
        Units = new FileUnits(AccelUnit.G, GyroUnit.DegreesPerSecond, new SensorRange(4, 500)),
        Origin = recording.Origin!,
    };
}
