using System.Text.RegularExpressions;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.Hapt;

/// <summary>The two files of one experiment.</summary>
internal sealed partial record HaptExperiment(int Number, int User, SourceEntry Accel, SourceEntry Gyro)
{
    /// <summary>Two digits, as in the file names.</summary>
    public string Subject => $"{User:00}";

    public string Name => $"exp{Number:00}_user{User:00}";

    /// <summary>Whether a file name is that of an accelerometer or gyroscope file of this layout.</summary>
    public static bool IsSensorFile(SourceEntry entry) => SensorFile().IsMatch(entry.FileName);

    /// <summary>All experiments of a folder, by number and user.</summary>
    /// <exception cref="InputException">A file of a pair is missing.</exception>
    public static List<HaptExperiment> Find(SourceTree source, string folder)
    {
        var found = new SortedDictionary<(int Number, int User), (SourceEntry? Accel, SourceEntry? Gyro)>();
        foreach (SourceEntry entry in source.Entries.Where(entry => entry.Folder == folder))
        {
            Match match = SensorFile().Match(entry.FileName);
            if (!match.Success)
            {
                continue;
            }

            int number = int.Parse(match.Groups["experiment"].ValueSpan);
            int user = int.Parse(match.Groups["user"].ValueSpan);
            (SourceEntry? accel, SourceEntry? gyro) = found.GetValueOrDefault((number, user));
            found[(number, user)] = match.Groups["sensor"].ValueSpan is "acc" ? (entry, gyro) : (accel, entry);
        }

        return [.. found.Select(pair => Pair(source, folder, pair.Key.Number, pair.Key.User, pair.Value.Accel, pair.Value.Gyro))];
    }

    private static HaptExperiment Pair(SourceTree source, string folder, int number, int user, SourceEntry? accel, SourceEntry? gyro)
    {
        if (accel is { } a && gyro is { } g)
        {
            return new HaptExperiment(number, user, a, g);
        }

        SourceEntry present = accel ?? gyro!.Value;
        string missing = accel is null
            ? present.FileName.Replace("gyro_", "acc_", StringComparison.Ordinal)
            : present.FileName.Replace("acc_", "gyro_", StringComparison.Ordinal);
        throw new InputException(
            $"'{source.Path}' has '{folder}{present.FileName}' but not '{folder}{missing}'.",
            $"Restore {missing} from the original archive, or remove {present.FileName} to leave the experiment out.");
    }

    [GeneratedRegex(@"^(?<sensor>acc|gyro)_exp(?<experiment>\d{1,6})_user(?<user>\d{1,6})\.txt$", RegexOptions.CultureInvariant)]
    private static partial Regex SensorFile();
}
