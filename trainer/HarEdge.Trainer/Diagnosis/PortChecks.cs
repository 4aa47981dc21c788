using System.Runtime.InteropServices;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Trainer.Diagnosis;

/// <summary>Serial ports: whether there are any, what they are, and whether this user may open them. Opens none.</summary>
internal static class PortChecks
{
    // R_OK | W_OK of <unistd.h>.
    private const int ReadAndWrite = 6;

    /// <summary>All of them.</summary>
    public static IEnumerable<CheckResult> Run() => Run(SerialPortList.Find(), UsbBridges.LinuxDevices);

    /// <summary>Judges these ports and this folder of USB devices.</summary>
    internal static IEnumerable<CheckResult> Run(IReadOnlyList<FoundPort> ports, string usbDevices)
    {
        if (ports.Count == 0)
        {
            yield return new CheckResult(
                CheckState.Note,
                "serial port",
                "No serial port of a USB adapter was found.",
                "A board shows up as one: ttyUSB or ttyACM on Linux, COM on Windows, cu.usb on macOS.",
                "Plug the board in with a cable that carries data; on Windows install the driver of its USB chip (CP210x or CH340); without a board: haredge twin --pty.");
        }

        foreach (var port in ports)
        {
            var name = port.UsbName is null ? port.Name : $"{port.Name} ({port.UsbName})";
            yield return IsAllowed(port.Name)
                ? CheckResult.Good("serial port", name)
                : new CheckResult(
                    CheckState.Bad,
                    "port permission",
                    $"You may not open {name}.",
                    "Neither flashing nor watching works without.",
                    "Join its group and log in again: sudo usermod -aG dialout $USER (uucp on Arch).");
        }

        foreach (var bridge in UsbBridges.WithoutPort(usbDevices))
        {
            yield return bridge;
        }
    }

    private static bool IsAllowed(string port) => !OperatingSystem.IsLinux() || access(port, ReadAndWrite) == 0;

#pragma warning disable IDE1006, SA1300 // Name of the C library.
    [DllImport("libc", SetLastError = true)]
    private static extern int access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
#pragma warning restore IDE1006, SA1300
}
