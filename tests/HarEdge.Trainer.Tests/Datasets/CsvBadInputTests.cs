using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

public class CsvBadInputTests
{
    private const string Header = "time,ax,ay,az,gx,gy,gz,label";

    private static readonly ReaderOptions Options = new() { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond };

    [Fact]
    public void A_missing_rate_is_misuse()
    {
        var error = Fails(CsvReaderTests.Table("ax,ay,az,gx,gy,gz", 60, _ => "0,0,1,0,0,0"), Options);
        Assert.Contains("sample rate is not known", error.Message);
        Assert.Equal(2, error.ExitCode);
    }

    [Fact]
    public void Missing_units_are_misuse()
    {
        Assert.Contains("--accel-unit", Fails(Table(), Options with { AccelUnit = null }).Remedy);
        Assert.Contains("--gyro-unit", Fails(Table(), Options with { GyroUnit = null }).Remedy);
    }

    [Fact]
    public void A_missing_column_lists_the_header()
    {
        var error = Fails(CsvReaderTests.Table("time,ax,ay,az,gx,gy", 60, row => $"{row * 20},0,0,1,0,0"), Options);
        Assert.Contains("no column for gz among time, ax, ay, az, gx, gy", error.Message);
    }

    [Theory]
    [InlineData("ax=nose", "no column 'nose'")]
    [InlineData("nose=ax", "'nose=ax' is not a column mapping")]
    [InlineData("ax", "'ax' is not a column mapping")]
    [InlineData("ax=ay,ax=az", "'ax=az' is not a column mapping")]
    public void A_wrong_mapping_is_misuse(string columns, string expected)
    {
        var error = Fails(Table(), Options with { Columns = columns });
        Assert.Contains(expected, error.Message);
        Assert.Equal(2, error.ExitCode);
    }

    [Theory]
    [InlineData("200,0,0,1,zero,0,0,SIT", "line 12: 'zero' in column gx is not a number")]
    [InlineData("200,0,0,1", "line 12 has 4 columns, the header has 8")]
    [InlineData("200,0,0,1,0,0,\"0,SIT", "line 12 has broken quotes")]
    public void A_broken_line_is_named(string line, string expected) =>
        Assert.Contains(expected, Fails(Table(changedRow: 10, line), Options).Message);

    [Fact]
    public void Meters_per_second_squared_taken_for_g_are_recognized()
    {
        var error = Fails(CsvReaderTests.Table(Header, 200, row => $"{row * 20},0,0.3,9.7{row % 10},0,0,0,SIT"), Options);
        Assert.Contains("values look like m/s2", error.Message);
        Assert.Contains("--accel-unit m/s2", error.Remedy);
    }

    [Fact]
    public void G_taken_for_meters_per_second_squared_is_recognized() => Assert.Contains(
        "values look like g.",
        Fails(Table(), Options with { AccelUnit = AccelUnit.MetersPerSecondSquared }).Message);

    [Theory]
    [InlineData("1000", "thousandths of g")]
    [InlineData("16384", "16-bit counts at ±2 g")]
    [InlineData("0.02", "gravity seems to have been removed")]
    public void Other_wrong_scales_are_named(string z, string expected) => Assert.Contains(
        expected,
        Fails(CsvReaderTests.Table(Header, 200, row => $"{row * 20},0,0.0000{row % 10},{z},0,0,0,SIT"), Options).Message);

    [Fact]
    public void Degrees_taken_for_radians_are_recognized()
    {
        var error = Fails(
            CsvReaderTests.Table(Header, 400, row => $"{row * 20},0,0,1,1.1,-0.9,0.2{row % 10},SIT"),
            Options with { GyroUnit = GyroUnit.RadiansPerSecond });
        Assert.Contains("--gyro-unit deg/s", error.Remedy);
    }

    [Fact]
    public void Radians_taken_for_degrees_are_recognized()
    {
        var error = Fails(
            CsvReaderTests.Table(Header, 400, row => $"{row * 20},0,{0.4 * Math.Sin(row)},{1 + 0.4 * Math.Sin(row * 0.3)},{Math.Sin(row * 0.2)},0.1,0,WALK"),
            Options);
        Assert.Contains("--gyro-unit rad/s", error.Remedy);
    }

    [Fact]
    public void Exchanged_sensors_are_recognized() => Assert.Contains(
        "look exchanged",
        Fails(Table(), Options with { Columns = "ax=gx,ay=gy,az=gz,gx=ax,gy=ay,gz=az" }).Message);

    [Fact]
    public void An_empty_file_is_named() => Assert.Contains("is empty", Fails("", Options).Message);

    [Fact]
    public void Time_that_stands_still_is_named() => Assert.Contains(
        "do not advance",
        Fails(CsvReaderTests.Table(Header, 100, _ => "5,0,0,1,0,0,0,SIT"), Options).Message);

    [Fact]
    public void A_row_without_a_subject_is_named() => Assert.Contains(
        "line 3 has no subject",
        Fails("time,ax,ay,az,gx,gy,gz,subject\n0,0,0,1,0,0,0,a\n20,0,0,1,0,0,0,\n", Options).Message);

    private static string Table(int changedRow = -1, string? line = null) => CsvReaderTests.Table(
        Header,
        200,
        row => row == changedRow ? line : $"{row * 20},0,0.1,1.000{row % 10},{1 + row % 7 * 0.3},{row % 5},0,SIT");

    private static InputException Fails(string table, ReaderOptions options)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", table);
        var error = Assert.Throws<InputException>(() => ReaderOf.Csv(path, options));
        Assert.EndsWith(".", error.Remedy);
        return error;
    }
}
