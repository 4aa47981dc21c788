using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Tests.Datasets;

public class EvidenceTests
{
    private const string Header = "time,ax,ay,az,gx,gy,gz,label";

    private static readonly ReaderOptions Options = new() { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond };

    /// <summary>A sitting wearer: the sensor's noise and nothing else.</summary>
    private static string Rest(int rows, double g = 1, double dps = 1, int from = 0) => Rows(rows, from, (row, noise) =>
        (0.002 * noise() * g, 0.2 * g + 0.002 * noise() * g, 0.98 * g + 0.002 * noise() * g, dps * noise(), dps * noise(), dps * noise()));

    /// <summary>A runner's wrist: 2.2 g on average and never at rest.</summary>
    private static string Run(int rows) => Rows(rows, 0, (row, noise) =>
        (2 + 1.5 * Math.Sin(0.35 * row), 0.4 * noise(), 0.3 + 0.4 * noise(), 100 * Math.Sin(0.35 * row), 60 * noise(), 50));

    /// <summary>A sensor that tumbles slowly about its x axis: gravity turns as the gyroscope says, times <paramref name="scale"/>.</summary>
    private static string Tumble(int rows, double scale) => Rows(rows, 0, (row, noise) =>
        (0.01 * noise(), Math.Sin(0.02 * row), Math.Cos(0.02 * row), 0.02 * 50 * 180 / Math.PI / scale + 0.1 * noise(), 0.1 * noise(), 0.1 * noise()));

    [Fact]
    public void A_file_without_rest_says_nothing_of_units_and_is_read()
    {
        var data = Read(Options, ("run.csv", Run(500)));
        Assert.Equal(500, data.Report.SamplesWritten);
        Assert.Contains(data.Report.Warnings, note => note.Contains("at rest"));
    }

    [Fact]
    public void One_odd_file_is_named_and_stays_and_is_left_out_when_told()
    {
        (string, string)[] files = [("anna.csv", Rest(300)), ("ben.csv", Rest(300)), ("cleo.csv", Run(300)), ("odd.csv", Rest(300, 9.80665))];
        var data = Read(Options with { AsStated = false }, files);
        Assert.Equal(4, data.Recordings.Count);
        Assert.Contains(data.Report.Warnings, note => note.Contains("odd.csv") && note.Contains("--leave-out odd.csv"));
        var without = Read(Options with { LeaveOut = ["odd.csv"] }, files);
        Assert.Equal(3, without.Recordings.Count);
        Assert.DoesNotContain(without.Report.Warnings, note => note.Contains("9.8"));
    }

    [Fact]
    public void Files_that_cannot_be_read_are_told_together_and_left_out_when_told()
    {
        (string, string)[] files = [("a.csv", Rest(300)), ("bad.csv", Header + "\n0,zero,0,1,0,0,0,SIT\n"), ("worse.csv", "")];
        var error = Fails(Options, files);
        Assert.Contains("2 of 3 files cannot be read", error.Message);
        Assert.Contains("--leave-out bad.csv worse.csv", error.Remedy);
        Assert.Single(Read(Options with { LeaveOut = ["bad.csv", "worse.csv"] }, files).Recordings);
        Assert.Contains("to leave out", Fails(Options with { LeaveOut = ["nobody.csv"] }, files).Message);
    }

