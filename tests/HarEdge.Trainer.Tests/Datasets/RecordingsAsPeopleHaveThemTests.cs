using System.Globalization;
using System.IO.Compression;
using System.Text;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>Tables as loggers, spreadsheets and phones write them: read right, or refused with the true reason.</summary>
public class RecordingsAsPeopleHaveThemTests
{
    private const string Header = "time,ax,ay,az,gx,gy,gz,label";

    private static readonly ReaderOptions Options = new() { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond };

    [Theory]
    [InlineData("T [ms],AccX [mg],AccY [mg],AccZ [mg],GyroX [mdps],GyroY [mdps],GyroZ [mdps]", 1000, 1000)]
    [InlineData("time_ms,ax_mg,ay_mg,az_mg,gx_dps,gy_dps,gz_dps", 1000, 1)]
    [InlineData("timestamp_ms,acc_x_g,acc_y_g,acc_z_g,gyro_x_dps,gyro_y_dps,gyro_z_dps", 1, 1)]
    [InlineData("millis,ACCELEROMETER X (m/s²),ACCELEROMETER Y (m/s²),ACCELEROMETER Z (m/s²),GYROSCOPE X (rad/s),GYROSCOPE Y (rad/s),GYROSCOPE Z (rad/s)", 9.80665, Math.PI / 180)]
    [InlineData("t (ms),ax_ms2,ay_ms2,az_ms2,gx_rad_s,gy_rad_s,gz_rad_s", 9.80665, Math.PI / 180)]
    [InlineData("time_ms,ax_lsb,ay_lsb,az_lsb,gx_raw,gy_raw,gz_raw", 8192, 65.5)]
    public void Units_in_header_names_need_no_options(string header, double perG, double perDps)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", CsvReaderTests.Table(header, 300, row =>
            FormattableString.Invariant($"{row * 20},{0.25 * perG},{-0.5 * perG},{0.75 * perG},{20 * perDps},{(row % 3 - 10) * perDps},{row % 2 * perDps}")));
        var recording = ReaderOf.Csv(path, new ReaderOptions { AsStated = true }).Recordings[0];
        Assert.Equal([2048, -4096, 6144, 1310], recording.Channels.Take(4).Select(channel => (int)channel[7]));
        Assert.Equal(300, recording.SampleCount);
    }

    [Fact]
    public void Ranges_of_counts_are_those_of_the_file_and_without_them_a_note_says_which_were_taken()
    {
        using var folder = new TempFolder();
        var path = folder.Write("raw.csv", CsvReaderTests.Table(Header, 300, row => $"{row * 20},0,0,{8192 + row % 2},1310,{row % 3},0,a"));
        var counts = Options with { AccelUnit = AccelUnit.Counts, GyroUnit = GyroUnit.Counts, AsStated = true };
        var stated = ReaderOf.Csv(path, counts with { CountsRange = new SensorRange(4, 250) });
        Assert.Equal([8192, 655], stated.Recordings[0].Channels[2..4].Select(channel => (int)channel[8]));
        Assert.DoesNotContain(stated.Report.Warnings, warning => warning.Contains("--file-gyro-range"));
        Assert.Contains(ReaderOf.Csv(path, counts).Report.Warnings, warning => warning.Contains("±4 g and ±500 °/s") && warning.Contains("--file-gyro-range"));
    }

    [Fact]
    public void Counts_without_sign_are_read_as_twos_complement_with_a_note()
    {
        using var folder = new TempFolder();
        var path = folder.Write("u.csv", CsvReaderTests.Table(Header, 300, row => $"{row * 20},65535,0,{8192 + row % 2},65436,{row % 3},0,a"));
        var data = ReaderOf.Csv(path, Options with { AccelUnit = AccelUnit.Counts, GyroUnit = GyroUnit.Counts });
        Assert.Equal((-1, -100), (data.Recordings[0].Channels[0][5], data.Recordings[0].Channels[3][5]));
        Assert.Contains(data.Report.Warnings, warning => warning.Contains("without sign"));
    }

    [Fact]
    public void What_is_true_of_many_files_is_said_once()
    {
        using var folder = new TempFolder();
        for (var file = 0; file < 5; file++)
        {
            folder.Write($"anna/walk{file}.csv", CsvReaderTests.Table("millis,ax,ay,az,gx,gy,gz,label", 100, row => $"{row * 19700},{row % 2 * 0.01},0,1,0.5,{row % 3},0,a"));
        }

        var refused = Assert.Throws<InputException>(() => ReaderOf.Csv(folder.Path, Options));
        Assert.Contains("19.7 s apart, read in ms", refused.Message);
        Assert.Single(ReaderOf.Csv(folder.Path, Options with { TimeUnit = TimeUnit.Microseconds }).Report.Warnings, warning => warning.Contains("and 4 more: the header gives ms"));
    }

    [Fact]
    public void Rows_of_several_people_sorted_by_time_make_one_recording_a_person()
    {
        using var folder = new TempFolder();
        var path = folder.Write("two.csv", CsvReaderTests.Table("subject," + Header, 400, row => $"s{row % 2},{row / 2 * 20},0,0,{1 + row % 3 * 0.001},0,0,{row % 5},walk"));
        var data = ReaderOf.Csv(path, Options);
        Assert.Equal(["s0", "s1"], data.Recordings.Select(recording => recording.Subject));
        Assert.All(data.Recordings, recording => Assert.Equal(200, recording.SampleCount));
    }

    [Fact]
    public void Labels_become_names_the_device_can_hold_and_a_note_says_so()
    {
        using var folder = new TempFolder();
        string[] labels = ["1", "2", "2.0", "Gehen (schnell)", "übung", "ходьба", "走", "A+"];
        var path = folder.Write("l.csv", CsvReaderTests.Table(Header, 800, row => $"{row * 20},0,0,{1 + row % 3 * 0.001},0,0,{row % 5},{labels[row / 100]}"));
        var data = ReaderOf.Csv(path, Options);
        Assert.Equal(["A_PLUS", "CLASS_1", "CLASS_2", "GEHEN_SCHNELL", "HODBA", "U8D70", "UBUNG"], data.Classes);
        Assert.Contains(data.Report.Warnings, warning => warning.Contains("'1' is CLASS_1") && warning.Contains("--map"));
        var renamed = ClassRenames.Parse(["1=walking", "2=running"]).Apply(data);
        Assert.Contains("WALKING", renamed.Classes);
        Assert.Contains("RUNNING", renamed.Classes);
    }

    [Fact]
    public void A_legend_names_codes_and_two_labels_never_become_one_class()
    {
        using var folder = new TempFolder();
        var path = folder.Write("l.csv", CsvReaderTests.Table(Header, 200, row => $"{row * 20},0,0,{1 + row % 3 * 0.001},0,0,{row % 5},{(row < 100 ? "1" : "2.0")}"));
        var legend = folder.Write("names.txt", "# codes\n1,walking\n2;climbing stairs\n");
        Assert.Equal(["CLIMBING_STAIRS", "WALKING"], ReaderOf.Csv(path, Options with { LabelsFile = legend }).Classes);
        var alike = folder.Write("alike.csv", CsvReaderTests.Table(Header, 200, row => $"{row * 20},0,0,{1 + row % 3 * 0.001},0,0,{row % 5},{(row < 100 ? "go!" : "go?")}"));
        Assert.Contains("would both be called GO", Assert.Throws<InputException>(() => ReaderOf.Csv(alike, Options)).Message);
        var empty = folder.Write("empty.txt", "1\n");
        Assert.Contains("line 1", Assert.Throws<InputException>(() => ReaderOf.Csv(path, Options with { LabelsFile = empty })).Message);
    }

    [Theory]
    [InlineData("# logger 2.1\n# range 4 g\n" + Header + "\n")]
    [InlineData("% logger\n\n" + Header + "\n")]
    [InlineData("// logger\r\n" + Header + "\r\n")]
    [InlineData("sep=,\n" + Header + "\n")]
    [InlineData("\uFEFFsep=,\r\n" + Header + "\r\n")]
    [InlineData("# " + Header + "\n")]
    public void Lines_before_the_header_row_are_passed_over(string start)
    {
        using var folder = new TempFolder();
        var data = ReaderOf.Csv(folder.Write("a.csv", start + Body(100, ",walk")), Options);
        Assert.Equal(100, data.Recordings[0].SampleCount);
        Assert.Equal(["WALK"], data.Classes);
    }

    [Fact]
    public void A_table_without_header_row_is_read_by_the_numbers_of_its_columns_and_refused_without_them()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", Body(100, ",walk"));
        var refused = Assert.Throws<InputException>(() => ReaderOf.Csv(path, Options));
        Assert.Contains("no header row", refused.Message);
        Assert.Contains("--columns time=1,ax=2", refused.Remedy);
        var data = ReaderOf.Csv(path, Options with { Columns = "time=1,ax=2,ay=3,az=4,gx=5,gy=6,gz=7,label=8" });
        Assert.Equal(100, data.Report.RowsRead);
        Assert.Equal(8192, data.Recordings[0].Channels[2][0]);
    }

    [Theory]
    [InlineData("0,000,0,9953,0,0156,0,0567,-0,3133,-0,5621,0,4196,standing", "decimal commas")]
    [InlineData("\"1\",0.000,0.9953,0.0156,0.0567,-0.3133,-0.5621,0.4196,standing", "in front of each row")]
    [InlineData("0.000,0.9953,0.0156,0.0567,-0.3133,-0.5621,0.4196,standing,1,2", "has 10 columns, the header has 8")]
    public void A_row_with_more_filled_columns_than_the_header_is_never_read(string row, string reason)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", CsvReaderTests.Table(Header, 100, _ => row));
        Assert.Contains(reason, Assert.Throws<InputException>(() => ReaderOf.Csv(path, Options)).Message);
    }

    [Fact]
    public void A_last_row_that_was_cut_is_left_out_with_a_note_and_one_in_the_middle_is_refused()
    {
        using var folder = new TempFolder();
        var data = ReaderOf.Csv(folder.Write("cut.csv", Rows(Header, 100, ",walk") + "2000,0,0,1"), Options);
        Assert.Equal(100, data.Report.RowsRead);
        Assert.Contains(data.Report.Warnings, warning => warning.Contains("line 102': the last line is cut short"));
        var middle = folder.Write("middle.csv", Rows(Header, 100, ",walk") + "2000,0,0,1\n2020,0,0,1,0,0,0,walk\n");
        Assert.Contains("line 102 has 4 columns", Assert.Throws<InputException>(() => ReaderOf.Csv(middle, Options)).Message);
    }

    [Theory]
    [InlineData("walk.csv.gz")]
    [InlineData("walk.csv")]
    public void Gzip_is_unpacked_whatever_the_file_is_called(string name)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, name);
        using (var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            stream.Write(Encoding.UTF8.GetBytes(Rows(Header, 100, ",walk")));
        }

        var data = ReaderOf.Csv(path, Options);
        Assert.Equal(100, data.Recordings[0].SampleCount);
        Assert.Equal("walk", data.Recordings[0].Name);
    }

    [Fact]
    public void Utf16_is_read_with_comments_before_the_header()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "a.csv");
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            File.WriteAllText(path, "# log\r\n" + Rows(Header, 100, ",walk"), encoding);
            Assert.Equal(100, ReaderOf.Csv(path, Options).Recordings[0].SampleCount);
        }
    }

    [Theory]
    [InlineData("13:53:{0:00}:{1}", 10)]
    [InlineData("2016-03-01 12:34:{0:00}:{1}00", 10)]
    [InlineData("2016-03-01 12:34:{0:00}_{1}00", 10)]
    [InlineData("2016-03-01T12:34:{0:00}.{1}", 10)]
    public void Fractions_of_a_second_after_a_colon_are_tenths_or_milliseconds(string time, int perSecond)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", CsvReaderTests.Table(Header, 300, row =>
            string.Format(CultureInfo.InvariantCulture, time, row / perSecond, row % perSecond) + $",0,0,{1 + row % 3 * 0.001},0,0,{row % 5},walk"));
        Assert.Equal(10, ReaderOf.Csv(path, Options).Recordings[0].Origin!.RateHz, 0.05);
    }

    [Fact]
    public void Several_labels_of_one_sample_of_Edge_Impulse_are_laid_over_its_rows()
    {
        using var folder = new TempFolder();
        folder.Write("info.labels", """
            {"version":1,"files":[{"path":"session.json","label":{"type":"multi-label","labels":[
            {"label":"walking","startIndex":0,"endIndex":299},{"label":"sitting","startIndex":300,"endIndex":499}]}}]}
            """);
        var values = string.Join(',', Enumerable.Range(0, 500).Select(row => FormattableString.Invariant($"[0,0,{9.8 + row % 3 * 0.01},{row % 5},0,{row % 7}]")));
        var sensors = string.Join(',', ((string[])["accX", "accY", "accZ", "gyrX", "gyrY", "gyrZ"])
            .Select(name => $$"""{"units":"{{(name[0] == 'a' ? "m/s2" : "deg/s")}}","name":"{{name}}" }"""));
        folder.Write("session.json", $$"""{"payload":{"device_name":"d","interval_ms":20,"sensors":[{{sensors}}],"values":[{{values}}] } }""");
        var data = DataSetReader.Open(folder.Path);
        var manifest = DataManifest.Of(data);
        Assert.Equal(["SITTING", "WALKING"], data.Classes);
        Assert.Equal([200, 300], manifest.SamplesPerClass);
    }

    [Fact]
    public void What_was_understood_is_told_for_each_kind_of_file_the_odd_one_first()
    {
        using var folder = new TempFolder();
        folder.Write("b.csv", Rows(Header, 100, ",walk"));
        folder.Write("c.csv", Rows(Header, 100, ",walk"));
        folder.Write("odd.csv", Rows("time_ms,acc_x,acc_y,acc_z,gx,gy,gz,label", 100, ",walk"));
        var data = ReaderOf.Csv(folder.Path, Options);
        var table = HarEdge.Trainer.Reports.DataTables.Read(HarEdge.Trainer.Reports.DataTables.ReadAlike(data))[0];
        Assert.Equal(["1", "2"], table.Rows.Select(row => row[0]));
        Assert.Equal(["odd.csv", "time=time_ms ax=acc_x ay=acc_y az=acc_z gx=gx gy=gy gz=gz label=label", "g, deg/s", "ms", "50"], table.Rows[0].Skip(1).Take(5));
    }

    internal static string Rows(string header, int rows, string end) => header + "\n" + Body(rows, end);

    private static string Body(int rows, string end) => string.Concat(Enumerable.Range(0, rows).Select(row =>
        FormattableString.Invariant($"{row * 20},{row % 2 * 0.001},0,1,{row % 3},{row % 5},0{end}\n")));
}
