using System.Text;
using System.Text.RegularExpressions;
using HarEdge.Core;
using HarEdge.Trainer.Datasets.Csv;
using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.PublicSets;

/// <summary>
/// MotionSense's device motion: folders <c>dws_1</c> of an activity and a trial with <c>sub_1.csv</c> of a person. The accelerometer is gravity plus user
/// acceleration in g. iOS gives it with the sign of gravity; every other sensor, an MPU6050 too, shows +1 g on the axis that points up: the signs are turned.
/// </summary>
internal static partial class MotionSenseReader
{
    public static readonly PublicSet Set = new()
    {
        Name = "motionsense",
        Title = "MotionSense",
        Contents = "24 people; phone in the front trouser pocket; six activities; 50 Hz",
        Citation = "Malekzadeh, Clegg, Cavallaro, Haddadi: Mobile Sensor Data Anonymization, IoTDI 2019, doi 10.1145/3302505.3310068",
        Terms = "see its repository for terms; its code is MIT licensed",
        Page = new Uri("https://github.com/mmalekzadeh/motion-sense"),
        Download = new Uri("https://github.com/mmalekzadeh/motion-sense/archive/refs/heads/master.zip"),
        Quirks =
        [
            "MotionSense: accelerometer = -(gravity + userAcceleration), because iOS gives accelerations with the sign of gravity. Only A_DeviceMotion_data was read; "
                + "B_Accelerometer_data and C_Gyroscope_data are the same sessions without timestamps to join them by.",
        ],
        Fits = source => source.Entries.FirstOrDefault(entry => SessionFile().IsMatch(entry.Name)) is { Name: not null } first
            && TableHead.Read(source, first).FirstRow.Contains("rotationRate.x", StringComparison.Ordinal),
        Read = Import,
    };

    private static readonly Dictionary<string, string> Activities = new()
    {
        ["dws"] = "downstairs", ["ups"] = "upstairs", ["wlk"] = "walking", ["jog"] = "jogging", ["std"] = "standing", ["sit"] = "sitting",
    };

    private static readonly string[] Columns =
    [
        "gravity.x", "gravity.y", "gravity.z", "userAcceleration.x", "userAcceleration.y", "userAcceleration.z",
        "rotationRate.x", "rotationRate.y", "rotationRate.z",
    ];

    private static DataSet Import(SourceTree source, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var classes = new ClassList();
        SourceEntry[] entries = [.. source.Entries.Where(entry => SessionFile().IsMatch(entry.Name)
            && !entry.Name.Contains("B_Accelerometer", StringComparison.Ordinal) && !entry.Name.Contains("C_Gyroscope", StringComparison.Ordinal))];
        if (entries.Length == 0)
        {
            throw new InputException($"'{source.Path}' holds no device motion of MotionSense.", "Give the folder A_DeviceMotion_data, or a zip that contains it.");
        }

        return Set.Import(
            source, options, entries, classes, (import, entry) => [Signal(source, entry, classes, options, import)], progress, cancellation);
    }

    private static RawSignal Signal(SourceTree source, SourceEntry entry, ClassList classes, ReaderOptions options, SetImport import)
    {
        var match = SessionFile().Match(entry.Name);
        var fileName = source.Describe(entry);
        var bytes = source.ReadAll(entry, out var sha256);
        import.Files.Add(new SourceFile(entry.Name, sha256));
        classes.TryIndex(Activities[match.Groups["label"].Value], out var label);
        var rows = new SignalRows(match.Groups["subject"].Value.PadLeft(2, '0'), null, 2);
        ReadRows(bytes, fileName, label, rows);
        var units = new FileUnits(options.AccelUnit ?? AccelUnit.G, options.GyroUnit ?? GyroUnit.RadiansPerSecond, options.CountsRange ?? options.Range);
        return SignalBuilder.Build(
            rows,
            $"{match.Groups["label"].Value}_{match.Groups["trial"].Value}_sub_{match.Groups["subject"].Value}",
            new RecordingOrigin { FileName = fileName, FirstLine = 2, Columns = "ax=-(gravity.x+userAcceleration.x) … gx=rotationRate.x …", Units = units.Names },
            units,
            new ClockStatement(false, options.RateHz ?? SensorScale.SampleRateHz, null),
            import.Tally);
    }

    private static void ReadRows(byte[] bytes, string fileName, short label, SignalRows rows)
    {
        var text = new NumberText(bytes, fileName, hasCommas: true);
        text.TryReadLine(out var header);
        string[] names = [.. Encoding.UTF8.GetString(header).Split(',').Select(name => name.Trim(' ', '"'))];
        int[] places = [.. Columns.Select(column => Array.IndexOf(names, column))];
        if (places.Contains(-1))
        {
            throw new InputException(
                $"'{fileName}' has no column {Columns[Array.IndexOf(places, -1)]}.", "Give the folder A_DeviceMotion_data of MotionSense, as its authors hand it out.");
        }

        var values = new double[names.Length];
        while (text.TryReadLine(out var line))
        {
            for (var column = 0; column < values.Length; column++)
            {
                values[column] = text.ParseValue(text.NextWord(ref line));
            }

            for (var axis = 0; axis < 3; axis++)
            {
                rows.Values[axis].Add(-(values[places[axis]] + values[places[axis + 3]]));
                rows.Values[axis + 3].Add(values[places[axis + 6]]);
            }

            rows.Times.Add(double.NaN);
            rows.Labels.Add(label);
        }
    }

    [GeneratedRegex(@"(^|/)(?<label>dws|ups|wlk|jog|std|sit)_(?<trial>\d{1,2})/sub_(?<subject>\d{1,2})\.csv$", RegexOptions.CultureInvariant)]
    private static partial Regex SessionFile();
}
