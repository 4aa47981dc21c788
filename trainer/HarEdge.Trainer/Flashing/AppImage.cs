namespace HarEdge.Trainer.Flashing;

/// <summary>
/// The application as nanoff deploys it: the .pe files of the referenced assemblies, then the application's own, each padded to four bytes.
/// </summary>
internal static class AppImage
{
    /// <summary>Name of the application's assembly.</summary>
    public const string Application = "HarEdge.Firmware";

    private const string CoreLibrary = "mscorlib";
    private const int Alignment = 4;

    // The first bytes of every .pe file of nanoFramework; a version digit follows.
    private static readonly byte[] Marker = "NFMRK"u8.ToArray();

    private static readonly string[] BuildFolders = ["firmware/HarEdge.Firmware/bin/Release", "firmware/HarEdge.Firmware/bin/Debug"];

    /// <summary>The image the project system made in a clone; null when it was not built.</summary>
    /// <param name="root">Folder of the clone.</param>
    public static string? FindBuilt(string root) =>
        BuildFolders.Select(folder => Path.Combine(root, folder, Application + ".bin")).FirstOrDefault(File.Exists);

    /// <summary>Makes an image.</summary>
    /// <param name="folder">Holds the application's .pe and those it references, nothing else of that kind.</param>
    /// <exception cref="InputException">The application is not among them, or a file is none of nanoFramework's.</exception>
    public static byte[] FromFolder(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.pe") : throw new InputException(
            $"'{folder}' is not a folder.", "Give the folder with the .pe files of the build: firmware/HarEdge.Firmware/bin/Release.");
        if (!files.Any(file => Name(file) == Application) || !files.Any(file => Name(file) == CoreLibrary))
        {
            throw new InputException(
                $"'{folder}' has {files.Length} .pe files, but not both {Application}.pe and {CoreLibrary}.pe.",
                "Build the firmware first (firmware/README.md), and give the folder its build wrote to.");
        }

        using var image = new MemoryStream();
        foreach (var file in files.OrderBy(Rank).ThenBy(Name, StringComparer.Ordinal))
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
    private static int Rank(string file) => Name(file) switch
    {
        CoreLibrary => 0,
        Application => 2,
        _ => 1,
    };
}
