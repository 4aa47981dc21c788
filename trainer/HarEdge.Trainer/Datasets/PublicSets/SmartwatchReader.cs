using System.Text.RegularExpressions;
using HarEdge.Trainer.Datasets.Csv;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.PublicSets;

/// <summary>
/// The set of Matey-Sanz et al.: a folder a person, a CSV an execution (<c>sNN_NN_sw.csv</c> from the watch, <c>sNN_NN_sp.csv</c> from the
/// phone) with m/s² and rad/s, about 104 Hz, timestamps in ms and a label. Where both are there the watch is read.
/// </summary>
internal static partial class SmartwatchReader
{
    /// <summary>Authors and terms in one line.</summary>
    public const string Attribution =
        "Matey-Sanz, Casteleyn, Granell: Dataset of inertial measurements of smartphones and smartwatches for human activity recognition, "
        + "Data in Brief 2023, doi 10.1016/j.dib.2023.109809; CC BY 4.0.";

    private const string Columns =
        "ax=x_acc,ay=y_acc,az=z_acc,gx=x_gyro,gy=y_gyro,gz=z_gyro,time=timestamp,label=label";

    private static readonly string[] Classes = ["SEATED", "STANDING_UP", "WALKING", "TURNING", "SITTING_DOWN"];

    /// <summary>Reads a zip or an unpacked folder.</summary>
    /// <exception cref="InputException">Something in it cannot be used; the message names the file and line.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two files.</exception>
    public static DataSet Read(
        string path,
        ReaderOptions? options = null,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        using SourceTree source = SourceTree.Open(path);
        return Read(source, options ?? new ReaderOptions(), progress, cancellation);
    }

    internal static bool Fits(SourceTree source) => source.Entries.Any(entry => ExecutionFile().IsMatch(entry.FileName));

    internal static DataSet Read(SourceTree source, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ILookup<string, SourceEntry> byDevice = source.Entries
            .Where(entry => ExecutionFile().IsMatch(entry.FileName))
            .ToLookup(entry => ExecutionFile().Match(entry.FileName).Groups["device"].Value);
        bool isWatch = byDevice["sw"].Any();
        SourceEntry[] entries = [.. byDevice[isWatch ? "sw" : "sp"]];
        if (entries.Length == 0)
        {
            throw new InputException($"'{source.Path}' holds no sNN_NN_sw.csv.", "Give the zip or folder of the smartwatch set.");
        }

        var layout = new CsvLayout
        {
            AccelUnit = options.AccelUnit ?? AccelUnit.MetersPerSecondSquared,
            GyroUnit = options.GyroUnit ?? GyroUnit.RadiansPerSecond,
            CountsRange = options.CountsRange ?? options.Range,
            IsRangeStated = options.CountsRange is not null,
            Classes = new ClassList(Classes),
            SubjectOf = entry => ExecutionFile().Match(entry.FileName).Groups["subject"].Value,
            Columns = options.Columns ?? Columns,
            RateHz = options.RateHz,
            TimeUnit = options.TimeUnit ?? TimeUnit.Milliseconds,
            Delimiter = options.Delimiter,
        };
        var import = new CsvImport(source, layout, options);
        if (isWatch && byDevice["sp"].Any())
        {
            import.Tally.Warn($"{byDevice["sp"].Count()} files of the phone (_sp.csv) were left aside; the watch's were read.");
        }

        List<Recording> recordings = import.Read(entries, import.ReadTable, progress, cancellation);
        return import.Finish(recordings, options.Name ?? (isWatch ? "spsw-watch" : "spsw-phone"), Classes, Attribution);
    }

    [GeneratedRegex(@"^(?<subject>s\d{1,4})_\d{1,4}_(?<device>sw|sp)\.csv$", RegexOptions.CultureInvariant)]
    private static partial Regex ExecutionFile();
}
