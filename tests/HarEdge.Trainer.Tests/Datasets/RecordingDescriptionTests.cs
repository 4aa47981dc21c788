using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>The first line by which a CSV describes itself.</summary>
public sealed class RecordingDescriptionTests
{
    private const string Rows = "time_ms,ax,ay,az,gx,gy,gz,label\n0,1,0,0,0,0,0,SITTING\n20,1,0,0,0,0,0,SITTING\n40,1,0,0,0,0,0,SITTING\n";

    [Fact]
    public void What_is_written_is_read()
    {
        var written = new RecordingDescription
        {
            AccelUnit = AccelUnit.MetersPerSecondSquared, GyroUnit = GyroUnit.RadiansPerSecond, AccelRangeG = 16, GyroRangeDps = 2000, RateHz = 62.5, Subject = "s-1", Placement = "hip",
        };
        Assert.Equal(RecordingDescription.LineLength, written.ToLine().Length);
        Assert.Equal(written, RecordingDescription.Parse(written.ToLine(), ""));
        Assert.Equal(written, RecordingDescription.Parse(written.ToLine().TrimEnd() + ",,,,,,,", ""));
        Assert.Equal(new RecordingDescription(), RecordingDescription.Parse(new RecordingDescription().ToLine(), ""));
        Assert.Null(RecordingDescription.Parse("ax,ay,az", ""));
    }

    [Theory]
    [InlineData("; accel-unit=furlong")]
    [InlineData("; accel-range-g=3")]
    [InlineData("; rate-hz=-1")]
    [InlineData("; subject=")]
    [InlineData("; colour=red")]
    [InlineData("; gyro-unit")]
    public void What_cannot_be_understood_is_refused(string part)
    {
        var refused = Assert.Throws<InputException>(() => RecordingDescription.Parse(RecordingDescription.Marker + "1" + part, "a.csv"));
        Assert.Contains("'a.csv' line 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_version_asks_for_a_newer_program() =>
        Assert.Contains("newer", Assert.Throws<InputException>(() => RecordingDescription.Parse(RecordingDescription.Marker + "2", "a")).Remedy, StringComparison.Ordinal);

    [Fact]
    public void Lines_are_counted_from_the_files_first()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", new RecordingDescription { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond }.ToLine() + "\n" + Rows + "60,x,0,0,0,0,0,\n");
        Assert.Contains("line 6", Assert.Throws<InputException>(() => DataSetReader.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_users_word_counts_more_than_the_files()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", new RecordingDescription { AccelUnit = AccelUnit.Counts, GyroUnit = GyroUnit.DegreesPerSecond }.ToLine() + "\r\n" + Rows);
        Assert.Equal(8192, DataSetReader.Open(path, new ReaderOptions { AccelUnit = AccelUnit.G }).Recordings[0].Channels[0][1]);
    }

    [Fact]
    public void Several_places_on_the_body_are_told()
    {
        using var folder = new TempFolder();
        foreach (var placement in (string[])["waist", "wrist"])
        {
            folder.Write(placement + ".csv", new RecordingDescription { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond, Placement = placement }.ToLine() + "\n" + Rows);
        }

        Assert.Contains(DataSetReader.Open(folder.Path).Report.Warnings, warning => warning.Contains("waist, wrist", StringComparison.Ordinal));
    }
}
