namespace HarEdge.Cli.Web;

/// <summary>The files of the page, carried inside this assembly.</summary>
internal static class PageFiles
{
    private const string Prefix = "HarEdge.Cli.Web.Page/";

    private static readonly Dictionary<string, PageFile> Files = Load();

    /// <summary>Paths of all files, "/" included.</summary>
    public static IReadOnlyCollection<string> Paths => Files.Keys;

    /// <summary>The file of a path such as "/monitor.css"; null when there is none.</summary>
    public static PageFile? Find(string? path) => Files.GetValueOrDefault(path ?? "");

    private static Dictionary<string, PageFile> Load()
    {
        var assembly = typeof(PageFiles).Assembly;
        var files = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var name = resource[Prefix.Length..];
            files.Add(name == "index.html" ? "/" : "/" + name, new PageFile(ContentType(name), content));
        }

        return files;
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => throw new InvalidOperationException($"{name} has no content type."),
    };
}

/// <summary>One file of the page.</summary>
/// <param name="ContentType">With charset.</param>
/// <param name="Content">As it is sent.</param>
internal sealed record PageFile(string ContentType, byte[] Content);
