using System.Text.RegularExpressions;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.Csv;

/// <summary>
/// Tables in which one session stands in a file a sensor, as phones' loggers write it: <c>Accelerometer.csv</c> beside <c>Gyroscope.csv</c>, <c>walk_acc.csv</c> beside
/// <c>walk_gyr.csv</c>, <c>accel/anna.csv</c> beside <c>gyro/anna.csv</c>. Two paths that differ in the sensor's name alone are a pair. Tables of other sensors beside pairs are left aside.
/// </summary>
internal sealed partial class SensorPairs
{
    private static readonly HashSet<string> AccelWords = ["acc", "accel", "accelerometer", "acceleration", "accelerations"];

    private static readonly HashSet<string> GyroWords = ["gyr", "gyro", "gyroscope", "gyroscopes", "rotation", "rotationrate"];

    /// <summary>What loggers write besides, and accelerations that are not the sensor's.</summary>
    private static readonly HashSet<string> OtherWords =
    [
        "gravity", "linear", "user", "vertical", "orientation", "magnetometer", "magnetic", "mag", "compass", "barometer", "pressure", "light", "location", "gps", "heart", "heartrate",
        "temperature", "microphone", "pedometer", "battery", "brightness", "network", "annotation", "annotations", "metadata", "device", "rotationvector", "proximity", "humidity",
    ];

    // They stand beside the sensor's name and separate two tables of one session only where both are there.
    private static readonly HashSet<string> Qualifiers = ["total", "raw", "sensor", "data"];

    private readonly Dictionary<string, SourceEntry> gyroOf = new(StringComparer.Ordinal);

    /// <param name="source">Where the tables are: a header with both sensors makes no pair.</param>
    /// <param name="tables">All of them.</param>
    public SensorPairs(SourceTree source, IReadOnlyList<SourceEntry> tables)
    {
        var accels = tables.Where(entry => IsOf(entry, AccelWords)).ToLookup(KeyOf);
        var gyros = tables.Where(entry => IsOf(entry, GyroWords)).ToLookup(KeyOf);
        var aside = new HashSet<SourceEntry>();
        foreach (var group in accels.Where(group => gyros.Contains(group.Key)))
        {
            // TotalAcceleration before Accelerometer: some loggers take gravity out of the latter.
            var accel = group.OrderByDescending(entry => Words(entry.FileName).Contains("total")).ThenBy(entry => entry.Name, StringComparer.Ordinal).First();
            if (gyros[group.Key].Count() == 1 && !HasGyro(source, accel))
            {
                gyroOf.Add(accel.Name, gyros[group.Key].First());
                aside.Add(gyros[group.Key].First());
                aside.UnionWith(group.Where(entry => entry != accel));
            }
        }

        SetRawAside(aside, tables);
        SourceEntry[] others = gyroOf.Count == 0 ? [] : [.. tables.Where(entry => !IsOf(entry, AccelWords) && !IsOf(entry, GyroWords) 
            && (Words(entry.Name).Any(OtherWords.Contains) || entry.Folder.EndsWith("meta/", StringComparison.Ordinal)))];
        aside.UnionWith(others);
        Entries = [.. tables.Where(entry => !aside.Contains(entry))];
        if (gyroOf.Count > 0)
        {
            var first = Entries.First(entry => gyroOf.ContainsKey(entry.Name));
            Notes.Add($"Accelerometer and gyroscope stand in files of their own and were joined by time ({gyroOf.Count} pairs, the first '{first.Name}' with '{gyroOf[first.Name].Name}').");
        }

        SourceEntry[] left = [.. aside.Where(entry => !gyroOf.ContainsValue(entry)).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        if (left.Length > 0)
        {
            const int MostNamed = 4;
            Notes.Add($"{left.Length} tables of other sensors were left aside: {string.Join(", ", left.Take(MostNamed).Select(entry => entry.Name))}{(left.Length > MostNamed ? " …" : "")}.");
        }
    }

    /// <summary>Accelerometers of pairs, and every table that is of no pair.</summary>
    public IReadOnlyList<SourceEntry> Entries { get; }

    public List<string> Notes { get; } = [];

    /// <summary>The gyroscope's table; null for a table that is of no pair.</summary>
    public SourceEntry? GyroOf(SourceEntry accel) => gyroOf.TryGetValue(accel.Name, out var gyro) ? gyro : null;

    /// <summary>Whether a table that is of no pair is by its name an accelerometer's and by its header nothing else: axes without a sensor.</summary>
    public static bool IsLoneAccelerometer(SourceTree source, SourceEntry entry)
    {
        if (!IsOf(entry, AccelWords))
        {
            return false;
        }

        ColumnName[] header = [.. TableHead.Read(source, entry).FirstRow.Split(',', ';', '\t').Select(name => ColumnName.Of(name.Trim().Trim('"')))];
        return "xyz".All(axis => header.Any(column => column.IsPlainAxis(axis)));
    }

    /// <summary>The same session once more without the phone's calibration is no other session.</summary>
    private void SetRawAside(HashSet<SourceEntry> aside, IReadOnlyList<SourceEntry> tables)
    {
        foreach (var accel in tables.Where(entry => gyroOf.ContainsKey(entry.Name) && Words(entry.FileName).Contains("uncalibrated")).ToList())
        {
            if (gyroOf.Keys.Any(name => name != accel.Name && name.StartsWith(accel.Folder, StringComparison.Ordinal) && !Words(name).Contains("uncalibrated")))
            {
                aside.Add(accel);
                aside.Add(gyroOf[accel.Name]);
                gyroOf.Remove(accel.Name);
            }
        }
    }

    private static bool IsOf(SourceEntry entry, HashSet<string> sensor)
    {
        var words = Words(entry.FileName);
        return !words.Any(OtherWords.Contains) && (words.Any(sensor.Contains)
            || (!words.Any(word => AccelWords.Contains(word) || GyroWords.Contains(word)) && Words(entry.Folder).Any(sensor.Contains)));
    }

    /// <summary>The path without the sensor's name.</summary>
    private static string KeyOf(SourceEntry entry) => string.Join('/', Rate().Replace(TableFile.Stem(entry.Name), "").Split('/').Select(part =>
        string.Join('_', Words(part).Where(word => !AccelWords.Contains(word) && !GyroWords.Contains(word) && !Qualifiers.Contains(word)))));

    private static bool HasGyro(SourceTree source, SourceEntry accel) => TableHead.Read(source, accel).FirstRow.Contains("gyr", StringComparison.OrdinalIgnoreCase);

    private static string[] Words(string text) => [.. Word().Matches(text).Select(match => match.Value.ToLowerInvariant())];

    // MetaWear writes each sensor's own rate into its file's name.
    [GeneratedRegex(@"\d+(\.\d+)?\s?Hz", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Rate();

    // TotalAcceleration, walk_acc, ACC2, data-gyro.
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
