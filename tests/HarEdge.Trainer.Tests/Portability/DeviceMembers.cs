namespace HarEdge.Trainer.Tests.Portability;

/// <summary>tests/device-members.txt: every member of the runtime's libraries that Core and firmware use, one XML documentation id a line.</summary>
internal static class DeviceMembers
{
    /// <summary>The list.</summary>
    public static IReadOnlyList<string> Listed { get; } = Read();

    private static List<string> Read()
    {
        using Stream stream = typeof(DeviceMembers).Assembly.GetManifestResourceStream("device-members.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line[0] != '#')];
    }
}
