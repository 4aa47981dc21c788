namespace HarEdge.Trainer.Diagnosis;

/// <summary>The chips between USB and a board's UART, by their USB vendor.</summary>
internal static class UsbBridges
{
    /// <summary>Where Linux lists what is plugged in.</summary>
    public const string LinuxDevices = "/sys/bus/usb/devices";

    private static readonly (string Vendor, string Name, string Driver)[] Known =
    [
        ("1a86", "CH340", "ch341"),
        ("10c4", "CP210x", "cp210x"),
        ("0403", "FTDI", "ftdi_sio"),
        ("303a", "Espressif USB", "cdc_acm"),
    ];

    /// <summary>Bridges that are plugged in but gave no port.</summary>
    /// <param name="folder">Laid out as <see cref="LinuxDevices"/>.</param>
    public static IEnumerable<CheckResult> WithoutPort(string folder)
    {
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        foreach (var device in Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal))
        {
            var vendor = Path.Combine(device, "idVendor");
            var bridge = File.Exists(vendor) ? Known.FirstOrDefault(known => known.Vendor == File.ReadAllText(vendor).Trim()) : default;
            if (bridge.Name is not null && !HasPort(device))
            {
                yield return new CheckResult(
                    CheckState.Bad,
                    "USB driver",
                    $"A {bridge.Name} is plugged in, but no serial port came of it.",
                    "Without a port nothing can be flashed or watched.",
                    $"Load its driver (sudo modprobe {bridge.Driver}); on Ubuntu the package brltty takes CH340 adapters away: sudo apt remove brltty.");
            }
        }
    }

    // An interface of the device has the port as tty… or tty/tty….
    private static bool HasPort(string device)
    {
        var target = Directory.ResolveLinkTarget(device, returnFinalTarget: true)?.FullName ?? device;
        return Directory.GetDirectories(target).Any(part => Directory.GetDirectories(part, "tty*").Length > 0);
    }
}
