using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>
/// Whoever does what an error message advises gets a right result, or the next refusal that is true. A follower reads the remedy, does it with what its
/// user knows (columns, units, rate, range), and goes round until the data is read or nothing is advised any more; what is read must be the recording.
/// </summary>
public partial class AdviceTests
{
    private const int MostRounds = 5;

    private const int Rows = 3000;

    private static readonly SensorRange Range = new(4, 500);

    /// <summary>A minute of somebody who sits, turns and walks, in counts.</summary>
    private static readonly short[][] True = [.. SyntheticWearer.Create(new SyntheticOptions { Seed = 5, Subjects = 2 }).Recordings[0].Channels.Select(channel => channel[..Rows])];

    private static readonly Dictionary<string, double> PerG = new() { ["g"] = 1, ["mg"] = 1000, ["m/s2"] = 9.80665, ["counts"] = 8192, ["counts2"] = 16384, ["counts16"] = 2048 };

    private static readonly Dictionary<string, double> PerDps = new() { ["deg/s"] = 1, ["mdps"] = 1000, ["rad/s"] = Math.PI / 180, ["counts"] = 65.5, ["counts250"] = 131, ["counts2000"] = 16.4 };

    public static TheoryData<string, string?, string, string?> WrongUnits
    {
        get
        {
            var data = new TheoryData<string, string?, string, string?>();
            string?[] accels = ["g", "mg", "m/s2", "counts", null];
            string?[] gyros = ["rad/s", "deg/s", "mdps", "counts", null];
            foreach (var stated in accels)
            {
                foreach (var truth in PerG.Keys)
                {
                    data.Add(truth, stated, truth.StartsWith("counts", StringComparison.Ordinal) ? "counts" : "deg/s", truth.StartsWith("counts", StringComparison.Ordinal) ? "counts" : "deg/s");
                }
            }

            foreach (var stated in gyros)
            {
                foreach (var truth in PerDps.Keys)
                {
                    data.Add("m/s2", "m/s2", truth, stated);
                }
            }

            foreach ((var accel, var gyro) in accels.Zip(gyros.Reverse()))
            {
                data.Add("m/s2", accel, "rad/s", gyro);
                data.Add("g", accel, "deg/s", gyro);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(WrongUnits))]
    public void Advice_on_units_ends_at_the_recording_or_at_a_note(string accel, string? statedAccel, string gyro, string? statedGyro)
    {
        using var folder = new TempFolder();
        var options = new ReaderOptions
        {
            AccelUnit = statedAccel is null ? null : UnitNames.ParseAccel(statedAccel), GyroUnit = statedGyro is null ? null : UnitNames.ParseGyro(statedGyro),
        };
        var user = new Follower(folder, accel, gyro, "time_ms,ax,ay,az,gx,gy,gz,label", row => (row * 20).ToString(CultureInfo.InvariantCulture));
        user.Follow(options);
        Assert.True(user.IsRight() || user.Notes.Any(note => note.Contains("gyroscope", StringComparison.Ordinal) || note.Contains("accelerometer", StringComparison.Ordinal) || note.Contains("ranges", StringComparison.Ordinal)), user.Story);
    }

    [Theory]
    [InlineData("a counter", "row,ax,ay,az,gx,gy,gz", "{row}", "time=row")]
    [InlineData("seconds", "t,ax,ay,az,gx,gy,gz", "{s}", "")]
    [InlineData("seconds since 1970", "timestamp,ax,ay,az,gx,gy,gz", "{epoch}", "")]
    [InlineData("microseconds", "time,ax,ay,az,gx,gy,gz", "{us}", "")]
    [InlineData("nanoseconds", "time,ax,ay,az,gx,gy,gz", "{ns}", "")]
    [InlineData("stuck clock", "time,ax,ay,az,gx,gy,gz", "{stuck}", "")]
    [InlineData("no clock", "nr_x,ax,ay,az,gx,gy,gz", "{row}", "")]
    [InlineData("no names", "", "{ms}", "")]
    [InlineData("other names", "time,p,q,r,u,v,w", "{ms}", "")]
    [InlineData("one other name", "time,ax,ay,az,gx,gy,roll", "{ms}", "")]
    [InlineData("accelerometer under another name", "time,p,q,r,gx,gy,gz", "{ms}", "")]
    public void Advice_on_columns_and_clocks_ends_at_the_recording(string what, string header, string time, string columns)
    {
        using var folder = new TempFolder();
        var user = new Follower(folder, "g", "deg/s", header, row => time switch
        {
            "{row}" => row.ToString(CultureInfo.InvariantCulture),
            "{s}" => (row * 0.02).ToString("0.00", CultureInfo.InvariantCulture),
            "{epoch}" => (1700000000 + row * 0.02).ToString("0.00", CultureInfo.InvariantCulture),
            "{us}" => (row * 20000L).ToString(CultureInfo.InvariantCulture),
            "{ns}" => (row * 20000000L).ToString(CultureInfo.InvariantCulture),
            "{stuck}" => "7",
            _ => (row * 20).ToString(CultureInfo.InvariantCulture),
        });
        user.Follow(new ReaderOptions { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond, Columns = columns.Length > 0 ? columns : null });
        Assert.True(user.IsRight(), $"{what}: {user.Story}");
    }

    [Fact]
    public void Advice_to_leave_a_file_out_reads_the_others()
    {
        using var folder = new TempFolder();
        var user = new Follower(folder, "g", "deg/s", "time_ms,ax,ay,az,gx,gy,gz,label", row => (row * 20).ToString(CultureInfo.InvariantCulture));
        folder.Write("tables/b/broken one.csv", "time_ms,ax,ay,az,gx,gy,gz,label\n0,1,2\n20,1,2,3,4,5,6,a\n");
        user.Follow(new ReaderOptions { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond });
        Assert.True(user.IsRight(), user.Story);
        Assert.Contains(user.Notes, note => note.Contains("1 of 2 files were left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Slow_rows_are_refused_whatever_is_advised()
    {
        using var folder = new TempFolder();
        var user = new Follower(folder, "g", "deg/s", "time,ax,ay,az,gx,gy,gz", row => row.ToString(CultureInfo.InvariantCulture), secondsPerRow: 1);
        user.Follow(new ReaderOptions { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond });
        Assert.Contains("too slow to learn movements from", user.Story);
        Assert.Null(user.Read);
    }

    /// <summary>Somebody who knows the truth about a file, and does what the messages say.</summary>
    private sealed partial class Follower
    {
        private readonly string path;
        private readonly string accel;
        private readonly string gyro;
        private readonly string header;
        private readonly Func<int, string> time;
        private readonly double secondsPerRow;
        private double accelDivisor = 1;

        public Follower(TempFolder folder, string accel, string gyro, string header, Func<int, string> time, double secondsPerRow = 0.02)
        {
            (this.accel, this.gyro, this.header, this.time, this.secondsPerRow) = (accel, gyro, header, time, secondsPerRow);
            path = folder.Write("tables/a/walk.csv", "");
            Write();
        }

        public DataSet? Read { get; private set; }

        public IReadOnlyList<string> Notes => Read?.Report.Warnings ?? [];

        public string Story { get; private set; } = "";

        public void Follow(ReaderOptions options)
        {
            for (var round = 0; round < MostRounds; round++)
            {
                try
                {
                    Read = DataSetReader.Open(Path.GetDirectoryName(Path.GetDirectoryName(path))!, options);
                    Story += $"\nread with {options.AccelUnit} {options.GyroUnit}: {string.Join(" | ", Notes)}";
                    return;
                }
                catch (InputException error)
                {
                    Story += $"\n{error.Message} => {error.Remedy}";
                    var next = Do(options, error.Remedy!);
                    if (next == options && accelDivisor == 1)
                    {
                        return;
                    }

                    options = next;
                }
            }

            Story += "\n(the advice goes in a circle)";
            Read = null;
        }

        /// <summary>Whether the counts are those of the recording, to two percent of full scale of what is usual (gravity, 100 °/s).</summary>
        public bool IsRight() => Read is { Recordings: [var recording] } && recording.SampleCount == Rows
            && Enumerable.Range(0, 6).All(channel => Enumerable.Range(0, Rows).All(row =>
                Math.Abs(recording.Channels[channel][row] - True[channel][row]) <= (channel < 3 ? 160 : 130)));

        private ReaderOptions Do(ReaderOptions options, string remedy)
        {
            if (DividedBy().Match(remedy) is { Success: true } divided)
            {
                accelDivisor = double.Parse(divided.Groups[1].Value, CultureInfo.InvariantCulture);
                Write();
                return options with { AccelUnit = AccelUnit.G };
            }

            if (CountedAt().Match(remedy) is { Success: true } counted)
            {
                return options with { CountsRange = new SensorRange(int.Parse(counted.Groups[1].Value, CultureInfo.InvariantCulture), (options.CountsRange ?? Range).GyroDps) };
            }

            if (Concrete("accel-unit").Match(remedy) is { Success: true } one)
            {
                return options with { AccelUnit = UnitNames.ParseAccel(one.Groups[1].Value) };
            }

            if (Concrete("gyro-unit").Match(remedy) is { Success: true } other)
            {
                return options with { GyroUnit = UnitNames.ParseGyro(other.Groups[1].Value) };
            }

            if (remedy.Contains("--accel-unit", StringComparison.Ordinal))
            {
                return options with { AccelUnit = UnitNames.ParseAccel(Kind(accel)), CountsRange = RangeOfCounts() };
            }

            if (remedy.Contains("--gyro-unit", StringComparison.Ordinal))
            {
                return options with { GyroUnit = UnitNames.ParseGyro(Kind(gyro)), CountsRange = RangeOfCounts() };
            }

            if (remedy.Contains("--leave-out ", StringComparison.Ordinal))
            {
                return options with { LeaveOut = [remedy[(remedy.IndexOf("--leave-out ", StringComparison.Ordinal) + 12)..].Trim('\'', '"')] };
            }

            if (remedy.Contains("--rate", StringComparison.Ordinal) && options.RateHz is null)
            {
                return options with { RateHz = 1 / secondsPerRow };
            }

            return remedy.Contains("--columns", StringComparison.Ordinal) && options.Columns is null ? options with { Columns = Columns(remedy) } : options;
        }

        /// <summary>Only what the message names, from what the user knows: the order of the columns.</summary>
        private string Columns(string remedy)
        {
            var names = header.Length == 0 ? ["1", "2", "3", "4", "5", "6", "7"] : header.Split(',');
            return string.Join(',', new[] { "time", "ax", "ay", "az", "gx", "gy", "gz" }.Zip(names).Where(pair => remedy.Contains(pair.First + "=", StringComparison.Ordinal)).Select(pair => $"{pair.First}={pair.Second}"));
        }

        private SensorRange? RangeOfCounts() => accel.Length > 6 || gyro.Length > 6
            ? new SensorRange(accel is "counts2" ? 2 : accel is "counts16" ? 16 : 4, gyro is "counts250" ? 250 : gyro is "counts2000" ? 2000 : 500) : null;

        private void Write()
        {
            var text = new StringBuilder(header.Length > 0 ? header + "\n" : "");
            var hasLabel = header.EndsWith("label", StringComparison.Ordinal);
            for (var row = 0; row < Rows; row++)
            {
                text.Append(time(row));
                for (var channel = 0; channel < 6; channel++)
                {
                    var physical = True[channel][row] / (channel < 3 ? 8192 : 65.5);
                    var value = physical * (channel < 3 ? PerG[accel] / accelDivisor : PerDps[gyro]);
                    var isCounts = (channel < 3 ? accel : gyro).StartsWith("counts", StringComparison.Ordinal) && (channel >= 3 || accelDivisor == 1);
                    text.Append(CultureInfo.InvariantCulture, $",{(isCounts ? Math.Clamp(Math.Round(value), short.MinValue, short.MaxValue) : value):0.########}");
                }

                text.Append(hasLabel ? $",{(row < Rows / 2 ? "a" : "b")}\n" : "\n");
            }

            File.WriteAllText(path, text.ToString());
        }

        private static string Kind(string unit) => unit.StartsWith("counts", StringComparison.Ordinal) ? "counts" : unit;

        private static Regex Concrete(string option) => new($@"--{option} (g|mg|m/s2|rad/s|deg/s|mdps|counts)\.", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

        [GeneratedRegex("--file-accel-range ([0-9]+)")]
        private static partial Regex CountedAt();

        [GeneratedRegex("columns by ([0-9]+)")]
        private static partial Regex DividedBy();
    }
}
