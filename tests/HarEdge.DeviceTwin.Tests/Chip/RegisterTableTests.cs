using System.Globalization;
using System.Text.RegularExpressions;
using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>The form of mpu6050-registers.csv, and that it knows every register the firmware touches.</summary>
public class RegisterTableTests
{
    private static readonly List<string[]> Rows = [.. RegisterTable.Rows(0x68)];
    private static readonly List<string[]> LsmRows = [.. RegisterTable.Rows(SimulatedLsm6.Identity)];

    [Fact]
    public void Every_register_has_two_sources_that_do_not_copy_each_other()
    {
        // A document is one source in all its revisions, a repository in all its files.
        foreach (var row in Rows)
        {
            var origins = row[15].Split("; ").Select(source => source.Split(' ')[0]).Distinct().ToList();
            Assert.True(origins.Count >= 2, $"{row[0]}: {row[15]}");
            Assert.All(origins, origin => Assert.Matches("^(RM-MPU-6[05]00A-00|DS-000193|[A-Za-z0-9]+/[A-Za-z0-9_-]+)$", origin));
        }
    }

    [Fact]
    public void Every_source_names_a_section_a_register_or_a_file() =>
        Assert.All(Rows.SelectMany(row => row[15].Split("; ")), source => Assert.Matches(new Regex("§|register [0-9]+|[.](h|hpp|c|cpp|py)( |$)"), source));

