using System.Text;
using System.Text.RegularExpressions;
using HarEdge.Trainer.Datasets.Csv;
using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.PublicSets;

/// <summary>
/// The raw files of WISDM's phone and watch set: <c>data_1600_accel_watch.txt</c> and <c>data_1600_gyro_watch.txt</c> with rows of
/// <c>1600,A,252207666810782,-0.36,8.79,1.06;</c> (person, activity, time in ns, three axes). The two sensors are joined by time, activity by activity.
/// </summary>
internal static partial class WisdmReader
{
    public static readonly PublicSet Set = new()
    {
        Name = "wisdm",
        Title = "WISDM Smartphone and Smartwatch Activity and Biometrics Dataset",
        Contents = "51 people; watch at the wrist and phone in the pocket; 18 activities; 20 Hz",
        Citation = "Weiss, Yoneda, Hayajneh: Smartphone and Smartwatch-Based Biometrics Using Activities of Daily Living, IEEE Access 2019, doi 10.1109/ACCESS.2019.2940729; "
            + "UCI archive, data set 507",
        Terms = "CC BY 4.0",
        Page = new Uri("https://archive.ics.uci.edu/dataset/507/wisdm+smartphone+and+smartwatch+activity+and+biometrics+dataset"),
        Download = new Uri("https://archive.ics.uci.edu/static/public/507/wisdm+smartphone+and+smartwatch+activity+and+biometrics+dataset.zip"),
        Placements = ["watch", "phone"],
        Quirks =
        [
            "WISDM: recorded at 20 Hz, below what a device samples; accelerometer and gyroscope are files of their own whose rows do not coincide and were joined by time.",
        ],
        Fits = source => source.Entries.Any(entry => RawFile().IsMatch(entry.FileName)),
        Read = Import,
    };

    private static readonly Dictionary<string, string> Activities = new()
    {
        ["A"] = "walking", ["B"] = "jogging", ["C"] = "stairs", ["D"] = "sitting", ["E"] = "standing", ["F"] = "typing", ["G"] = "brushing_teeth",
        ["H"] = "eating_soup", ["I"] = "eating_chips", ["J"] = "eating_pasta", ["K"] = "drinking", ["L"] = "eating_sandwich", ["M"] = "kicking",
        ["O"] = "playing_catch", ["P"] = "dribbling", ["Q"] = "writing", ["R"] = "clapping", ["S"] = "folding_clothes",
    };

    private static DataSet Import(SourceTree source, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var device = Set.PlacementOf(options);
        var classes = new ClassList();
        SourceEntry[] entries = [.. source.Entries.Where(entry => RawFile().Match(entry.FileName) is { Success: true } match
            && match.Groups["device"].Value == device && match.Groups["sensor"].Value == "accel")];
        if (entries.Length == 0)
        {
            throw new InputException($"'{source.Path}' holds no data_NNNN_accel_{device}.txt.", $"Give the whole set, or the other device with --placement {Set.Placements.First(other => other != device)}.");
        }

        return Set.Import(
            source, options, entries, classes, (import, entry) => Signals(source, entry, device, classes, options, import), progress, cancellation);
    }

    private static IEnumerable<RawSignal> Signals(
        SourceTree source, SourceEntry accelEntry, string device, ClassList classes, ReaderOptions options, SetImport import)
    {
        var partner = accelEntry.FileName.Replace("_accel_", "_gyro_", StringComparison.Ordinal);
        var gyroEntry = source.Entries.FirstOrDefault(entry => entry.FileName == partner);
        if (gyroEntry.Name is null)
        {
            throw new InputException($"'{source.Describe(accelEntry)}' is there, but no '{partner}'.", $"Restore {partner} from the original archive, in its folder raw/{device}/gyro.");
        }

        var gyros = Read(source, gyroEntry, 3, classes, import);
        var units = new FileUnits(
            options.AccelUnit ?? AccelUnit.MetersPerSecondSquared, options.GyroUnit ?? GyroUnit.RadiansPerSecond, options.CountsRange ?? options.Range);
        foreach (var accel in Read(source, accelEntry, 0, classes, import))
        {
            var fileName = source.Describe(accelEntry);
            var gyro = gyros.FirstOrDefault(rows => rows.Recording == accel.Recording);
            var joined = gyro is null ? null : SensorJoin.TryJoin(accel, gyro, UnitNames.SecondsIn(TimeUnit.Nanoseconds));
            if (joined is null)
            {
                import.Notes.Add($"'{fileName}': activity {accel.Recording} ({accel.Count} rows) was left aside, because the gyroscope has no rows at its time.");
                continue;
            }

            yield return SignalBuilder.Build(
                joined,
                $"{accel.Subject}_{device}_{accel.Recording}",
                new RecordingOrigin { FileName = fileName, FirstLine = accel.FirstLine, Units = units.Names },
                units,
                new ClockStatement(true, options.RateHz, options.TimeUnit ?? TimeUnit.Nanoseconds),
                import.Tally);
        }
    }

    /// <summary>The rows of a file by activity; an activity that comes back is another recording with a number behind its letter.</summary>
    private static List<SignalRows> Read(SourceTree source, SourceEntry entry, int firstChannel, ClassList classes, SetImport import)
    {
        var fileName = source.Describe(entry);
        var bytes = source.ReadAll(entry, out var sha256);
        import.Files.Add(new SourceFile(entry.Name, sha256));
        var subject = RawFile().Match(entry.FileName).Groups["subject"].Value;
        List<SignalRows> parts = [];
        var text = new NumberText(bytes, fileName, hasCommas: true);
        var activity = "";
        var label = RawSignal.Unlabeled;
        while (text.TryReadLine(out var line))
        {
            text.NextWord(ref line);
            var letter = Encoding.ASCII.GetString(text.NextWord(ref line));
            if (letter != activity)
            {
                var name = Activities.GetValueOrDefault(letter) ?? throw new InputException(
                    $"'{fileName}' line {text.LineNumber}: WISDM has no activity '{letter}'.", "Restore the file from the original archive.");
                classes.TryIndex(name, out label);
                activity = letter;
                var before = parts.Count(part => part.Recording![0] == letter[0]);
                parts.Add(new SignalRows(subject, before == 0 ? letter : $"{letter}{before + 1}", text.LineNumber));
            }

            var rows = parts[^1];
            text.ReadSample(line, rows, firstChannel, label, columns: 6);
        }

        return parts;
    }

    [GeneratedRegex(@"^data_(?<subject>\d{4})_(?<sensor>accel|gyro)_(?<device>phone|watch)\.txt$", RegexOptions.CultureInvariant)]
    private static partial Regex RawFile();
}
