using System.Globalization;
using System.IO.Compression;
using System.Text;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>One seed, one table.</summary>
internal sealed class GeneratedTable
{
    private const int Rows = 96;

    private static readonly (string Prefix, string Suffix)[] AccelNames = [("a", ""), ("acc_", ""), ("Acc", ""), ("accel_", ""), ("accelerometer_", ""), ("ACCELEROMETER ", ""), ("acceleration_", "")];

    private static readonly (string Prefix, string Suffix)[] GyroNames = [("g", ""), ("gyr_", ""), ("Gyro", ""), ("gyro_", ""), ("gyroscope_", ""), ("GYROSCOPE ", ""), ("rotationRate", "")];

    // In brackets, as the end of a name, as an option, and how many there are in 1 g.
    private static readonly (string Text, string Suffix, AccelUnit Unit, double PerG)[] AccelUnits =
    [
        ("g", "_g", AccelUnit.G, 1), ("mg", "_mg", AccelUnit.MilliG, 1000), ("m/s2", "_ms2", AccelUnit.MetersPerSecondSquared, 9.80665), ("m/s²", "_m_s2", AccelUnit.MetersPerSecondSquared, 9.80665),
        ("m/s^2", "_mps2", AccelUnit.MetersPerSecondSquared, 9.80665), ("LSB", "_raw", AccelUnit.Counts, 8192),
    ];

    private static readonly (string Text, string Suffix, GyroUnit Unit, double PerDps)[] GyroUnits =
    [
        ("dps", "_dps", GyroUnit.DegreesPerSecond, 1), ("deg/s", "_deg_s", GyroUnit.DegreesPerSecond, 1), ("°/s", "_degps", GyroUnit.DegreesPerSecond, 1),
        ("mdps", "_mdps", GyroUnit.MilliDegreesPerSecond, 1000), ("rad/s", "_rad_s", GyroUnit.RadiansPerSecond, Math.PI / 180), ("LSB", "_lsb", GyroUnit.Counts, 65.5),
    ];

    // As written, as the device says them.
    private static readonly (string First, string Second, string[] Classes)[] Labels =
    [
        ("stand", "walk", ["STAND", "WALK"]), ("1", "2", ["CLASS_1", "CLASS_2"]), ("2.0", "2", ["CLASS_2"]), ("-1", "0", ["CLASS_0", "MINUS_1"]), ("Walking upstairs", "stand-still", ["STAND_STILL", "WALKING_UPSTAIRS"]),
        ("Ходьба", "Стоя", ["HODBA", "STOYA"]), ("früh", "façade", ["FACADE", "FRUH"]), ("a+b", "a&b", ["A_AND_B", "A_PLUS_B"]), ("", "walk", ["WALK"]), ("NaN", "null", []), ("歩", "走", ["U6B69", "U8D70"]),
    ];

    private static readonly string[] FurtherColumns = ["mx", "temperature", "hr (bpm)", "annotation", "battery_mv", "qw"];

    private readonly Random random;
    private readonly StringBuilder text = new();
    private readonly char separator;
    private readonly bool hasDecimalComma;
    private readonly bool hasQuotes;

    private readonly bool isShuffled;
    private int[] order = [];
    private readonly string[] further;
    private readonly (string First, string Second, string[] Classes) labels;

