using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>Recordings without a gyroscope, or with one that nobody wants.</summary>
public class AccelerometerAloneTests
{
    private static readonly ReaderOptions Options = new() { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond };

    [Theory]
    [InlineData("time,accX,accY,accZ,label", "")]
    [InlineData("time,accX,accY,accZ,gx,gy,gz,label", "0,0,0,")]
    [InlineData("time,accX,accY,accZ,gx,gy,gz,label", ",,,")]
    public void An_accelerometer_alone_is_read_as_what_it_is(string header, string gyro)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", CsvReaderTests.Table(header, 300, row =>
            FormattableString.Invariant($"{row * 20},{Math.Sin(row * 0.6):0.000},0.01,{1 + row % 3 * 0.01},{gyro}walk")));
        var data = ReaderOf.Csv(path, Options with { GyroUnit = header.Contains("gx") ? GyroUnit.DegreesPerSecond : null });
        var recording = Assert.Single(data.Recordings);
        Assert.False(recording.HasGyroscope);
        Assert.Equal(300, recording.Runs.Sum(run => run.Length));
        Assert.All(recording.Channels[3..], channel => Assert.All(channel, count => Assert.Equal(0, count)));
        Assert.Equal("g, no gyroscope", recording.Origin!.Units!);
        Assert.Equal(gyro.Length > 0, data.Report.Warnings.Any(warning => warning.Contains("nothing but 0", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_gyroscope_is_left_out_where_the_user_says_so()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", RecordingsAsPeopleHaveThemTests.Rows("time,ax,ay,az,gx,gy,gz,label", 100, ",walk"));
        var whole = DataSetReader.Open(path, Options).Recordings[0];
        var alone = DataSetReader.Open(path, Options with { AccelerometerOnly = true }).Recordings[0];
        Assert.True(whole.HasGyroscope);
        Assert.False(alone.HasGyroscope);
        Assert.Equal(whole.Channels[..3], alone.Channels[..3]);
        Assert.All(alone.Channels[3..], channel => Assert.All(channel, count => Assert.Equal(0, count)));
    }

    [Fact]
    public void Columns_that_may_be_a_gyroscopes_are_asked_for_before_they_are_left_out()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", CsvReaderTests.Table("time,accX,accY,accZ,rotA,rotB,rotC,label", 100, row => $"{row * 20},0,0,1,1,2,3,a"));
        var refused = Assert.Throws<InputException>(() => ReaderOf.Csv(path, Options));
        Assert.Contains("--channels accel", refused.Remedy);
        Assert.False(ReaderOf.Csv(path, Options with { AccelerometerOnly = true }).Recordings[0].HasGyroscope);
    }
}
