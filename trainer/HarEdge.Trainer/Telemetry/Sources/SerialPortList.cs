using System.ComponentModel;
using System.Diagnostics;
using System.IO.Ports;
using System.Runtime.Versioning;
using System.Security;
using Microsoft.Win32;

namespace HarEdge.Trainer.Telemetry.Sources;

/// <summary>The serial ports a wearable can be on.</summary>
internal static class SerialPortList
{
    private const string LinuxPorts = "/sys/class/tty";

    /// <summary>Ports of USB adapters and boards, in the order of their names, with what the device calls itself where the system says.</summary>
    public static IReadOnlyList<FoundPort> Find()
    {
        if (OperatingSystem.IsLinux())
        {
            return Directory.Exists(LinuxPorts) ? OnLinux(LinuxPorts) : [];
        }

        var usbNames = OperatingSystem.IsWindows() ? WindowsPortNames.Find()
            : OperatingSystem.IsMacOS() ? MacPortNames.Find()
            : new Dictionary<string, string>();
        return [.. SerialPort.GetPortNames()
            .Where(name => !OperatingSystem.IsMacOS() || name.StartsWith("/dev/cu.usb", StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(name => new FoundPort(name, usbNames.GetValueOrDefault(name)))];
    }

    /// <summary>Reads a folder laid out as /sys/class/tty.</summary>
    internal static IReadOnlyList<FoundPort> OnLinux(string folder) =>
    [
        .. Directory.GetFileSystemEntries(folder)
            .Select(entry => Path.GetFileName(entry))
            .Where(name => name.StartsWith("ttyUSB", StringComparison.Ordinal) || name.StartsWith("ttyACM", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new FoundPort("/dev/" + name, UsbName(Path.Combine(folder, name, "device")))),
    ];

    // The port's device is an interface of the USB device, one or two folders above which the maker's words are.
    private static string? UsbName(string device)
    {
        var folder = Directory.ResolveLinkTarget(device, returnFinalTarget: true)?.FullName ?? device;
        for (var level = 0; level < 4 && folder is not null; level++, folder = Path.GetDirectoryName(folder))
        {
            var product = Path.Combine(folder, "product");
            if (File.Exists(product))
            {
                return File.ReadAllText(product).Trim();
            }
        }

        return null;
    }
}

/// <summary>A serial port.</summary>
/// <param name="Name">To open it.</param>
/// <param name="UsbName">What the USB device calls itself; null when unknown.</param>
internal sealed record FoundPort(string Name, string? UsbName);

/// <summary>What the USB devices behind ports call themselves on macOS, from the I/O registry as <c>ioreg</c> prints it.</summary>
internal static class MacPortNames
{
    private const string Product = "\"USB Product Name\" = \"";
    private const string Port = "\"IOCalloutDevice\" = \"";
    private const int LongestMs = 3000;

    /// <summary>Names by port; empty when the registry cannot be asked.</summary>
    public static IReadOnlyDictionary<string, string> Find()
    {
        try
        {
            using var ioreg = Process.Start(new ProcessStartInfo("/usr/sbin/ioreg", "-r -c IOUSBHostDevice -l -w 0") { RedirectStandardOutput = true });
            var text = ioreg!.StandardOutput.ReadToEndAsync();
            if (!text.Wait(LongestMs))
            {
                ioreg.Kill();
                return new Dictionary<string, string>();
            }

            return Parse(text.Result);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or AggregateException)
        {
            return new Dictionary<string, string>();
        }
    }

    /// <summary>A device's properties come before its ports, and a hub's before those of what is plugged into it.</summary>
    internal static Dictionary<string, string> Parse(string text)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        string? product = null;
        foreach (var line in text.Split('\n'))
        {
            product = Quoted(line, Product) ?? product;
            if (product is not null && Quoted(line, Port) is { } port)
            {
                names[port] = product;
            }
        }

        return names;
    }

    private static string? Quoted(string line, string key)
    {
        var start = line.IndexOf(key, StringComparison.Ordinal) + key.Length;
        var end = start < key.Length ? -1 : line.IndexOf('"', start);
        return end < 0 ? null : line[start..end].Trim();
    }
}

/// <summary>
/// What the USB devices behind ports call themselves on Windows: the registry has one key for each device that was ever plugged in, with
/// its FriendlyName, such as "Silicon Labs CP210x USB to UART Bridge (COM5)", and the PortName in its Device Parameters.
/// </summary>
[SupportedOSPlatform("windows")]
internal static class WindowsPortNames
{
    // FTDI's driver has a bus of its own.
    private static readonly string[] Buses = [@"SYSTEM\CurrentControlSet\Enum\USB", @"SYSTEM\CurrentControlSet\Enum\FTDIBUS"];

    /// <summary>Names by port; empty when the registry may not be read.</summary>
    public static IReadOnlyDictionary<string, string> Find()
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var bus in Buses)
            {
                using var devices = Registry.LocalMachine.OpenSubKey(bus);
                foreach (var device in devices?.GetSubKeyNames() ?? [])
                {
                    using var instances = devices!.OpenSubKey(device);
                    foreach (var instance in instances?.GetSubKeyNames() ?? [])
                    {
                        Take(instances!, instance, names);
                    }
                }
            }
        }
        catch (Exception e) when (e is SecurityException or UnauthorizedAccessException or IOException)
        {
            // The ports themselves are known without it.
        }

        return names;
    }

    /// <summary>The name without the port, which Windows puts behind it.</summary>
    internal static string WithoutPort(string friendlyName, string port) => friendlyName.Replace($" ({port})", "", StringComparison.OrdinalIgnoreCase);

    private static void Take(RegistryKey instances, string instance, Dictionary<string, string> names)
    {
        using var key = instances.OpenSubKey(instance);
        using var parameters = key?.OpenSubKey("Device Parameters");
        if (parameters?.GetValue("PortName") is string port && key!.GetValue("FriendlyName") is string name)
        {
            names[port] = WithoutPort(name, port);
        }
    }
}
