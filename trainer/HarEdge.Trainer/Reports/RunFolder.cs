using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Reports.Page;
using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Reports;

/// <summary>
/// The folder a run leaves behind. It appears whole or not at all: files are written to a hidden folder beside it, which is then
/// renamed.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>The files a run writes; a folder with anything else in it is never replaced.</summary>
    public static readonly IReadOnlyList<string> FileNames =
        [ModelFileName, MetricsFileName, ModelSourceFileName, KnownAnswersFileName, LogFileName, ReportPage.FileName];

    /// <summary>The files a run on a table writes.</summary>
    public static readonly IReadOnlyList<string> TableFileNames = [TableModelFileName, MetricsFileName, LogFileName, ReportPage.FileName];

    /// <summary>The model of a table.</summary>
    public const string TableModelFileName = "table-model.json";

    /// <summary>The model.</summary>
    public const string ModelFileName = "model.json";

    /// <summary>Scores and parity.</summary>
    public const string MetricsFileName = "metrics.json";

    /// <summary>Generated classifier.</summary>
    public const string ModelSourceFileName = "ActivityModel.g.cs";

    /// <summary>Generated known answers.</summary>
    public const string KnownAnswersFileName = "KnownAnswers.g.cs";

    /// <summary>What the run did.</summary>
    public const string LogFileName = "log.txt";

    private readonly FileStream claim;

    private RunFolder(string path, FileStream claim) => (Path, this.claim) = (path, claim);

    /// <summary>Where it will appear, as the user gave it.</summary>
    public string Path { get; }

    /// <summary>Checks, before any long work, that the folder can be made here, and claims it until it is disposed.</summary>
    /// <param name="path">The folder to make.</param>
    /// <param name="replace">True allows an earlier run's folder to be replaced.</param>
    /// <exception cref="InputException">Something is in the way, another run is making this folder now, or the place cannot be written.</exception>
    public static RunFolder Reserve(string path, bool replace)
    {
        if (File.Exists(path))
        {
            throw new InputException($"'{path}' is a file, so the run folder cannot be made there.", "Give another folder with --out.");
        }

        if (Directory.Exists(path))
        {
            RefuseToReplace(path, replace);
        }

        WritablePlace.Verify(path);
        return TryClaim(path) is { } claim ? new RunFolder(path, claim) : throw new InputException(
            $"Another run is making '{path}' now.", "Wait for its end, or give another folder with --out.");
    }

    /// <summary>Claims the first of "runs/name", "runs/name-2", … that is neither there nor being made.</summary>
    /// <exception cref="InputException">The place cannot be written.</exception>
    public static RunFolder ReserveFree(string name)
    {
        var path = System.IO.Path.Combine("runs", name);
        WritablePlace.Verify(path);
        for (var number = 2; ; number++)
        {
            if (!System.IO.Path.Exists(path) && TryClaim(path) is { } claim)
            {
                return new RunFolder(path, claim);
            }

            path = System.IO.Path.Combine("runs", $"{name}-{number}");
        }
    }

    /// <summary>Gives the claim up.</summary>
    public void Dispose() => claim.Dispose();

    /// <summary>Writes all files, then makes the folder appear.</summary>
    /// <param name="files">File names and their text.</param>
    /// <exception cref="InputException">Writing failed; nothing is left behind.</exception>
    public void Publish(IReadOnlyDictionary<string, string> files)
    {
        var partial = Sibling("partial");
        try
        {
            WholeFiles.WriteInto(partial, files);

            if (Directory.Exists(Path))
            {
                ReplaceWith(partial);
            }
            else
            {
                Directory.Move(partial, Path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = e.Message.Replace(partial, Path, StringComparison.Ordinal);
            throw new InputException($"'{Path}' cannot be written: {reason}", "Make room, or give another folder with --out.", inner: e);
        }
        finally
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }
    }

    private static void RefuseToReplace(string path, bool replace)
    {
        var other = Directory.EnumerateFileSystemEntries(path).Select(entry => System.IO.Path.GetFileName(entry))
            .Where(name => !FileNames.Contains(name) && !TableFileNames.Contains(name)).Order(StringComparer.Ordinal).FirstOrDefault();
        if (other is not null)
        {
            throw new InputException(
                $"'{path}' holds '{other}', which no run wrote, so the folder is left alone.", "Give another folder with --out.", 2);
        }

        if (!replace && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new InputException($"'{path}' holds an earlier run.", "Give another folder with --out, or --force to replace it.", 2);
        }
    }

    private void ReplaceWith(string partial)
    {
        var old = Sibling("old");
        Directory.Move(Path, old);
        try
        {
            Directory.Move(partial, Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Directory.Move(old, Path);
            throw;
        }

        Directory.Delete(old, recursive: true);
    }

    // A killed process may leave the file behind, but not its lock, so that it is no claim any more.
    private static FileStream? TryClaim(string path)
    {
        var name = Sibling(path, "claim");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(name)!);
        try
        {
            var claim = new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => claim.Dispose();
            return claim;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private string Sibling(string purpose) => Sibling(Path, purpose);

    // Hidden, beside the folder: renaming works only within a volume.
    private static string Sibling(string path, string purpose)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var parent = System.IO.Path.GetDirectoryName(full) ?? full;
        return System.IO.Path.Combine(parent, $".{System.IO.Path.GetFileName(full)}.{purpose}");
    }
}

/// <summary>The content of a run folder.</summary>
internal static class RunFiles
{
    /// <summary>File names and their text, the same for the same run.</summary>
    public static IReadOnlyDictionary<string, string> Of(TrainingResult result, TrainingMetrics metrics) => new Dictionary<string, string>
    {
        [RunFolder.ModelFileName] = ModelFile.Format(result.Model),
        [RunFolder.MetricsFileName] = ReportJson.Format(metrics),
        [RunFolder.ModelSourceFileName] = result.ModelSource,
        [RunFolder.KnownAnswersFileName] = result.KnownAnswersSource,
        [RunFolder.LogFileName] = Log(result, metrics),
        [ReportPage.FileName] = TrainingPage.Of(metrics, result).Format(),
    };

    private static string Log(TrainingResult result, TrainingMetrics metrics) => string.Join('\n',
    [
        .. result.Log,
        .. result.Notes.Select(note => "note: " + note),
        "",
        .. DataTables.Read(metrics.FilesRead).Concat(TrainingTables.Of(result)).Select(table => table.ToMarkdown()),
        ParityTables.Line(result.Parity),
        "",
    ]);
}
