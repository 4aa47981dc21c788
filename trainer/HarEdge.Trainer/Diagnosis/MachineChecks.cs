using System.Diagnostics;
using System.Runtime.InteropServices;
using HarEdge.Trainer.Learning.LightGbm;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Trainer.Diagnosis;

/// <summary>What must be on the machine: the SDK, LightGBM's native parts, the nanoFramework tools.</summary>
internal static class MachineChecks
{
    private const int LeastSdk = 10;
    private const int LongestMs = 20_000;

    /// <summary>All of them.</summary>
    /// <param name="isFlashingNext">Whether a board waits for its firmware: then nothing goes on without nanoff, else it is worth knowing only.</param>
    /// <param name="pathVariable">Folders to search for tools; null for the usual ones.</param>
    public static IEnumerable<CheckResult> Run(bool isFlashingNext, string? pathVariable = null)
    {
        yield return Sdk(SdksOf(InstalledTool.Find("dotnet", pathVariable)));
        yield return LightGbm();
        yield return Tool(
            "nanoff",
            isFlashingNext ? CheckState.Bad : CheckState.Note,
            "nothing can be flashed without it; everything else works",
            isFlashingNext ? "dotnet tool install -g nanoff" : "dotnet tool install -g nanoff, when you want to flash a board",
            pathVariable);
        yield return Tool(
            "nanoclr", CheckState.Note, "only haredge verify-on-nanoclr uses it", "dotnet tool install -g nanoclr, when you want that check", pathVariable);
    }

    /// <summary>Judges the lines of <c>dotnet --list-sdks</c>; null when there is no dotnet.</summary>
    internal static CheckResult Sdk(IReadOnlyList<string>? sdks)
    {
        const string Why = "Building HarEdge and nanoff needs it.";
        const string Remedy = "Install the .NET 10 SDK from https://dotnet.microsoft.com/download.";
        if (sdks is null)
        {
            return new CheckResult(CheckState.Bad, ".NET SDK", "No dotnet was found on the path.", Why, Remedy);
        }

        var versions = sdks.Select(line => line.Split(' ')[0]).Where(version => version.Length > 0).ToList();
        return versions.Any(version => int.TryParse(version.Split('.')[0], out var major) && major >= LeastSdk)
            ? CheckResult.Good(".NET SDK", versions[^1])
            : new CheckResult(
                CheckState.Bad, ".NET SDK", versions.Count == 0 ? "dotnet is there, but no SDK." : $"The newest SDK is {versions[^1]}.", Why, Remedy);
    }

    private static List<string>? SdksOf(string? dotnet)
    {
        if (dotnet is null)
        {
            return null;
        }

        using var process = Process.Start(new ProcessStartInfo(dotnet, "--list-sdks") { RedirectStandardOutput = true, RedirectStandardError = true });
        var read = process?.StandardOutput.ReadToEndAsync();
        if (process is null || read is null || !process.WaitForExit(LongestMs))
        {
            process?.Kill();
            return [];
        }

        return [.. read.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    private static CheckResult LightGbm()
    {
        try
        {
            LightGbmLibrary.EnsureLoaded();
            return CheckResult.Good("LightGBM", "its native library and libgomp load");
        }
        catch (InputException e)
        {
            return new CheckResult(CheckState.Bad, "LightGBM", e.Message, "Training needs it; everything else works without.", e.Remedy);
        }
    }

    private static CheckResult Tool(string name, CheckState whenMissing, string why, string how, string? pathVariable) =>
        InstalledTool.Find(name, pathVariable) is { } path
            ? CheckResult.Good(name, path)
            : new CheckResult(whenMissing, name, $"{name} was not found on the path or among the global tools.", char.ToUpperInvariant(why[0]) + why[1..] + ".", $"Run: {how}.");
}

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
