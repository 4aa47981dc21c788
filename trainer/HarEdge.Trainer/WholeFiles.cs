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

/// <summary>Finds out before the work whether its result can be written.</summary>
internal static class WritablePlace
{
    // A run folder takes about a tenth of it.
    private const long LeastFreeBytes = 1 << 20;

    /// <summary>Tries to make something in the nearest folder that exists on the way to a path, and takes it away again.</summary>
    /// <exception cref="InputException">A file is in the way, the place cannot be written, or its disk is full.</exception>
    public static void Verify(string path)
    {
        try
        {
            var place = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
            while (place is not null && !Directory.Exists(place))
            {
                if (File.Exists(place))
                {
                    throw new InputException($"'{path}' cannot be made because '{Path.GetFileName(place)}' is a file.", "Give another folder with --out.");
                }

                place = Path.GetDirectoryName(place);
            }

            place ??= Path.GetFullPath(".");
            Probe(place);
            var freeBytes = new DriveInfo(place).AvailableFreeSpace;
            if (freeBytes < LeastFreeBytes)
            {
                throw new InputException($"The disk of '{path}' is full: {freeBytes} bytes are free.", "Make room, or give a folder on another disk with --out.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InputException($"'{path}' cannot be written: {e.Message}", "Give a folder you may write with --out.", inner: e);
        }
    }

    // Nobody has given the folder the probe's name, so nobody would know it.
    private static void Probe(string place)
    {
        var probe = Path.Combine(place, ".haredge-probe-" + Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(probe);
            Directory.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"nothing can be made in '{place}'", e);
        }
    }
}
