using System.Text;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Capture;

/// <summary>Makes a recording of what an interrupted one has left: every whole row, and no half one.</summary>
internal static class RecordingRecovery
{
    /// <summary>Recovers a part file.</summary>
    /// <param name="partPath">Ends in .part.</param>
    /// <returns>The recording's name, its samples, and the bytes of a half row that were cut off.</returns>
    /// <exception cref="InputException">It is no part file, holds no sample, or the recording's name is taken.</exception>
    public static (string Path, long Samples, long CutBytes) Recover(string partPath)
    {
        if (!partPath.EndsWith(RecordingFile.PartEnding, StringComparison.Ordinal))
        {
            throw new InputException($"'{partPath}' is no part of a recording.", $"Name a file that ends in {RecordingFile.PartEnding}.", 2);
        }

        var path = partPath[..^RecordingFile.PartEnding.Length];
        if (File.Exists(path))
        {
            throw new InputException($"'{path}' exists already.", "Move or rename it; a recording is never written over.");
        }

        try
        {
            var (samples, cutBytes) = CutAfterLastRow(partPath);
            File.Move(partPath, path);
            return (path, samples, cutBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{partPath}' cannot be recovered: {e.Message}", "Check the path, and that no recording is still running.", 1, e);
        }
    }

    private static (long Samples, long CutBytes) CutAfterLastRow(string partPath)
    {
        using var file = new FileStream(partPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var (samples, length) = Whole(bytes, partPath);
        file.SetLength(length);
        file.Flush(flushToDisk: true);
        return (samples, bytes.Length - length);
    }

    // Rows with all their columns up to the first that is none: a machine that lost its power leaves zeros at the end.
    private static (long Samples, int Length) Whole(byte[] bytes, string partPath)
    {
        var at = 0;
        var line = 0;
        var samples = 0L;
        while (Array.IndexOf(bytes, (byte)'\n', at) is >= 0 and var end)
        {
            var text = Encoding.UTF8.GetString(bytes, at, end - at);
            line++;
            var isGood = line switch
            {
                1 => RecordingDescription.Parse(text, partPath) is not null,
                2 => text == RecordingFile.Header,
                _ => text.Count(c => c == ',') == RecordingFile.Header.Count(c => c == ',') && !text.Contains('\0', StringComparison.Ordinal),
            };
            if (!isGood)
            {
                break;
            }

            samples += line > 2 && !text.Contains(",,,,,,", StringComparison.Ordinal) ? 1 : 0;
            at = end + 1;
        }

        return samples > 0 ? (samples, at) : throw new InputException($"'{partPath}' holds no sample.", "There is nothing to recover; delete it.");
    }
}
