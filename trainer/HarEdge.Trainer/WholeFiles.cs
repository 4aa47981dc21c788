using System.Text;

namespace HarEdge.Trainer;

/// <summary>Writes text files so that nobody ever sees half a file. UTF-8 without a byte order mark.</summary>
internal static class WholeFiles
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes every file under another name first and renames them only when all are complete.</summary>
    /// <param name="folder">Made when missing.</param>
    /// <param name="files">File names and their text.</param>
    /// <exception cref="InputException">The folder cannot be written; the files that were there are as before.</exception>
    public static void Write(string folder, IReadOnlyDictionary<string, string> files) =>
        Write(folder, files.ToDictionary(file => file.Key, file => Utf8.GetBytes(file.Value)));

    /// <summary>The same for one file of bytes, such as a picture.</summary>
    public static void Write(string folder, string name, byte[] bytes) => Write(folder, new Dictionary<string, byte[]> { [name] = bytes });

    private static void Write(string folder, Dictionary<string, byte[]> files)
    {
        try
        {
            WriteInto(folder, files);
        }
        catch (IOException e)
        {
            throw new InputException($"'{folder}' cannot be written: {e.Message}", "Make room, or give another folder with --out.", inner: e);
        }
    }

    /// <summary>The same for text, for a caller with words of its own.</summary>
    /// <exception cref="IOException">With a message that names the final files only; the files that were there are as before.</exception>
    internal static void WriteInto(string folder, IReadOnlyDictionary<string, string> files) =>
        WriteInto(folder, files.ToDictionary(file => file.Key, file => Utf8.GetBytes(file.Value)));

    private static void WriteInto(string folder, Dictionary<string, byte[]> files)
    {
        var partials = files.Keys.ToDictionary(name => name, name => Path.Combine(folder, $".{name}.partial-{Guid.NewGuid():N}"));
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var (name, partial) in partials)
            {
                File.WriteAllBytes(partial, files[name]);
            }

            foreach (var (name, partial) in partials)
            {
                File.Move(partial, Path.Combine(folder, name), overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Asked first: deleting below something that is no folder throws.
            foreach (var partial in partials.Values.Where(File.Exists))
            {
                File.Delete(partial);
            }

            // Nobody has given the files their partial names, so nobody would know them.
            throw new IOException(partials.Aggregate(e.Message, (text, file) => text.Replace(file.Value, file.Key, StringComparison.Ordinal)), e);
        }
    }
}
