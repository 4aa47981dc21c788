using System.Reflection;

namespace HarEdge.Trainer.Portability;

/// <summary>A C# file the device compiles.</summary>
/// <param name="Path">Relative to firmware/Core, with '/' between folders.</param>
/// <param name="Text">Its content.</param>
internal sealed record DeviceSource(string Path, string Text)
{
    private const string ResourcePrefix = "HarEdge.Core/";
    private const string GeneratedFolder = "Generated/";

    /// <summary>The shared source of firmware/Core without any generated model, as it was when the trainer was built.</summary>
    public static IReadOnlyList<DeviceSource> Core { get; } =
        [.. Embedded().Where(source => !source.Path.StartsWith(GeneratedFolder, StringComparison.Ordinal))];

    /// <summary>The generated model and known answers the firmware ships with.</summary>
    public static IReadOnlyList<DeviceSource> CommittedModel { get; } =
        [.. Embedded().Where(source => source.Path.StartsWith(GeneratedFolder, StringComparison.Ordinal))];

    private static IEnumerable<DeviceSource> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (string name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            // Resource names keep the separators of the machine that built the trainer.
            string path = name.Replace('\\', '/');
            if (path.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                yield return new DeviceSource(path[ResourcePrefix.Length..], reader.ReadToEnd());
            }
        }
    }
}