    public GeneratedTable(int seed)
    {
        random = new Random(seed);
        double rate = new[] { 20, 25, 40, 50, 52, 100, 104, 119, 200 }[random.Next(9)];
        separator = new[] { ',', ';', '\t' }[random.Next(3)];
        hasDecimalComma = random.Next(3) == 0;
        hasQuotes = separator == ',' && (hasDecimalComma || random.Next(4) == 0);
        Fault = random.Next(3) != 0 ? null
            : new[] { "last line cut", "missing values", "a short line", "a long line", "words for numbers", "no rows", "wrong unit", "noise", "decimal commas between commas", "row names", "one row a second" }[random.Next(11)];
        if (Fault == "decimal commas between commas")
        {
            (separator, hasDecimalComma, hasQuotes) = (',', true, false);
        }

        rate = Fault == "one row a second" ? 1 : rate;
        Seconds = Rows / rate;
        isShuffled = random.Next(4) == 0;
        further = random.Next(3) == 0 ? FurtherColumns[..random.Next(1, FurtherColumns.Length + 1)] : [];
        var isStated = random.Next(3) == 0;
        var accel = AccelUnits[random.Next(AccelUnits.Length)];
        // Counts have no decimals for commas to stand in.
        if (accel.Unit == AccelUnit.Counts && Fault == "decimal commas between commas")
        {
            (Fault, hasDecimalComma) = (null, false);
        }

        var gyro = accel.Unit == AccelUnit.Counts ? GyroUnits[^1] : GyroUnits[random.Next(GyroUnits.Length - 1)];
        Options = isStated ? new ReaderOptions { AccelUnit = accel.Unit, GyroUnit = gyro.Unit } : new ReaderOptions();
        labels = Labels[random.Next(Labels.Length)];
        var names = WriteHead(isStated ? null : (accel.Text, accel.Suffix), isStated ? null : (gyro.Text, gyro.Suffix), out var time);
        Classes = names.Contains("label") || names.Contains("activity") ? labels.Classes : [];
        var seconds = Clock(rate);
        for (var row = 0; row < seconds.Length && Fault != "no rows"; row++)
        {
            WriteRow(row, seconds, Fault == "wrong unit" ? accel.PerG * 40 : accel.PerG, gyro.PerDps, time, names, accel.Unit == AccelUnit.Counts);
        }

        Head = string.Join('\n', text.ToString().Split('\n').Take(6));
        Bytes = Encode();
    }

    public string? Fault { get; }

    public double Seconds { get; }

    public double TimeTolerance { get; private set; }

    public ReaderOptions Options { get; }

    public string[] Classes { get; }

    public string Name { get; private set; } = "table.csv";

    public byte[] Bytes { get; }

    public string Head { get; }

    /// <summary>When the rows are stamped: as sampled, with jitter, in packets of three, or with single rows lost.</summary>
    private double[] Clock(double rate)
    {
        double[] seconds = [.. Enumerable.Range(0, Rows).Select(row => row / rate)];
        TimeTolerance = 0.015 + 2.0 / Rows;
        switch (random.Next(6))
        {
            case 0:
                return [.. seconds.Select(second => second + 0.2 * random.NextDouble() / rate)];
            case 1 when Fault is null:
                TimeTolerance += 4.0 / Rows;
                return [.. seconds.Select((_, row) => (row / 3 * 3 + 2 + 0.02 * (row % 3)) / rate)];
            case 2 when Fault is null:
                // Never two in a row: a gap over 200 ms is cut and not filled.
                return [.. seconds.Where((_, row) => row is 0 or Rows - 1 || row % 2 == 0 || random.Next(6) != 0)];
            default:
                return seconds;
        }
    }

    private string[] WriteHead((string Text, string Suffix)? accelUnit, (string Text, string Suffix)? gyroUnit, out string time)
    {
        for (var line = random.Next(4) == 0 ? random.Next(1, 4) : 0; line > 0; line--)
        {
            text.Append(new[] { "# recorded by a logger", "// walk", "% 2024", "" }[random.Next(4)]).Append('\n');
        }

        if (separator == ';' && random.Next(4) == 0)
        {
            text.Append("sep=;\n");
        }

        var form = new[] { "{0} ({1})", "{0} [{1}]", "{0}{2}" }[random.Next(3)];
        string Unit(string name, (string Text, string Suffix)? unit) => unit is { } one ? string.Format(CultureInfo.InvariantCulture, form, name, one.Text, one.Suffix) : name;
        (var a, _) = AccelNames[random.Next(AccelNames.Length)];
        (var g, _) = GyroNames[random.Next(GyroNames.Length)];
        var isUpper = a.Length > 2 && !a.EndsWith('_');
        string[] axes = isUpper ? ["X", "Y", "Z"] : ["x", "y", "z"];
        string[] gyroAxes = g.Length > 2 && !g.EndsWith('_') ? ["X", "Y", "Z"] : ["x", "y", "z"];
        time = new[] { "time_ms", "Time (s)", "timestamp_us", "time", "datetime", "clock time" }[random.Next(6)];
        string[] who = random.Next(3) switch { 0 => [], 1 => ["label"], _ => ["subject", "activity"] };
        string[] names = [time == "clock time" ? "time" : time, .. axes.Select(axis => "a" + axis), .. gyroAxes.Select(axis => "g" + axis), .. further, .. who];
        string[] spelled = [names[0], .. axes.Select(axis => Unit(a + axis, accelUnit)), .. gyroAxes.Select(axis => Unit(g + axis, gyroUnit)), .. further, .. who];
        order = [.. Enumerable.Range(0, names.Length)];
        if (isShuffled)
        {
            random.Shuffle(order);
        }

        text.AppendJoin(separator, order.Select(at => Quoted(spelled[at]))).Append('\n');
        return names;
    }

