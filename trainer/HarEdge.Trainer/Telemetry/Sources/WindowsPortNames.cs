using System.Runtime.Versioning;
using System.Security;
using Microsoft.Win32;

namespace HarEdge.Trainer.Telemetry.Sources;

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
