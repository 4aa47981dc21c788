namespace HarEdge.Trainer.Flashing;

/// <summary>
/// The application as nanoff deploys it: the .pe files of the referenced assemblies, then the application's own, each padded to four bytes.
/// </summary>
internal static class AppImage
{
    /// <summary>Name of the application's assembly, and of its folder in firmware/.</summary>
    public const string Firmware = "HarEdge.Firmware";

    /// <summary>The same of the first program, which looks at wiring and sensor.</summary>
    public const string BringUp = "HarEdge.BringUp";

    private const string CoreLibrary = "mscorlib";
    private const int Alignment = 4;

    // The first bytes of every .pe file of nanoFramework; a version digit follows.
    private static readonly byte[] Marker = "NFMRK"u8.ToArray();

    /// <summary>The image the project system made in a clone; null when it was not built.</summary>
    /// <param name="root">Folder of the clone.</param>
    /// <param name="application">Which.</param>
    public static string? FindBuilt(string root, string application) =>
        new[] { "Release", "Debug" }.Select(configuration => Path.Combine(root, "firmware", application, "bin", configuration, application + ".bin")).FirstOrDefault(File.Exists);

    /// <summary>Refuses a file that nanoff would flash and the runtime could not load.</summary>
    /// <exception cref="InputException">It is not there, or no image.</exception>
    public static void Verify(string file)
    {
        if (!File.Exists(file))
        {
            throw new InputException($"There is no application {file}.", "Build it (firmware/README.md), or check the path.");
        }

        using var stream = File.OpenRead(file);
        var start = new byte[Marker.Length];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.AsSpan().SequenceEqual(Marker))
        {
            throw new InputException(
                $"{file} is no application of nanoFramework: it does not begin with NFMRK.",
                $"Name the .bin that the build wrote beside the .pe files ({Firmware}.bin), not an image of the runtime or a file of the desktop; or make one with --pe.");
        }
    }

    /// <summary>Makes an image.</summary>
    /// <param name="folder">Holds the application's .pe and those it references, nothing else of that kind.</param>
    /// <param name="application">Which.</param>
    /// <exception cref="InputException">The application is not among them, or a file is none of nanoFramework's.</exception>
    public static byte[] FromFolder(string folder, string application)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.pe") : throw new InputException(
            $"'{folder}' is not a folder.", $"Give the folder with the .pe files of the build: firmware/{application}/bin/Release.");
        if (!files.Any(file => Name(file) == application) || !files.Any(file => Name(file) == CoreLibrary))
        {
            throw new InputException(
                $"'{folder}' has {files.Length} .pe files, but not both {application}.pe and {CoreLibrary}.pe.",
                "Build it first (firmware/README.md), and give the folder its build wrote to.");
        }

        using var image = new MemoryStream();
        foreach (var file in files.OrderBy(file => Rank(Name(file), application)).ThenBy(Name, StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(file);
            if (!bytes.AsSpan().StartsWith(Marker))
            {
                throw new InputException(
                    $"{Path.GetFileName(file)} is no assembly of nanoFramework: it does not begin with NFMRK.", "Build the firmware again, or leave the file out.");
            }

            image.Write(bytes);
            image.Write(new byte[(Alignment - (bytes.Length % Alignment)) % Alignment]);
        }

        return image.ToArray();
    }

    private static string Name(string file) => Path.GetFileNameWithoutExtension(file);

    // The core library first, the application last.
    private static int Rank(string name, string application) => name == CoreLibrary ? 0 : name == application ? 2 : 1;
}
