using System.Globalization;
using System.Text;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>Sessions in a file a sensor, as phones' loggers write them.</summary>
public class SensorPairsTests
{
    private const double G = 9.80665;

    public static TheoryData<string, string, string, string, string, double, double> Loggers => new()
    {
        // phyphox, old and new headers; Sensor Logger; MetaWear; pairs by name; by folder; HHAR.
        { "phyphox old", "Accelerometer.csv", "\"Time (s)\",\"X (m/s^2)\",\"Y (m/s^2)\",\"Z (m/s^2)\"", "Gyroscope.csv", "\"Time (s)\",\"X (rad/s)\",\"Y (rad/s)\",\"Z (rad/s)\"", 1, 1 },
        {
            "phyphox", "Accelerometer.csv", "\"Time (s)\",\"Acceleration x (m/s^2)\",\"Acceleration y (m/s^2)\",\"Acceleration z (m/s^2)\"",
            "Gyroscope.csv", "\"Time (s)\",\"Gyroscope x (rad/s)\",\"Gyroscope y (rad/s)\",\"Gyroscope z (rad/s)\"", 1, 1
        },
        { "Sensor Logger", "TotalAcceleration.csv", "time,seconds_elapsed,z,y,x", "Gyroscope.csv", "time,seconds_elapsed,z,y,x", 1e9, 1 },
        {
            "MetaWear", "MetaWear_2020-01-01T10.00.00.000_D00_Accelerometer_100.000Hz_1.7.3.csv", "epoch (ms),elapsed (s),x-axis (g),y-axis (g),z-axis (g)",
            "MetaWear_2020-01-01T10.00.00.000_D00_Gyroscope_50.000Hz_1.7.3.csv", "epoch (ms),elapsed (s),x-axis (deg/s),y-axis (deg/s),z-axis (deg/s)", 1e3, 1
        },
        { "by name", "anna_walk_acc.csv", "timestamp,acc_x,acc_y,acc_z", "anna_walk_gyr.csv", "timestamp,gyr_x,gyr_y,gyr_z", 1e3, 1 },
        { "by folder", "accel/anna.csv", "t,x,y,z", "gyro/anna.csv", "t,x,y,z", 1, 1 },
        { "HHAR", "Phones_accelerometer.csv", "Arrival_Time,x,y,z,User,gt", "Phones_gyroscope.csv", "Arrival_Time,x,y,z,User,gt", 1e3, 1 },
    };

