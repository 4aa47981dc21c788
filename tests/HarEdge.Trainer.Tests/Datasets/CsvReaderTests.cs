using System.Globalization;
using System.Text;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

public class CsvReaderTests
{
    private static readonly ReaderOptions Options = new() { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond, RateHz = 50 };

    [Fact]
    public void Usual_column_names_are_found_and_classes_are_gathered_by_name()
    {
        using var folder = new TempFolder();
        var path = folder.Write("walk.csv", Table("acc_x,acc_y,acc_z,gyro_x,gyro_y,gyro_z,activity,subject", 200, row =>
            $"0,{row % 2},1,10,-10,0.000{row % 10},{(row < 120 ? "up stairs" : row < 150 ? "" : "Standing")},{(row < 150 ? "anna" : "ben")}"));
        var data = ReaderOf.Csv(path, Options);

        Assert.Equal(["STANDING", "UP_STAIRS"], data.Classes);
        Assert.Equal(data.Classes, data.DefaultClasses);
        Assert.Equal(["anna", "ben"], data.Recordings.Select(recording => recording.Subject));
        var anna = data.Recordings[0];
        Assert.Equal(150, anna.SampleCount);
        Assert.Equal(1, anna.Labels[119]);
        Assert.Equal(-1, anna.Labels[120]);
        Assert.Equal(0, data.Recordings[1].Labels[0]);
        Assert.Equal([0, 8192, 0], anna.Channels[1][..3]);
        Assert.Equal(655, anna.Channels[3][0]);
        Assert.Equal(-655, anna.Channels[4][0]);
        Assert.Equal("walk", data.Name);
        Assert.Equal(200, data.Report.RowsRead);
        Assert.Single(data.Files);
    }

    [Theory]
    [InlineData(';', ',')]
    [InlineData(';', '.')]
    [InlineData('\t', ',')]
    [InlineData('\t', '.')]
    [InlineData(',', '.')]
    public void Separator_and_decimal_sign_are_found(char separator, char point)
    {
        using var folder = new TempFolder();
        var header = string.Join(separator, "ax", "ay", "az", "gx", "gy", "gz");
        var path = folder.Write("a.csv", Table(header, 60, row => string.Join(separator, $"0{point}25", $"-0{point}5", "1", "2", "3", $"4{point}000{row % 2}")));
        var recording = ReaderOf.Csv(path, Options).Recordings[0];
        Assert.Equal([2048, -4096, 8192, 131, 197, 262], recording.Channels.Select(channel => (int)channel[7]));
    }

    [Fact]
    public void A_mapping_names_columns_and_turns_signs()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", Table("x,y,z,p,q,r", 60, row => $"0.5,0,1,1,2,3.000{row % 10}"));
        var options = Options with { Columns = "ax=-z, ay=y, az=x, gx=-r, gy=q, gz=p" };
        var recording = ReaderOf.Csv(path, options).Recordings[0];
        Assert.Equal([-8192, 0, 4096, -197, 131, 66], recording.Channels.Select(channel => (int)channel[0]));
    }

    [Theory]
    [InlineData("{0}", 1)]
    [InlineData("{0}", 1000)]
    [InlineData("{0}", 1000000)]
    [InlineData("{0}", 1000000000)]
    public void The_unit_of_time_is_found(string format, long perSecond)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", Table("time,ax,ay,az,gx,gy,gz", 300, row =>
            string.Format(CultureInfo.InvariantCulture, format, 1700000000m * perSecond + row * perSecond / 100m) + $",0,0,1,0,0,0.{row % 10}"));
        var recording = ReaderOf.Csv(path, Options with { RateHz = null }).Recordings[0];
        Assert.Equal(150, recording.SampleCount);
    }

    [Fact]
    public void Dates_are_timestamps_too()
    {
        using var folder = new TempFolder();
        var start = new DateTime(2024, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        var path = folder.Write("a.csv", Table("timestamp,ax,ay,az,gx,gy,gz", 100, row => $"{start.AddMilliseconds(20 * row):O},0,0,1,0,0,0.{row % 10}"));
        Assert.Equal(100, ReaderOf.Csv(path, Options with { RateHz = null }).Recordings[0].SampleCount);
    }

    [Fact]
    public void Dropped_rows_and_empty_fields_are_filled_and_counted_and_no_row_is_lost()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", Table(
            "time,ax,ay,az,gx,gy,gz,label",
            400,
            row => row switch
            {
                >= 50 and < 55 => null,
                >= 100 and < 160 => null,
                200 => "4000,,0,1,0,0,0,SIT",
                201 => "4020,NaN,0,1,0,0,0,SIT",
                _ => $"{row * 20},{row * 0.001},0,1,0,0,0.{row % 10},SIT",
            }));
        var data = ReaderOf.Csv(path, Options with { RateHz = null });
        var report = data.Report;

        Assert.Equal(335, report.RowsRead);
        Assert.Equal(5, report.RowsDropped);
        Assert.Equal(2, report.RowsIncomplete);
        Assert.Equal(7, report.SamplesInterpolated);
        Assert.Equal(1, report.LongGaps);
        Assert.Equal(0, report.RowsOutsideRuns);
        Assert.Equal(340, report.SamplesWritten);
        Assert.Equal(2, data.Recordings[0].Runs.Count);
        Assert.Equal(100, data.Recordings[0].Runs[0].Length);
        Assert.Equal((int)Math.Round(0.052 * 8192), data.Recordings[0].Channels[0][52]);
        Assert.Equal(0, data.Recordings[0].Labels[52]);
    }

    [Fact]
    public void The_subject_is_the_folder_when_there_are_several_and_the_file_otherwise()
    {
        using var folder = new TempFolder();
        var table = Table("ax,ay,az,gx,gy,gz,label", 60, _ => "0,0,1,0,0,0,SIT");
        folder.Write("anna/1.csv", table);
        folder.Write("ben/1.csv", table);
        folder.Write("ben/2.csv", table);
        var byFolder = ReaderOf.Csv(folder.Path, Options);
        Assert.Equal(["anna", "ben", "ben"], byFolder.Recordings.Select(recording => recording.Subject));
        Assert.Equal(["anna/1", "ben/1", "ben/2"], byFolder.Recordings.Select(recording => recording.Name));

        var byFile = ReaderOf.Csv(Path.Combine(folder.Path, "ben"), Options);
        Assert.Equal(["1", "2"], byFile.Recordings.Select(recording => recording.Subject));
    }

    [Fact]
    public void Counts_pass_through_unchanged()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", Table("ax,ay,az,gx,gy,gz", 60, row => $"{row},-1,8192,-32768,32767,{-row}"));
        var recording = ReaderOf.Csv(path, Options with { AccelUnit = AccelUnit.Counts, GyroUnit = GyroUnit.Counts }).Recordings[0];
        Assert.Equal([59, -1, 8192, -32768, 32767, -59], recording.Channels.Select(channel => (int)channel[59]));
    }

    [Fact]
    public void Unlabelled_data_can_be_read_and_says_so()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", Table("ax,ay,az,gx,gy,gz", 60, _ => "0,0,1,0,0,0"));
        var data = ReaderOf.Csv(path, Options);
        Assert.Empty(data.Classes);
        Assert.Contains(data.Report.Warnings, warning => warning.Contains("No sample has a class"));
    }

    internal static string Table(string header, int rows, Func<int, string?> row)
    {
        var text = new StringBuilder(header).Append('\n');
        for (var i = 0; i < rows; i++)
        {
            if (row(i) is { } line)
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }
}
