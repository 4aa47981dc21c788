using System.Reflection;
using HarEdge.Trainer.Portability;

namespace HarEdge.Trainer.Tests.Portability;

/// <summary>What the device has: its mscorlib, the lists of its API, and the members of both that Core and firmware use.</summary>
internal static class DeviceMembers
{
    /// <summary>tests/device-members.txt: every member of the runtime's libraries that Core and firmware use, one XML documentation id a line.</summary>
    public static IReadOnlyList<string> Listed { get; } = [.. Lines(Read("device-members.txt"))];

    /// <summary>The firmware's own files.</summary>
    public static IReadOnlyList<DeviceSource> FirmwareSources { get; } = Sources("HarEdge.Firmware/");

    /// <summary>The bring-up program's files, and those of the firmware it takes its pins from.</summary>
    public static IReadOnlyList<DeviceSource> BringUpSources { get; } =
        [.. Sources("HarEdge.BringUp/"), .. FirmwareSources.Where(source => source.Path.Contains("Board", StringComparison.Ordinal))];

    /// <summary>The public members of the device's libraries by assembly, one XML documentation id each; skips the test where the lists are not there.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> ApiLists()
    {
        var folder = Environment.GetEnvironmentVariable("HAREDGE_NANOFRAMEWORK_API");
        if (string.IsNullOrEmpty(folder) && Environment.GetEnvironmentVariable("HAREDGE_DATA") is { Length: > 0 } data)
        {
            folder = Path.Combine(data, "..", "nanoframework-api");
        }

        Assert.SkipUnless(Directory.Exists(folder), "HAREDGE_NANOFRAMEWORK_API does not name a folder: that of the device's API lists, one XML documentation id a line");
        return Directory.GetFiles(folder!, "*.txt").ToDictionary(
            path => Path.GetFileName(path).Split('-')[0], path => (IReadOnlySet<string>)Lines(File.ReadAllText(path)).ToHashSet());
    }

    private static IReadOnlyList<DeviceSource> Sources(string prefix) =>
    [
        .. typeof(DeviceMembers).Assembly.GetManifestResourceNames().Where(name => name.Replace('\\', '/').StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(name => new DeviceSource(name.Replace('\\', '/'), Read(name))),
    ];

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line[0] != '#');

    private static string Read(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
