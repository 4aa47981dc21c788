using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

public class SmartwatchReaderTests
{
    private const string Header = "x_acc,y_acc,z_acc,x_gyro,y_gyro,z_gyro,timestamp,label";

    [Fact]
    public void Executions_are_read_at_50_Hz_with_the_subject_of_their_name()
    {
        using var folder = new TempFolder();
        folder.Write("DATA/s01/s01_01_sw.csv", Execution("WALKING"));
        folder.Write("DATA/s02/s02_01_sw.csv", Execution("TURNING"));
        folder.Write("DATA/s02/s02_01_sp.csv", Execution("TURNING"));
        folder.Write("DATA/executions_info.csv", "execution_id,orientation\ns01_01,back\n");
        var data = ReaderOf.Smartwatch(folder.Path, null);

        Assert.Equal("spsw-watch", data.Name);
        Assert.Equal(["s01", "s02"], data.Recordings.Select(recording => recording.Subject));
        Assert.Equal(5, data.Classes.Count);
        Assert.InRange(data.Recordings[0].SampleCount, 248, 251);
        Assert.InRange(data.Recordings[0].Channels[2][100], 8191, 8193);
        Assert.Contains(data.Report.Warnings, warning => warning.Contains("1 files of the phone"));
    }

    [Fact]
    public void An_unknown_label_is_named_with_file_and_line()
    {
        using var folder = new TempFolder();
        folder.Write("s01_01_sw.csv", Execution("DANCING"));
        var error = Assert.Throws<InputException>(() => ReaderOf.Smartwatch(folder.Path));
        Assert.Contains("s01_01_sw.csv' line 2: 'DANCING'", error.Message);
    }

    [Fact]
    public void The_real_set_keeps_every_row()
    {
        var folder = Environment.GetEnvironmentVariable("HAREDGE_DATA");
        if (string.IsNullOrEmpty(folder))
        {
            Assert.Skip("HAREDGE_DATA is not set: it names the folder that holds spsw-har-watch.zip.");
        }

        var data = DataSetReader.Open(Path.Combine(folder, "spsw-har-watch.zip"));
        Assert.Equal(23, data.Recordings.Select(recording => recording.Subject).Distinct().Count());
        Assert.Equal(223, data.Recordings.Count);
        Assert.Equal(262553, data.Report.RowsRead);
        Assert.Equal(0, data.Report.RowsOutsideRuns);
        Assert.Equal(0, data.Report.RowsDropped);
        Assert.All(data.Recordings, recording => Assert.Single(recording.Runs));
        Assert.Equal("af7726e23b2d2664cbc8c4a038859f8f550410b6aca0397f396909633912481e", ContentHash.Of(data));
        Assert.InRange(data.Report.SamplesWritten, 262553 * 50 / 104.6, 262553 * 50 / 104.1);
    }

    /// <summary>Every class once at the end, so that none is empty, after five seconds of the given one.</summary>
    private static string Execution(string label) => CsvReaderTests.Table(Header, 520, row =>
        $"0.1,0.2,9.80665,0.1,0,{0.5 * Math.Sin(row * 0.1)},{1657533977810 + Math.Round(row * 9.58)},"
        + (row < 500 ? label : (string[])["SEATED", "STANDING_UP", "WALKING", "TURNING", "SITTING_DOWN"] is var all ? all[row % 5] : ""));
}
