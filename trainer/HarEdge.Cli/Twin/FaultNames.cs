using HarEdge.DeviceTwin;

namespace HarEdge.Cli.Twin;

/// <summary>Names of the faults a simulated device can have, as the command line takes them.</summary>
internal static class FaultNames
{
    /// <summary>All of them.</summary>
    public static string[] All { get; } = Enum.GetNames<DeviceFault>();

    /// <summary>The fault of a name; null for no name.</summary>
    public static DeviceFault? Parse(string? name) => name is null ? null : Enum.Parse<DeviceFault>(name);
}
