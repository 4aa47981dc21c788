using System.Text;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>The description that a CSV file may have before its header row.</summary>
internal static class FirstLine
{
    // Longer than any description; a file without line ends is not read whole for this.
    private const int LongestBytes = 4096;

    /// <summary>Reads the description of a file; null when it has none.</summary>
    public static RecordingDescription? Read(SourceTree source, SourceEntry entry)
    {
        return RecordingDescription.Parse(Text(source, entry), source.Describe(entry));
    }

    /// <summary>The first line of a file without its terminator.</summary>
    public static string Text(SourceTree source, SourceEntry entry)
    {
        try
        {
            using Stream stream = source.Open(entry);
            return Take(stream);
        }
        catch (InvalidDataException)
        {
            // Whoever reads the rows tells of the damage.
            return "";
        }
    }

    /// <summary>Moves a stream behind its first line.</summary>
    public static void Skip(Stream stream) => Take(stream);

    // Byte by byte: nothing behind the line may be taken from the stream.
    private static string Take(Stream stream)
    {
        var line = new StringBuilder();
        for (int value = stream.ReadByte(); value >= 0 && value != '\n' && line.Length < LongestBytes; value = stream.ReadByte())
        {
            line.Append((char)value);
        }

        return line.ToString().TrimStart('\u00EF', '\u00BB', '\u00BF').TrimEnd('\r');
    }
}