    [Theory]
    [InlineData(1000, 1, "--accel-unit mg")]
    [InlineData(1, 1000, "--gyro-unit mdps")]
    [InlineData(9.80665, 1, "--accel-unit m/s2")]
    public void A_unit_that_rest_contradicts_is_named_and_the_advice_reads_the_file(double g, double dps, string advice)
    {
        var file = ("a.csv", Rest(400, g, dps));
        Assert.Contains(advice, Fails(Options, file).Remedy);
        var advised = advice.Contains("accel")
            ? Options with { AccelUnit = UnitNames.ParseAccel(advice.Split(' ')[1]) }
            : Options with { GyroUnit = UnitNames.ParseGyro(advice.Split(' ')[1]) };
        var data = Read(advised, file);
        Assert.InRange(data.Recordings[0].Channels[2][100], 7950, 8110);
        Assert.InRange(data.Recordings[0].Channels[3][100], -70, 70);
        Assert.Contains(Read(Options with { AsStated = true }, file).Report.Warnings, note => note.Contains("read as stated"));
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(57.3, "--gyro-unit rad/s")]
    [InlineData(0.001, "--gyro-unit mdps")]
    public void The_direction_of_gravity_gives_the_unit_of_the_gyroscope(double scale, string? advice)
    {
        var file = ("a.csv", Tumble(600, scale));
        if (advice is null)
        {
            Assert.DoesNotContain(Read(Options, file).Report.Warnings, note => note.Contains("gyroscope"));
        }
        else
        {
            Assert.Contains(advice, Fails(Options, file).Remedy);
        }
    }

    [Fact]
    public void A_range_taken_for_another_and_axes_turned_round_are_warnings()
    {
        Assert.Contains(Read(Options, ("a.csv", Tumble(600, 0.5))).Report.Warnings, note => note.Contains("gravity turns 0.5"));
        Assert.Contains(Read(Options, ("a.csv", Tumble(600, -1))).Report.Warnings, note => note.Contains("signs or the order of its axes"));
    }

    [Fact]
    public void More_than_a_hundredth_beyond_full_scale_is_a_warning_and_more_than_a_tenth_an_error_that_can_be_overridden()
    {
        string Wide(double share) => Rest(100) + Rows(900, 100, (row, noise) => (noise() < 6 * share - 1 ? 6 : 0.3 * noise(), 0, 1 + 0.2 * noise(), 40 * noise(), 30, 20 * noise()))[(Header.Length + 1)..];
        Assert.Contains(Read(Options, ("a.csv", Wide(0.05))).Report.Warnings, note => note.Contains("--accel-range 8"));
        Assert.Contains("--as-stated", Fails(Options, ("a.csv", Wide(0.2))).Remedy);
        Assert.NotEmpty(Read(Options with { AsStated = true }, ("a.csv", Wide(0.2))).Recordings);
        Assert.Equal(0, Read(Options with { Range = new SensorRange(8, 500) }, ("a.csv", Wide(0.2))).Report.ValuesClipped);
    }

    [Fact]
    public void Counts_that_came_without_their_sign_are_named_where_the_reader_does_not_mend_them()
    {
        var units = new FileUnits(AccelUnit.Counts, GyroUnit.Counts, new SensorRange(4, 500));
        var signal = new RawSignal
        {
            Name = "a",
            Subject = "anna",
            RateHz = 50,
            Values = [.. Enumerable.Range(0, 6).Select(channel => Enumerable.Range(0, 200).Select(row => (65500 + row % 30) * units.Factor(channel)).ToArray())],
            Labels = new short[200],
            Units = units,
            Origin = new RecordingOrigin { FileName = "a.json" },
        };
        Assert.Contains("two's complement", UnitVerdict.Of([new SignalEvidence(signal)], new ImportTally())!.Message);
    }

    [Theory]
    [InlineData("0,0,0,0,0,0")]
    [InlineData("0.9,0.1,0.3,10,20,-5")]
    public void A_dead_stretch_is_cut_out_and_told_with_its_first_row(string dead)
    {
        var lines = Run(600).Split('\n');
        for (var row = 200; row < 380; row++)
        {
            lines[row + 1] = $"{row * 20},{dead},SIT";
        }

        var data = Read(Options, ("a.csv", string.Join('\n', lines)));
        Assert.InRange(data.Report.RowsDead, 179, 180);
        Assert.Equal(2, data.Recordings[0].Runs.Count);
        Assert.InRange(data.Recordings[0].Runs[0].End, 200, 201);
        Assert.Equal(380, data.Recordings[0].Runs[1].Start);
        Assert.Contains(data.Report.Warnings, note => note.Contains($"row {(dead[1] == ',' ? 201 : 202)} of"));
    }