    [Fact]
    public void Addresses_and_names_stand_there_once_and_ascend()
    {
        var addresses = Rows.Select(RegisterTable.Address).ToList();
        Assert.Equal(addresses.Distinct().Order(), addresses);
        var names = Rows.SelectMany(row => row[0].Split('|')).Where(name => name != "-").ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void Every_cell_is_of_its_column()
    {
        foreach (var row in Rows)
        {
            Assert.Equal(16, row.Length);
            Assert.All(row[2..7], reset => Assert.True(reset is "factory" or "identity" || IsHex(reset), $"{row[0]}: {reset}"));
            Assert.All(row[7..12], mask => Assert.True(IsHex(mask), $"{row[0]}: {mask}"));
            Assert.Contains(row[14], (string[])["advances", "stays"]);
        }
    }

    [Theory]
    [InlineData(0x68)]
    [InlineData(0x70)]
    [InlineData(0x72)]
    [InlineData(0x98)]
    [InlineData(0x19)]
    public void Every_register_the_firmware_touches_is_in_the_table(int identity)
    {
        var known = Rows.Select(RegisterTable.Address).ToHashSet();
        var (_, touched) = LifeThatSleeps(identity, atFirst: 0x6B, longestCounted: 16);
        Assert.True(touched.IsSubsetOf(known), string.Join(' ', touched.Except(known).Select(r => $"{r:X2}")));
        Assert.InRange(touched.Count, 15, 60);
    }

    /// <summary>Driver and simulator share nothing: what they agree on comes from outside.</summary>
    [Fact]
    public void The_simulation_does_not_know_the_firmware()
    {
        var folder = Path.Combine(Repository.Root, "trainer", "HarEdge.DeviceTwin", "Simulation");
        var files = Directory.GetFiles(folder, "*.cs");
        Assert.InRange(files.Length, 15, 60);
        Assert.All(files, file => Assert.DoesNotContain("HarEdge.Firmware", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0x68, 2)]
    [InlineData(0x70, 3)]
    [InlineData(0x72, 4)]
    [InlineData(0x98, 5)]
    [InlineData(0x19, 6)]
    public void After_power_up_the_chip_reads_as_the_table_says(int identity, int column)
    {
        var host = new ChipHost(identity);

        // A chip that wakes by itself has measured by now.
        foreach (var row in Rows.Where(row => row[14] == "advances" && (identity is 0x68 or 0x98 or 0x19 || (row[12] != "measurement" && row[0] != "INT_STATUS"))))
        {
            var value = host.Read(RegisterTable.Address(row));
            var said = row[column];
            Assert.True(said == "factory" ? value != 0 : value == (said == "identity" ? identity : Convert.ToInt32(said, 16)), $"{row[0]} reads {value:X2}");
        }
    }

    [Theory]
    [InlineData(0x68, 7)]
    [InlineData(0x70, 8)]
    [InlineData(0x72, 9)]
    [InlineData(0x98, 10)]
    [InlineData(0x19, 11)]
    public void Only_writable_bits_keep_what_is_written(int identity, int column)
    {
        foreach (var row in Rows.Where(row => row[14] == "advances" && row[0] is not ("PWR_MGMT_1" or "INT_STATUS") && row[12] != "measurement"))
        {
            var host = new ChipHost(identity);
            var register = RegisterTable.Address(row);
            var mask = Convert.ToInt32(row[column], 16);
            var before = host.Read(register);
            host.Write(register, 0xFF);
            Assert.True(host.Read(register) == ((before & ~mask) | mask), $"{row[0]} of {identity:X2} after FF");
            host.Write(register, 0x00);
            Assert.True(host.Read(register) == (before & ~mask), $"{row[0]} of {identity:X2} after 00");
        }
    }

    [Fact]
    public void Every_register_of_the_LSM6DS3TR_C_has_two_sources_and_every_cell_is_of_its_column()
    {
        foreach (var row in LsmRows)
        {
            Assert.Equal(8, row.Length);
            Assert.True(IsHex(row[2]) || row[2] == "identity", row[0]);
            Assert.True(IsHex(row[3]), row[0]);
            Assert.Contains(row[6], (string[])["advances", "rounds"]);
            var sources = row[7].Split("; ");
            Assert.True(sources.Select(source => source.Split(' ')[0]).Distinct().Count() >= 2, row[0]);
            Assert.All(sources, source => Assert.Matches("^DocID030071 r3 §|^[A-Za-z0-9]+/[A-Za-z0-9_-]+ .*[.](h|cpp)$", source));
        }

        var addresses = LsmRows.Select(RegisterTable.Address).ToList();
        Assert.Equal(addresses.Distinct().Order(), addresses);
        Assert.Equal(LsmRows.Count, LsmRows.Select(row => row[0]).Distinct().Count());
    }

    [Fact]
    public void An_LSM6DS3TR_C_reads_as_its_table_says_and_only_writable_bits_keep_what_is_written()
    {
        foreach (var row in LsmRows.Where(row => row[4].Length == 0 && row[0] is not ("FUNC_CFG_ACCESS" or "CTRL3_C" or "CTRL4_C" or "STATUS_REG")))
        {
            var host = new ChipHost(SimulatedLsm6.Identity);
            var register = RegisterTable.Address(row);
            var mask = Convert.ToInt32(row[3], 16);
            var before = host.Read(register);
            Assert.Equal(row[2] == "identity" ? SimulatedLsm6.Identity : Convert.ToInt32(row[2], 16), before);
            host.Write(register, 0xFF);
            Assert.True(host.Read(register) == ((before & ~mask) | mask), $"{row[0]} after FF");
            host.Write(register, 0x00);
            Assert.True(host.Read(register) == (before & ~mask), $"{row[0]} after 00");
        }
    }

    [Fact]
    public void Every_register_the_firmware_touches_is_in_the_table_of_the_LSM6DS3TR_C()
    {
        var known = LsmRows.Select(RegisterTable.Address).Append(0x0C).ToHashSet();
        var (wearable, touched) = LifeThatSleeps(SimulatedLsm6.Identity, atFirst: 0x0F, longestCounted: 32);
        Assert.NotEmpty(wearable.Events("DEEP_SLEEP"));
        Assert.True(touched.IsSubsetOf(known), string.Join(' ', touched.Except(known).Select(r => $"{r:X2}")));
        Assert.InRange(touched.Count, 20, 60);
    }

    // The registers that a life of 100 seconds touches. A longer read may pass over what no map has; what matters is where it begins.
    private static (Wearable Wearable, HashSet<int> Touched) LifeThatSleeps(int identity, byte atFirst, int longestCounted)
    {
        var touched = new HashSet<int>();
        var options = new TwinOptions { SensorIdentity = identity, DeepSleepAfterMinutes = 1 };
        var wearable = new Wearable(options: options, motion: new SteadyMotion([8192, 0, 0, 10, 10, 10]));
        wearable.Device.Machine.Bus.Observer = (written, read) =>
        {
            var register = written.Length > 0 ? written[0] : atFirst;
            for (var i = 0; i < (read.Length > longestCounted ? 1 : Math.Max(written.Length - 1, read.Length)); i++)
            {
                touched.Add(register);
                register = (byte)wearable.Device.Sensor.Next(register);
            }
        };
        wearable.Run(100);
        return (wearable, touched);
    }

    private static bool IsHex(string cell) => cell.Length == 2 && byte.TryParse(cell, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _);
}
