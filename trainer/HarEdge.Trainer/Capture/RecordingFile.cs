using System.Globalization;
using System.Text;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Capture;

/// <summary>
/// A recording on its way to disk: a CSV file that describes itself, under the name <c>….csv.part</c> until it is complete. Rows are whole in
/// the part file after every flush, so whatever happens costs at most what came since; <see cref="RecordingRecovery"/> makes a recording of it.
/// </summary>
internal sealed class RecordingFile : IDisposable
{
    /// <summary>Ending of a file that is not complete.</summary>
    public const string PartEnding = ".part";

    /// <summary>The header row. Readers know all columns but the last two: the device's own number of the sample, and what a gap was.</summary>
    public const string Header = "time_ms,ax,ay,az,gx,gy,gz,label,sample,gap";

    private readonly Stream stream;
    private readonly string path;
    private readonly StringBuilder pending = new();
    private RecordingDescription description;
    private long pendingSamples;
    private long goodLength;
    private bool isClosed;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it will be when it is complete.</param>
    /// <param name="description">Its first line.</param>
    /// <exception cref="InputException">The part file cannot be made.</exception>
    public RecordingFile(string path, RecordingDescription description)
        : this(Create(path), path, description)
    {
    }

    internal RecordingFile(Stream stream, string path, RecordingDescription description)
    {
        this.stream = stream;
        this.path = path;
        this.description = description;
        pending.Append(description.ToLine()).Append('\n').Append(Header).Append('\n');
    }

    /// <summary>Where it grows.</summary>
    public string PartPath => path + PartEnding;

    /// <summary>Samples safely written.</summary>
    public long Samples { get; private set; }

    /// <summary>The next free name in a folder: subject-placement-001.csv.</summary>
    public static string NextPath(string folder, string subject, string? placement)
    {
        var stem = placement is null ? subject : $"{subject}-{placement}";
        for (var number = 1; ; number++)
        {
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{stem}-{number:000}.csv"));
            if (!File.Exists(path) && !File.Exists(path + PartEnding))
            {
                return path;
            }
        }
    }

    /// <summary>Adds a sample.</summary>
    /// <param name="sample">From the device.</param>
    /// <param name="label">Null for none.</param>
    public void Add(CapturedSample sample, string? label)
    {
        pending.Append(CultureInfo.InvariantCulture, $"{sample.TimeMs:0.###}");
        foreach (var value in sample.Values)
        {
            pending.Append(CultureInfo.InvariantCulture, $",{value}");
        }

        pending.Append(',').Append(label).Append(',');
        if (sample.Number > 0)
        {
            pending.Append(CultureInfo.InvariantCulture, $"{sample.Number}");
        }

        pending.Append(",\n");
        pendingSamples++;
    }

    /// <summary>Adds a row without values that marks a gap.</summary>
    public void Add(CapturedGap gap) => pending.Append(CultureInfo.InvariantCulture, $"{gap.TimeMs:0.###},,,,,,,,,{gap.Reason}{(gap.MissingSamples is { } missing ? $" {missing}" : "")}\n");

    /// <summary>Writes what was added.</summary>
    /// <param name="toDisk">Whether to wait until it is beyond the system's memory.</param>
    /// <exception cref="InputException">It cannot be written; what was written before is safe in the part file.</exception>
    public void Flush(bool toDisk = false)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(pending.ToString());
            stream.Write(bytes);
            stream.Flush();
            (toDisk ? stream as FileStream : null)?.Flush(flushToDisk: true);
            goodLength += bytes.Length;
            Samples += pendingSamples;
        }
        catch (IOException e)
        {
            throw Failure(e);
        }

        pending.Clear();
        pendingSamples = 0;
    }

    /// <summary>Corrects the first line, of a file whose device has said more about itself.</summary>
    public void Describe(RecordingDescription corrected)
    {
        if (corrected == description)
        {
            return;
        }

        Flush();
        description = corrected;
        try
        {
            stream.Position = 0;
            stream.Write(Encoding.UTF8.GetBytes(corrected.ToLine()));
            stream.Position = goodLength;
        }
        catch (IOException e)
        {
            throw Failure(e);
        }
    }

    /// <summary>Writes the rest and gives the file its name.</summary>
    /// <returns>The name.</returns>
    /// <exception cref="InputException">It cannot be written or renamed; what was written is safe in the part file.</exception>
    public string Complete()
    {
        Flush(toDisk: true);
        Dispose();
        try
        {
            File.Move(PartPath, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{PartPath} could not be renamed: {e.Message}", $"It is complete; move what is in the way, then run haredge record --recover {PartPath}.", 1, e);
        }

        return path;
    }

    /// <summary>Closes the part file as it is.</summary>
    public void Dispose()
    {
        if (!isClosed)
        {
            isClosed = true;
            stream.Dispose();
        }
    }

    private static FileStream Create(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);

            // No buffer of its own: what cannot be written must not come again when the file is closed.
            return new FileStream(path + PartEnding, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}{PartEnding} cannot be made: {e.Message}", "Give a folder you may write to with --out.", 1, e);
        }
    }

    private InputException Failure(IOException cause)
    {
        try
        {
            // Half a row is no row.
            if (stream.CanSeek && stream.Length > goodLength)
            {
                stream.SetLength(goodLength);
            }
        }
        catch (IOException)
        {
            // The recovery cuts it instead.
        }

        return new InputException(
            $"The recording cannot be written on: {cause.Message.TrimEnd('.')}. Its first {Samples} samples are safe in {PartPath}, the {pendingSamples} after them are lost.",
            $"Make room, then run haredge record --recover {PartPath}.",
            1,
            cause);
    }
}

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