    [Theory]
    [MemberData(nameof(Loggers))]
    public void Accelerometer_and_gyroscope_of_one_session_become_one_recording(
        string logger, string accelFile, string accelHeader, string gyroFile, string gyroHeader, double unitsPerSecond, double scale)
    {
        using var folder = new TempFolder();
        var isMetric = logger is not "MetaWear";
        folder.Write(accelFile, Table(accelHeader, 100, unitsPerSecond, 0, scale * (isMetric ? G : 1), isGyro: false));
        folder.Write(gyroFile, Table(gyroHeader, 60, unitsPerSecond, 0.004, isMetric ? 1 : 180 / Math.PI, isGyro: true));
        folder.Write("meta/device.csv", "property,value\nversion,1\n");
        if (logger == "Sensor Logger")
        {
            folder.Write("Accelerometer.csv", Table(accelHeader, 100, unitsPerSecond, 0, G, isGyro: true));
            folder.Write("AccelerometerUncalibrated.csv", Table(accelHeader, 100, unitsPerSecond, 0, G, isGyro: false));
            folder.Write("GyroscopeUncalibrated.csv", Table(gyroHeader, 100, unitsPerSecond, 0, 1, isGyro: true));
            folder.Write("Gravity.csv", Table(accelHeader, 100, unitsPerSecond, 0, G, isGyro: false));
        }

        var set = DataSetReader.Open(folder.Path, new ReaderOptions
        {
            AccelUnit = isMetric ? AccelUnit.MetersPerSecondSquared : null, GyroUnit = isMetric ? GyroUnit.RadiansPerSecond : null,
        });
        var recording = Assert.Single(set.Recordings);
        Assert.InRange(recording.Origin!.RateHz, 99.5, 100.5);
        Assert.Equal(0, recording.Origin.LongGaps);
        Assert.InRange(recording.SampleCount, 495, 501);
        Assert.All(Enumerable.Range(25, 450), sample =>
        {
            // Half a g at 0.5 Hz on x, half a rad/s of the same phase about y.
            var swing = Math.Sin(Math.PI * sample / 50);
            Assert.InRange(recording.Channels[0][sample], 4096 * swing - 60, 4096 * swing + 60);
            Assert.InRange(recording.Channels[4][sample], 0.5 * 180 / Math.PI * 65.5 * swing - 60, 0.5 * 180 / Math.PI * 65.5 * swing + 60);
        });
        Assert.Contains(set.Report.Warnings, warning => warning.Contains("joined by time (1 pairs", StringComparison.Ordinal));
        Assert.Contains(set.Report.Warnings, warning => warning.Contains("tables of other sensors were left aside", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_with_both_sensors_needs_no_partner()
    {
        using var folder = new TempFolder();
        folder.Write("walk_acc.csv", "t,ax,ay,az,gyr_x,gyr_y,gyr_z\n" + string.Concat(Enumerable.Range(0, 200).Select(row => FormattableString.Invariant($"{row / 50.0},{row % 2 * 0.01},0,1,{row % 3},0,0\n"))));
        Assert.Single(DataSetReader.Open(folder.Path, new ReaderOptions { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond }).Recordings);
    }

    [Fact]
    public void Files_of_two_sessions_are_not_joined()
    {
        using var folder = new TempFolder();
        folder.Write("Accelerometer.csv", Table("t,x,y,z", 100, 1, 0, G, isGyro: false));
        folder.Write("Gyroscope.csv", Table("t,x,y,z", 100, 1, 3600, 1, isGyro: true));
        Assert.Contains("lie within the time of the gyroscope", Assert.Throws<InputException>(() => DataSetReader.Open(
            folder.Path, new ReaderOptions { AccelUnit = AccelUnit.MetersPerSecondSquared, GyroUnit = GyroUnit.RadiansPerSecond })).Message);
    }

    [Fact]
    public void Sensors_that_take_turns_in_one_table_at_different_rates_are_joined()
    {
        using var folder = new TempFolder();
        var rows = new List<(double Time, string Row)>();
        for (var row = 0; row < 1000; row++)
        {
            rows.Add((row / 100.0, FormattableString.Invariant($"{row * 10},{0.5 * Math.Sin(Math.PI * row / 100):0.00000},{row % 2 * 0.001},1,,,")));
        }

        for (var row = 0; row < 500; row++)
        {
            var time = row / 50.0 + 0.003;
            rows.Add((time, FormattableString.Invariant($"{time * 1000:0},,,,{row % 2 * 0.1},{28 * Math.Sin(Math.PI * time):0.00000},0")));
        }

        var path = folder.Write("walk.csv", "time_ms,ax,ay,az,gx,gy,gz\n" + string.Join('\n', rows.OrderBy(row => row.Time).Select(row => row.Row)) + "\n");
        var recording = DataSetReader.Open(path, new ReaderOptions { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond }).Recordings[0];
        Assert.InRange(recording.Origin!.RateHz, 99.5, 100.5);
        Assert.All(Enumerable.Range(25, 450), sample =>
        {
            Assert.InRange(recording.Channels[0][sample], 4096 * Math.Sin(Math.PI * sample / 50) - 60, 4096 * Math.Sin(Math.PI * sample / 50) + 60);
            Assert.InRange(recording.Channels[4][sample], 28 * 65.5 * Math.Sin(Math.PI * sample / 50) - 60, 28 * 65.5 * Math.Sin(Math.PI * sample / 50) + 60);
        });
    }

    [Fact]
    public void An_accelerometers_table_alone_is_read_as_one()
    {
        using var folder = new TempFolder();
        folder.Write("Accelerometer.csv", Table("time,seconds_elapsed,z,y,x", 100, 1e9, 0, G, isGyro: false));
        var recording = DataSetReader.Open(folder.Path, new ReaderOptions { AccelUnit = AccelUnit.MetersPerSecondSquared }).Recordings[0];
        Assert.False(recording.HasGyroscope);
        Assert.InRange(recording.Channels[2][100], 8180, 8200);
    }

    [Theory]
    [InlineData("time,gFx,gFy,gFz,ax,ay,az,wx,wy,wz,Bx", "{t},{a},0.01,1,5,5,5,0.01,{g},0.02,40")]
    [InlineData("loggingTime(txt),accelerometerAccelerationX(G),accelerometerAccelerationY(G),accelerometerAccelerationZ(G),gyroRotationX(rad/s),gyroRotationY(rad/s),gyroRotationZ(rad/s)", "{d},{a},0.01,1,0.01,{g},0.02")]
    [InlineData("PacketCounter,SampleTimeFine,Euler_X,Euler_Y,Euler_Z,Acc_X (g),Acc_Y (g),Acc_Z (g),Gyr_X (rad/s),Gyr_Y (rad/s),Gyr_Z (rad/s)", "7,{u},1,2,3,{a},0.01,1,0.01,{g},0.02")]
    public void Loggers_of_phones_and_bands_need_no_options(string header, string form)
    {
        using var folder = new TempFolder();
        var text = new StringBuilder(header).Append('\n');
        for (var row = 0; row < 500; row++)
        {
            var time = row / 50.0;
            text.Append(form.Replace("{t}", time.ToString("0.000", CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{u}", (1000000 + row * 20000).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{d}", new DateTime(2024, 5, 1, 10, 0, 0).AddSeconds(time).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+01:00'", CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{a}", (0.5 * Math.Sin(Math.PI * time) + row % 2 * 0.001).ToString("0.0000", CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{g}", (0.5 * Math.Sin(Math.PI * time)).ToString("0.0000", CultureInfo.InvariantCulture), StringComparison.Ordinal)).Append('\n');
        }

        var recording = DataSetReader.Open(folder.Write("log.csv", text.ToString())).Recordings[0];
        Assert.Equal(500, recording.SampleCount);
        Assert.InRange(recording.Channels[0][125], 4096 - 20, 4096 + 20);
        Assert.InRange(recording.Channels[2][125], 8190, 8194);
        Assert.InRange(recording.Channels[4][125], 0.5 * 180 / Math.PI * 65.5 - 5, 0.5 * 180 / Math.PI * 65.5 + 5);
    }

    [Fact]
    public void An_option_that_contradicts_a_header_wins_and_is_told()
    {
        using var folder = new TempFolder();
        var path = folder.Write("walk.csv", "time_ms,ax_mg,ay_mg,az_mg,gx_dps,gy_dps,gz_dps\n"
            + string.Concat(Enumerable.Range(0, 200).Select(row => FormattableString.Invariant($"{row * 20},{row % 2 * 0.01},0,1,{row % 3},0,0\n"))));
        var set = DataSetReader.Open(path, new ReaderOptions { AccelUnit = AccelUnit.G });
        Assert.InRange(set.Recordings[0].Channels[2][50], 8190, 8194);
        Assert.Contains(set.Report.Warnings, warning => warning.Contains("gives mg for the accelerometer; it was read in g, as stated", StringComparison.Ordinal));
        Assert.DoesNotContain(set.Report.Warnings, warning => warning.Contains("for the gyroscope; it was read", StringComparison.Ordinal));
    }

    private static string Table(string header, double rateHz, double unitsPerSecond, double start, double factor, bool isGyro)
    {
        string[] names = [.. header.Split(',').Select(name => name.Trim('"').ToLowerInvariant())];
        var text = new StringBuilder(header).Append('\n');
        for (var row = 0; row < 10 * rateHz; row++)
        {
            var time = start + row / rateHz;
            var swing = 0.5 * Math.Sin(Math.PI * time);
            double[] values = isGyro ? [row % 2 * 0.001, swing, 0] : [swing, row % 2 * 0.001, 1];
            text.AppendJoin(',', names.Select((name, place) =>
            {
                var axis = "xyz".IndexOf(name[0], StringComparison.Ordinal) is var bare and >= 0 ? bare : "xyz".IndexOf(name.Split(' ', '_', '(').LastOrDefault(word => word is "x" or "y" or "z") ?? "-", StringComparison.Ordinal);
                return name.StartsWith("user", StringComparison.Ordinal) ? "a" : name == "gt" ? (row < 5 * rateHz ? "stand" : "walk")
                    : name.Contains("elapsed", StringComparison.Ordinal) ? time.ToString("0.0000", CultureInfo.InvariantCulture)
                    : axis >= 0 ? (factor * values[axis]).ToString("0.000000", CultureInfo.InvariantCulture)
                    : (unitsPerSecond > 1 ? 1.6e9 * unitsPerSecond + Math.Round(time * unitsPerSecond) : time).ToString("0.####", CultureInfo.InvariantCulture);
            })).Append('\n');
        }

        return text.ToString();
    }
}
