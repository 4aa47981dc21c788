using System.Globalization;
using System.Text;

namespace HarEdge.Trainer.Telemetry.Sources;

/// <summary>
/// Keeps every byte of a port with its time, as text: after the first line, one line a read with milliseconds, a tab and the bytes.
/// Bytes other than printable ASCII, and the backslash, are written as \xNN. So the file can be read by eye and compared.
/// </summary>
internal sealed class ByteLog : IDisposable
{
    /// <summary>The first line; what begins otherwise is a plain capture.</summary>
    public const string Header = "# haredge serial log 1\n";

    private readonly FileStream stream;
    private readonly StringBuilder line = new();

    /// <summary>Begins a log.</summary>
    /// <exception cref="InputException">The file exists or cannot be written.</exception>
    public ByteLog(string path)
    {
        try
        {
            stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var exists = File.Exists(path);
            throw new InputException(
                exists ? $"{path} exists already." : $"{path} cannot be written: {e.Message}",
                exists ? "Give another name; a log is never written over." : "Give a path in a folder that exists and that you may write to.",
                1,
                e);
        }

        stream.Write(Encoding.ASCII.GetBytes(Header));
    }

    /// <summary>Appends what one read gave.</summary>
    public void Write(long atMs, ReadOnlySpan<byte> bytes)
    {
        line.Clear().Append(CultureInfo.InvariantCulture, $"{atMs}\t");
        foreach (var value in bytes)
        {
            if (value is >= (byte)' ' and <= (byte)'~' and not (byte)'\\')
            {
                line.Append((char)value);
            }
            else
            {
                line.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}");
            }
        }

        stream.Write(Encoding.ASCII.GetBytes(line.Append('\n').ToString()));
        stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