    [Fact]
    public void A_single_row_of_zeros_or_of_all_ones_on_the_bus_is_filled()
    {
        var lines = Rows(300, 0, (row, noise) => (100 + Math.Round(5 * noise()), 200, 8190 + Math.Round(20 * noise()), 3, 4, 5)).Split('\n');
        lines[101] = "2000,0,0,0,0,0,0,SIT";
        lines[151] = "3000,-1,-1,-1,-1,-1,-1,SIT";
        var data = Read(new ReaderOptions { AccelUnit = AccelUnit.Counts, GyroUnit = GyroUnit.Counts }, ("a.csv", string.Join('\n', lines)));
        Assert.Equal(2, data.Report.RowsDead);
        Assert.Equal(2, data.Report.SamplesInterpolated);
        Assert.InRange(data.Recordings[0].Channels[2][100], 8100, 8300);
        Assert.InRange(data.Recordings[0].Channels[2][150], 8100, 8300);
    }

    [Theory]
    [InlineData("0", "1", null, "counts rows")]
    [InlineData("1767225600", "1", null, "1 Hz: too slow")]
    [InlineData("5.01", "1.003", null, "--time-unit")]
    [InlineData("0", "0.1", 10.0, null)]
    [InlineData("0", "0.2", 5.0, null)]
    public void Counters_and_slow_clocks_are_named_and_not_stretched(string start, string step, double? rateHz, string? refusal)
    {
        var first = decimal.Parse(start, System.Globalization.CultureInfo.InvariantCulture);
        var by = decimal.Parse(step, System.Globalization.CultureInfo.InvariantCulture);
        var rows = Rest(100).Split('\n');
        var table = string.Join('\n', rows.Select((line, row) => row == 0 || line.Length == 0 ? line
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{first + row * by}{line[line.IndexOf(',')..]}")));
        if (refusal is not null)
        {
            var error = Fails(Options, ("a.csv", table));
            Assert.Contains(refusal, error.Message + error.Remedy);
            return;
        }

        var data = Read(Options, ("a.csv", table));
        Assert.Equal(rateHz!.Value, data.Recordings[0].Origin!.RateHz, 6);
        Assert.Contains(data.Report.Warnings, note => note.Contains("less than 40 Hz"));
    }

    [Fact]
    public void A_stated_rate_wins_over_the_timestamps_and_a_note_says_what_these_show()
    {
        var data = Read(Options with { RateHz = 25 }, ("a.csv", Rest(300)));
        Assert.Equal(25, data.Recordings[0].Origin!.RateHz);
        Assert.Equal(50, data.Recordings[0].Origin!.StampRateHz!.Value, 6);
        Assert.Contains(data.Report.Warnings, note => note.Contains("stated 25 Hz") && note.Contains("show 50 Hz"));
        Assert.InRange(data.Report.SamplesWritten, 598, 600);
    }

    private static string Rows(int rows, int from, Func<int, Func<double>, (double, double, double, double, double, double)> values)
    {
        var random = new Random(1);
        return CsvReaderTests.Table(Header, rows, index =>
        {
            var row = from + index;
            (var ax, var ay, var az, var gx, var gy, var gz) = values(row, () => 2 * random.NextDouble() - 1);
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row * 20},{ax:0.#####},{ay:0.#####},{az:0.#####},{gx:0.#####},{gy:0.#####},{gz:0.#####},SIT");
        });
    }

    private static DataSet Read(ReaderOptions options, params (string Name, string Table)[] files)
    {
        using var folder = new TempFolder();
        foreach ((var name, var table) in files)
        {
            folder.Write(name, table);
        }

        return ReaderOf.Csv(folder.Path, options);
    }

    private static InputException Fails(ReaderOptions options, params (string Name, string Table)[] files) =>
        Assert.Throws<InputException>(() => Read(options, files));
}