    private void WriteRow(int row, double[] clock, double perG, double perDps, string time, string[] names, bool isCounts)
    {
        var seconds = clock[row];
        var stamp = time switch
        {
            "time_ms" => Number(seconds * 1000),
            "Time (s)" => Number(seconds),
            "timestamp_us" => Math.Round(seconds * 1e6).ToString(CultureInfo.InvariantCulture),
            "datetime" => new DateTime(2024, 5, 17, 23, 59, 59).AddSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            "clock time" => new DateTime(2024, 5, 17, 10, 59, 59).AddSeconds(seconds).ToString("HH:mm:ss:fff", CultureInfo.InvariantCulture),
            _ => (1715990399 + seconds).ToString("0.000000", CultureInfo.InvariantCulture).Replace('.', hasDecimalComma ? ',' : '.'),
        };
        string Value(double value) => isCounts ? Math.Round(value).ToString(CultureInfo.InvariantCulture) : Number(value);
        var noise = 0.004 * (random.NextDouble() - 0.5);
        List<string> fields =
        [
            stamp, Value(perG * noise), Value(perG * (1 + 0.004 * (random.NextDouble() - 0.5))), Value(perG * noise / 2),
            Value(perDps * (random.NextDouble() - 0.5)), Value(perDps * (random.NextDouble() - 0.5)), Value(perDps * (20 + random.NextDouble() - 0.5)),
            .. further.Select((_, i) => i % 2 == 0 ? Number(37 + row) : "ok"),
            .. names[(7 + further.Length)..].Select(name => name == "subject" ? "anna" : row < Rows / 2 ? labels.First : labels.Second),
        ];
        // What is missing at an end is not filled.
        if (Fault == "missing values" && row is > 0 and < Rows - 10 && random.Next(12) == 0)
        {
            fields[random.Next(1, 7)] = new[] { "", "NaN", "null", "-" }[random.Next(4)];
        }

        fields = [.. order.Select(at => fields[at])];
        if (row == Rows / 2)
        {
            Damage(fields);
        }

        var line = (Fault == "row names" ? $"{row + 1}{separator}" : "") + string.Join(separator, fields.Select(Quoted));
        text.Append(Fault == "last line cut" && row == clock.Length - 1 ? line[..(line.IndexOf(separator, StringComparison.Ordinal) + 1)] : line + "\n");
    }

    private void Damage(List<string> fields)
    {
        switch (Fault)
        {
            case "a short line":
                fields.RemoveRange(3, 2);
                break;
            case "a long line":
                fields.AddRange(["1", "2", "3"]);
                break;
            case "words for numbers":
                fields[Array.IndexOf(order, 2)] = "fast";
                break;
            case "noise":
                fields[random.Next(fields.Count)] = new string([.. Enumerable.Range(0, 12).Select(_ => (char)random.Next(1, 300)).Where(c => c is not '\n' and not '\r')]);
                break;
        }
    }

    private byte[] Encode()
    {
        var all = random.Next(5) == 0 ? text.ToString().Replace("\n", "\r\n", StringComparison.Ordinal) : text.ToString();
        var bytes = random.Next(8) switch
        {
            2 => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(all)],
            3 => Encoding.Unicode.GetBytes(all),
            0 => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(all)],
            1 => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(all)],
            _ => Encoding.UTF8.GetBytes(all),
        };
        if (random.Next(6) != 0)
        {
            return bytes;
        }

        Name = "table.csv.gz";
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture).Replace('.', hasDecimalComma ? ',' : '.');

    private string Quoted(string field) => hasQuotes ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
