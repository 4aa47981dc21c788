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
    public static readonly PublicSet Set = new()
    {
        Name = "smartwatch",
        Title = "Smartphone and smartwatch set of Universitat Jaume I",
        Contents = "23 people; watch at the wrist and phone in the pocket; five short activities; about 104 Hz",
        Citation = "Matey-Sanz, Casteleyn, Granell: Dataset of inertial measurements of smartphones and smartwatches for human activity recognition, "
            + "Data in Brief 2023, doi 10.1016/j.dib.2023.109809",
        Terms = "CC BY 4.0",
        Page = new Uri("https://doi.org/10.1016/j.dib.2023.109809"),
        Placements = ["watch", "phone"],
        Fits = source => source.Entries.Any(entry => ExecutionFile().IsMatch(entry.FileName)),
        Read = Read,
    };

    private const string Columns =
        "ax=x_acc,ay=y_acc,az=z_acc,gx=x_gyro,gy=y_gyro,gz=z_gyro,time=timestamp,label=label";

    private static readonly string[] Classes = ["SEATED", "STANDING_UP", "WALKING", "TURNING", "SITTING_DOWN"];

    /// <summary>Reads a zip or an unpacked folder.</summary>
    /// <exception cref="InputException">Something in it cannot be used; the message names the file and line.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two files.</exception>
    internal static DataSet Read(SourceTree source, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var byDevice = source.Entries
            .Where(entry => ExecutionFile().IsMatch(entry.FileName))
            .ToLookup(entry => ExecutionFile().Match(entry.FileName).Groups["device"].Value);
        var isWatch = options.Placement is null ? byDevice["sw"].Any() : Set.PlacementOf(options) == "watch";
        SourceEntry[] entries = [.. byDevice[isWatch ? "sw" : "sp"]];
        if (entries.Length == 0)
        {
            throw new InputException($"'{source.Path}' holds no sNN_NN_{(isWatch ? "sw" : "sp")}.csv.", "Give the zip or folder of the smartwatch set, or the other device with --placement.");
        }

        var import = new SetImport(source, options);
        var layout = new CsvLayout
        {
            AccelUnit = options.AccelUnit ?? AccelUnit.MetersPerSecondSquared,
            GyroUnit = options.GyroUnit ?? GyroUnit.RadiansPerSecond,
            CountsRange = options.CountsRange ?? options.Range,
            IsRangeStated = options.CountsRange is not null,
            Classes = new ClassList(Classes),
            Notes = import.Notes,
            SubjectOf = entry => ExecutionFile().Match(entry.FileName).Groups["subject"].Value,
            Columns = options.Columns ?? Columns,
            RateHz = options.RateHz,
            TimeUnit = options.TimeUnit ?? TimeUnit.Milliseconds,
            Delimiter = options.Delimiter,
        };
        if (isWatch && byDevice["sp"].Any())
        {
            import.Tally.Warn($"{byDevice["sp"].Count()} files of the phone (_sp.csv) were left aside; the watch's were read.");
        }

        var recordings = import.Read(entries, entry => CsvFile.Read(source, entry, layout, import.Files, import.Tally), progress, cancellation);
        return import.Finish(recordings, options.Name ?? (isWatch ? "spsw-watch" : "spsw-phone"), Classes, Set.Attribution);
    }

    [GeneratedRegex(@"^(?<subject>s\d{1,4})_\d{1,4}_(?<device>sw|sp)\.csv$", RegexOptions.CultureInvariant)]
    private static partial Regex ExecutionFile();
}
