using System.IO.Ports;

namespace HarEdge.Trainer.Telemetry.Sources;

/// <summary>The serial ports a wearable can be on.</summary>
internal static class SerialPortList
{
    private const string LinuxPorts = "/sys/class/tty";

    /// <summary>Ports of USB adapters and boards, in the order of their names, with what the device calls itself where the system tells.</summary>
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
