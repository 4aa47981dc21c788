using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using HarEdge.Core;
using HarEdge.Firmware;

namespace HarEdge.DeviceTwin.Tests;

public partial class SpecTests
{
    private static readonly string Spec = Repository.Read("docs", "SPEC.md");

    private static readonly Lazy<IReadOnlyList<string>> Lines = new(AllKindsOfLines);

    [Theory]
    [InlineData('B', "### B: banner")]
    [InlineData('N', "### N: name of a class")]
    [InlineData('K', "### K: self-test")]
    [InlineData('D', "### D: decision")]
    [InlineData('E', "### E: event")]
    [InlineData('C', "### C: calibration")]
    [InlineData('R', "### R: raw samples")]
    [InlineData('H', "### H: health")]
    [InlineData('T', "### T: timing")]
    public void Each_record_has_the_fields_of_its_table(char type, string heading)
    {
        var types = MarkdownTables.Under(Spec, heading).SelectMany(row => Enumerable.Repeat(row[1], Repetitions(row[0]))).ToList();
        var records = Lines.Value.Where(line => line[2] == type).ToList();
        Assert.NotEmpty(records);
        Assert.All(records, line =>
        {
            var fields = line[..^5].Split(',')[2..];
            Assert.Equal(types.Count, fields.Length);
            Assert.All(types.Zip(fields), pair => Assert.Matches(Pattern(pair.First), pair.Second));
        });
    }

    [Fact]
    public void Every_line_is_framed_numbered_and_short()
    {
        Assert.All(Lines.Value.Select((line, i) => (line, i)), pair =>
        {
            var (line, i) = pair;
            Assert.Matches(Frame(), line);
            Assert.InRange(line.Length, 1, TelemetryLine.Capacity);
            var crc = line[1..^5].Aggregate(Crc16.Initial, (sum, c) => Crc16.AppendByte(sum, c));
            Assert.Equal(crc.ToString("X4", CultureInfo.InvariantCulture), line[^4..]);
            Assert.Equal((i % 10000).ToString(CultureInfo.InvariantCulture), line.Split(',')[1]);
        });
    }

    [Fact]
    public void The_table_of_events_is_the_firmwares()
    {
        var codes = typeof(EventCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);
        Assert.Equal(codes.Order(StringComparer.Ordinal), MarkdownTables.Under(Spec, "## Events").Select(row => row[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_of_faults_is_the_firmwares()
    {
        var faults = Enum.GetValues<SensorStatus>().Where(s => s != SensorStatus.Ok).Select(s => $"{(int)s} {s}");
        Assert.Equal(faults, MarkdownTables.Under(Spec, "## Faults").Select(row => $"{row[0]} {row[1]}"));
    }

    [Fact]
    public void The_table_of_starts_is_the_firmwares()
    {
        var words = typeof(BootReason).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);
        var table = Spec[Spec.IndexOf("| start | meaning |", StringComparison.Ordinal)..];
        Assert.Equal(words.Order(StringComparer.Ordinal), MarkdownTables.Under("#\n" + table, "#").Select(row => row[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_of_verbs_is_the_firmwares()
    {
        var verbs = VerbPattern().Matches(Repository.Read("firmware", "HarEdge.Firmware", "Controls", "Controls.cs")).Select(m => m.Groups[1].Value);
        Assert.Equal(verbs.Order(StringComparer.Ordinal), MarkdownTables.Under(Spec, "## Lines to the device").Select(row => row[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_tolerances_of_self_tests_are_the_firmwares() =>
        Assert.Contains(
            $"{MpuSelfTest.ToleranceOfMpu6050} (MPU6050), {MpuSelfTest.ToleranceOfOthers} (clones, MPU6886), and of an LSM6DS3TR-C, from the middle of its bounds, {LsmSelfTest.AccelTolerancePerMille} and {LsmSelfTest.GyroTolerancePerMille} (gyroscope)",
            Spec,
            StringComparison.Ordinal);

    [Fact]
    public void The_version_is_the_firmwares() =>
        Assert.Contains($"Protocol version: {SerialConsole.ProtocolVersion}.", Spec, StringComparison.Ordinal);

    [Fact]
    public void The_longest_lines_are_as_short_as_promised()
    {
        var promised = MarkdownTables.Under(Spec, "## What it costs").ToDictionary(row => row[0], row => row[1]);
        var extreme = new TelemetryLine();
        extreme.Begin('R');
        extreme.Add(int.MaxValue);
        extreme.Add(RawBlocks.SamplesPerBlock);
        extreme.AddBase64(new byte[144], 0, 144);
        extreme.End();
        Assert.True(extreme.Length <= int.Parse(promised["R"], CultureInfo.InvariantCulture), $"{extreme.Length}");
        Assert.All(Lines.Value.Where(l => l[2] == 'D'), l => Assert.True(l.Length <= int.Parse(promised["D"], CultureInfo.InvariantCulture)));
    }

    // "fault1 … fault15" stands for fifteen fields.
    private static int Repetitions(string field)
    {
        var range = RangePattern().Match(field);
        return range.Success ? int.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture) : 1;
    }

    private static string Pattern(string type) => type switch
    {
        "int" => "^-?[0-9]{1,10}$",
        "hex" => "^[0-9A-F]{4}$",
        "base64" => "^([A-Za-z0-9+/]{16}){1,12}$",
        "text" => "^[^,*$]+$",
        _ => throw new InvalidOperationException($"the grammar has no type '{type}'"),
    };

    private static List<string> AllKindsOfLines()
    {
        var lines = new List<string>();
        var device = new SimulatedDevice(new EnergyModel());
        device.LineWritten += lines.Add;
        device.Wear(new NoisyMotion(5));
        device.Boot();
        device.RunFor(TimeSpan.FromSeconds(10));
        device.Press(TimeSpan.FromSeconds(2));
        device.RunFor(TimeSpan.FromSeconds(10));
        device.Inject(DeviceFault.BrownOut, TimeSpan.Zero, 1);
        device.RunFor(TimeSpan.FromSeconds(60));
        return lines;
    }

    [GeneratedRegex(@"^\$H[A-Z],[0-9]{1,4}(,[^,*$]+)+\*[0-9A-F]{4}$")]
    private static partial Regex Frame();

    [GeneratedRegex("IsVerb\\(\"([A-Z]+)\"\\)")]
    private static partial Regex VerbPattern();

    [GeneratedRegex(@"1 … \D+(\d+)$")]
    private static partial Regex RangePattern();
}
