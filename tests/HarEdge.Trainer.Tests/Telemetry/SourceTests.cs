using System.Text;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Trainer.Tests.Telemetry;

/// <summary>Logs, captures and ports.</summary>
public sealed class SourceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("haredge-link-").FullName;

    [Fact]
    public void A_log_gives_back_every_byte_and_its_time()
    {
        Gen.Byte.Array[1, 60].Array[1, 12].Sample(
            portions =>
            {
                var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
                using (var log = new ByteLog(path))
                {
                    for (var i = 0; i < portions.Length; i++)
                    {
                        log.Write(i * 1000L, portions[i]);
                    }
                }

                using var source = FileSource.Open(path);
                var (bytes, lastMs) = ReadAll(source, 17);
                return bytes.SequenceEqual(portions.SelectMany(p => p)) && lastMs == (portions.Length - 1) * 1000L;
            },
            iter: 60,
            threads: 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain text\r\n")]
    [InlineData("# haredge serial")]
    [InlineData("# haredge and more\n")]
    public void A_plain_capture_passes_unchanged(string text)
    {
        using var source = FileSource.Of(new MemoryStream(Encoding.ASCII.GetBytes(text)), "test");
        var (bytes, lastMs) = ReadAll(source, 5);
        Assert.Equal(text, Encoding.ASCII.GetString([.. bytes]));
        Assert.Equal(-1, lastMs);
    }

    [Fact]
    public void A_log_is_never_written_over()
    {
        var path = Path.Combine(folder, "log");
        File.WriteAllText(path, "mine");
        Assert.Contains("exists", Assert.Throws<InputException>(() => new ByteLog(path)).Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void A_port_that_is_not_there_is_refused_with_a_remedy()
    {
        var refused = Assert.Throws<InputException>(() => new SerialPortSource(Path.Combine(folder, "no-port")));
        Assert.Contains("no-port", refused.Message, StringComparison.Ordinal);
        Assert.Contains("cable", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Usb_ports_are_found_with_their_names()
    {
        var device = Directory.CreateDirectory(Path.Combine(folder, "usb1"));
        var port = Directory.CreateDirectory(Path.Combine(device.FullName, "usb1-1", "ttyUSB0"));
        File.WriteAllText(Path.Combine(device.FullName, "product"), "CP2102 USB to UART\n");
        var tty = Directory.CreateDirectory(Path.Combine(folder, "tty"));
        Directory.CreateDirectory(Path.Combine(tty.FullName, "tty1"));
        Directory.CreateSymbolicLink(Path.Combine(Directory.CreateDirectory(Path.Combine(tty.FullName, "ttyUSB0")).FullName, "device"), port.FullName);
        Assert.Equal([new FoundPort("/dev/ttyUSB0", "CP2102 USB to UART")], SerialPortList.OnLinux(tty.FullName));
    }

    [Fact]
    public void A_macs_registry_names_the_device_a_port_belongs_to_not_the_hub()
    {
        const string Registry = """
            +-o USB2.0 Hub@14100000  <class IOUSBHostDevice, id 0x1000007aa, registered, matched, active, busy 0 (12 ms), retain 30>
              | {
              |   "USB Product Name" = "USB2.0 Hub"
              | }
              +-o CP2102 USB to UART Bridge Controller@14120000  <class IOUSBHostDevice, id 0x1000007bb, registered, matched, active>
              | | {
              | |   "idVendor" = 4292
              | |   "USB Product Name" = "CP2102 USB to UART Bridge Controller"
              | | }
              | +-o IOSerialBSDClient  <class IOSerialBSDClient, id 0x1000007cc, registered, matched, active, busy 0 (0 ms), retain 5>
              |     {
              |       "IOCalloutDevice" = "/dev/cu.usbserial-0001"
              |       "IODialinDevice" = "/dev/tty.usbserial-0001"
              |     }
            """;
        var name = Assert.Single(MacPortNames.Parse(Registry));
        Assert.Equal(("/dev/cu.usbserial-0001", "CP2102 USB to UART Bridge Controller"), (name.Key, name.Value));
        Assert.Empty(MacPortNames.Parse("\"IOCalloutDevice\" = \"/dev/cu.Bluetooth\"\nnonsense"));
    }

    [Fact]
    public void A_paced_source_gives_the_same_bytes_no_sooner_than_they_came()
    {
        var log = Encoding.ASCII.GetBytes(ByteLog.Header + "100\tab\n220\tcd\n");
        using var source = new PacedSource(FileSource.Of(new MemoryStream(log), "test"));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var received = new List<byte>();
        var buffer = new byte[1];
        for (var read = source.Read(buffer); read.State != SourceState.Ended; read = source.Read(buffer))
        {
            received.AddRange(buffer[..read.Count]);
        }

        Assert.Equal("abcd"u8.ToArray(), received);
        Assert.True(clock.ElapsedMilliseconds >= 120, $"took {clock.ElapsedMilliseconds} ms");
    }

    [Fact]
    public void A_port_carries_every_byte_value_and_its_loss_is_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        var sent = Enumerable.Range(0, 1024).Select(i => (byte)i).ToArray();
        using var terminal = new PseudoTerminal();
        using var source = new SerialPortSource(terminal.PortName);
        terminal.WriteAll(sent, CancellationToken.None);
        var buffer = new byte[256];
        var received = new List<byte>();
        for (var reads = 0; reads < 100 && received.Count < sent.Length; reads++)
        {
            received.AddRange(buffer[..source.Read(buffer).Count]);
        }

        Assert.Equal(sent, received);
        Assert.Equal(SourceState.Idle, source.Read(buffer).State);
        terminal.Dispose();
        var states = Enumerable.Range(0, 5).Select(_ => source.Read(buffer).State).ToList();
        Assert.Contains(SourceState.Lost, states);
    }

    [Fact]
    public void A_port_that_is_back_before_anyone_looks_is_read_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        var name = Path.Combine(folder, "port");
        using var second = new PseudoTerminal();
        var first = new PseudoTerminal();
        File.CreateSymbolicLink(name, first.PortName);
        using var source = new SerialPortSource(name);
        var buffer = new byte[16];
        first.Dispose();
        File.Delete(name);
        File.CreateSymbolicLink(name, second.PortName);
        var states = Enumerable.Range(0, 5).Select(_ => source.Read(buffer).State).ToList();
        Assert.Equal(SourceState.Lost, states.First(state => state != SourceState.Idle));
        Assert.Contains(SourceState.Found, states);
    }

    [Fact]
    public void A_port_that_comes_back_is_read_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        var name = Path.Combine(folder, "port");
        using var first = new PseudoTerminal();
        File.CreateSymbolicLink(name, first.PortName);
        using var source = new SerialPortSource(name);
        var buffer = new byte[16];
        File.Delete(name);
        Assert.Equal(SourceState.Lost, source.Read(buffer).State);
        Assert.Equal(SourceState.Idle, source.Read(buffer).State);

        using var second = new PseudoTerminal();
        File.CreateSymbolicLink(name, second.PortName);
        Assert.Equal(SourceState.Found, source.Read(buffer).State);
        second.WriteAll("back"u8, CancellationToken.None);
        Assert.Equal("back", Encoding.ASCII.GetString(buffer, 0, source.Read(buffer).Count));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static (List<byte> Bytes, long LastMs) ReadAll(FileSource source, int portion)
    {
        var buffer = new byte[portion];
        var bytes = new List<byte>();
        while (true)
        {
            var read = source.Read(buffer);
            if (read.State == SourceState.Ended)
            {
                return (bytes, read.AtMs);
            }

            bytes.AddRange(buffer[..read.Count]);
        }
    }
}
