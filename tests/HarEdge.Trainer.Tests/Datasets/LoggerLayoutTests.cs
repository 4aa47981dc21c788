using System.Globalization;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>
/// Tables with the header rows that public loggers write (taken from files of theirs, or their manuals), the values made up: gravity on y, 20 °/s about z, 50 Hz, six seconds.
/// </summary>
public class LoggerLayoutTests
{
    private const int Rows = 300;

    [Theory]
    [InlineData("SensorLog", "loggingTime(txt),accelerometerTimestamp_sinceReboot(s),accelerometerAccelerationX(G),accelerometerAccelerationY(G),accelerometerAccelerationZ(G),motionRotationRateX(rad/s),motionRotationRateY(rad/s),motionRotationRateZ(rad/s)",
        "{iso}+02:00,{s},{x},{y},{z},{p},{q},{r}", 1, Math.PI / 180)]
    [InlineData("MetaWear", "epoc (ms),timestamp (+0200),elapsed (s),x-axis (g),y-axis (g),z-axis (g)", "{epoch},{iso},{s},{x},{y},{z}", 1, 0)]
    [InlineData("Movella DOT", "DeviceTag:,left\nFirmwareVersion:,2.1.0\nSyncStatus:,Unsynced\n\nPacketCounter,SampleTimeFine,Acc_X,Acc_Y,Acc_Z,Gyr_X,Gyr_Y,Gyr_Z", "{row},{us},{x},{y},{z},{p},{q},{r}", 9.80665, 1)]
    [InlineData("Polar", "Phone timestamp;sensor timestamp [ns];X [mg];Y [mg];Z [mg]", "{iso};{ns};{x};{y};{z}", 1000, 0)]
    [InlineData("ActiGraph", "------------ Data File Created By ActiGraph GT9X -----------\nSerial Number: X\nEpoch Period (hh:mm:ss) 00:00:00\n---------\nTimestamp,Accelerometer X,Accelerometer Y,Accelerometer Z", "{us_date},{x},{y},{z}", 1, 0)]
    [InlineData("WitMotion", "Time(s)\tax(g)\tay(g)\taz(g)\twx(deg/s)\twy(deg/s)\twz(deg/s)", "{clock}\t{x}\t{y}\t{z}\t{p}\t{q}\t{r}", 1, 1)]
    [InlineData("sketch of an MPU6050", "AcX,AcY,AcZ,GyX,GyY,GyZ,ms", "{x},{y},{z},{p},{q},{r},{ms}", 8192, 65.5)]
    [InlineData("WISDM as a table", "user,activity,timestamp,x-axis,y-axis,z-axis", "33,Jogging,{ns},{x},{y},{z}", 9.80665, 0)]
    [InlineData("Physics Toolbox", "time,gFx,gFy,gFz,TgF", "{colon},{x},{y},{z},1", 1, 0)]
    [InlineData("AndroSensor", "ACCELEROMETER X (m/s²);ACCELEROMETER Y (m/s²);ACCELEROMETER Z (m/s²);GYROSCOPE X (rad/s);GYROSCOPE Y (rad/s);GYROSCOPE Z (rad/s);Time since start in ms ;YYYY-MO-DD HH-MI-SS_SSS", "{x};{y};{z};{p};{q};{r};{ms};{iso}", 9.80665, Math.PI / 180)]
    [InlineData("a German spreadsheet", "; Sensor 3\n; Gurt\ndatetime;ax;ay;az;gx;gy;gz", "{german};{x};{y};{z};{p};{q};{r}", 1, 1)]
    public void A_table_of_a_public_logger_is_read(string logger, string header, string row, double perG, double perDps)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", header + "\n" + string.Concat(Enumerable.Range(0, Rows).Select(at => Filled(row, at, perG, perDps) + "\n")));
        var hasGyroscope = perDps != 0;
        var recording = ReaderOf.Csv(path, new ReaderOptions
        {
            AccelUnit = perG switch { 1 => AccelUnit.G, 1000 => AccelUnit.MilliG, 8192 => AccelUnit.Counts, _ => AccelUnit.MetersPerSecondSquared },
            GyroUnit = perDps switch { 0 => null, 1 => GyroUnit.DegreesPerSecond, 65.5 => GyroUnit.Counts, _ => GyroUnit.RadiansPerSecond },
            Columns = header.EndsWith(",ms", StringComparison.Ordinal) ? "time=ms" : null,
        }).Recordings[0];
        Assert.True(recording.HasGyroscope == hasGyroscope, logger);
        Assert.InRange(recording.SampleCount, Rows - 1, Rows + 1);
        Assert.InRange(recording.Channels[1][150], 8100, 8280);
        Assert.InRange(recording.Channels[5][150], hasGyroscope ? 1280 : 0, hasGyroscope ? 1340 : 0);
    }

    [Theory]
    [InlineData("dd.MM.yyyy HH:mm:ss")]
    [InlineData("yyyy-MM-ddTHH:mm:ssZ")]
    [InlineData("HH:mm:ss")]
    public void Dates_a_second_apart_are_seconds_and_refused_as_too_slow(string format)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", "timestamp,ax,ay,az\n" + string.Concat(Enumerable.Range(0, 90).Select(at => Start.AddSeconds(at).ToString(format, CultureInfo.InvariantCulture) + Filled(",{x},{y},{z}\n", at, 1, 1))));
        Assert.Contains("which is 1 Hz", Assert.Throws<InputException>(() => ReaderOf.Csv(path, new ReaderOptions { AccelUnit = AccelUnit.G })).Message);
    }

    [Fact]
    public void Times_of_day_go_on_after_midnight()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", "time,ax,ay,az\n" + string.Concat(Enumerable.Range(0, Rows).Select(at => Start.AddHours(13.999).AddSeconds(at * 0.02).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture) + Filled(",{x},{y},{z}\n", at, 1, 1))));
        var data = ReaderOf.Csv(path, new ReaderOptions { AccelUnit = AccelUnit.G });
        Assert.Equal(0, data.Recordings[0].Origin!.ClockSetBack);
        Assert.Single(data.Recordings[0].Runs);
    }

    [Fact]
    public void A_day_above_twelve_stands_first_whatever_separates_it()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", "time,ax,ay,az\n" + string.Concat(Enumerable.Range(0, Rows).Select(at => Start.AddDays(22).AddSeconds(at * 0.02).ToString("dd'/'MM'/'yyyy HH:mm:ss.fff", CultureInfo.InvariantCulture) + Filled(",{x},{y},{z}\n", at, 1, 1))));
        Assert.Equal(50, ReaderOf.Csv(path, new ReaderOptions { AccelUnit = AccelUnit.G }).Recordings[0].Origin!.RateHz, 1);
    }

    private static readonly DateTime Start = new(2025, 3, 4, 10, 0, 0);

    private static string Filled(string row, int at, double perG, double perDps)
    {
        var seconds = at * 0.02;
        string Text(double value) => (perG is 8192 ? Math.Round(value) : value).ToString("0.######", CultureInfo.InvariantCulture);
        string Date(string format) => Start.AddSeconds(seconds).ToString(format, CultureInfo.InvariantCulture);
        return row.Replace("{row}", $"{at}").Replace("{s}", (4711 + seconds).ToString("0.000", CultureInfo.InvariantCulture)).Replace("{ms}", $"{at * 20}").Replace("{us}", $"{at * 20000L}")
            .Replace("{ns}", $"{1700000000000000000 + at * 20000000L}").Replace("{epoch}", $"{1741082400000 + at * 20L}").Replace("{iso}", Date("yyyy-MM-dd'T'HH:mm:ss.fff"))
            .Replace("{us_date}", Date("M'/'d'/'yyyy HH:mm:ss.fff")).Replace("{clock}", Date("HH:mm:ss.fff")).Replace("{colon}", Date("HH:mm:ss:fff")).Replace("{german}", Date("dd.MM.yyyy HH:mm:ss,fff"))
            .Replace("{x}", Text(perG * (0.01 + 0.001 * (at % 3)))).Replace("{y}", Text(perG * (1 - 0.001 * (at % 2)))).Replace("{z}", Text(perG * 0.02))
            .Replace("{p}", Text(perDps * (at % 3))).Replace("{q}", Text(perDps * (at % 2))).Replace("{r}", Text(perDps * 20));
    }
}
