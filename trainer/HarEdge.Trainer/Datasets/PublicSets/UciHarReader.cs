using System.Text.RegularExpressions;
using HarEdge.Core;
using HarEdge.Trainer.Datasets.Csv;
using HarEdge.Trainer.Datasets.Signals;
using HarEdge.Trainer.Datasets.Sources;

namespace HarEdge.Trainer.Datasets.PublicSets;

/// <summary>
/// The inertial signals of UCI HAR: a file a channel, a row a window of 128 samples, each window half of the one before. Windows of one person
/// that overlap are put together again, so that every sample is there once.
/// </summary>
internal static partial class UciHarReader
{
    public static readonly PublicSet Set = new()
    {
        Name = "uci-har",
        Title = "UCI HAR",
        Contents = "30 people; waist; six activities; 50 Hz",
        Citation = "Anguita, Ghio, Oneto, Parra, Reyes-Ortiz: A Public Domain Dataset for Human Activity Recognition Using Smartphones, ESANN 2013; UCI archive, data set 240",
        Terms = "its README excludes commercial use",
        Page = new Uri("https://archive.ics.uci.edu/dataset/240/human+activity+recognition+using+smartphones"),
        Download = new Uri("https://archive.ics.uci.edu/static/public/240/human+activity+recognition+using+smartphones.zip"),
        Quirks =
        [
            "UCI HAR: its signals went through noise filters (median, low pass of 20 Hz), and it holds windows without the time between them. Its people and movements are those of HAPT, "
                + "which has the signals whole: never test on one what has learned from the other.",
        ],
        Fits = source => source.Entries.Any(entry => FirstChannel().IsMatch(entry.FileName)),
        Read = Import,
    };

    private const int Window = 128;

    private const int Hop = 64;

    private static readonly string[] Channels = ["total_acc_x", "total_acc_y", "total_acc_z", "body_gyro_x", "body_gyro_y", "body_gyro_z"];

    private static DataSet Import(SourceTree source, ReaderOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        List<SourceFile> files = [];
        var activities = HaptActivities.From(source, files);
        SourceEntry[] entries = [.. source.Entries.Where(entry => FirstChannel().IsMatch(entry.FileName))];
        var testSubjects = new SortedSet<string>(StringComparer.Ordinal);
        return Set.Import(
            source,
            options,
            entries,
            new ClassList(activities.Names),
            (import, entry) =>
            {
                import.Files.AddRange(files);
                files.Clear();
                return Signals(source, entry, activities, options, import, testSubjects);
            },
            progress,
            cancellation,
            testSubjects);
    }

    /// <summary>All recordings of a part, train or test.</summary>
    private static IEnumerable<RawSignal> Signals(
        SourceTree source, SourceEntry first, HaptActivities activities, ReaderOptions options, SetImport import, SortedSet<string> testSubjects)
    {
        var part = FirstChannel().Match(first.FileName).Groups["part"].Value;
        var parent = first.Folder[..(first.Folder.TrimEnd('/').LastIndexOf('/') + 1)];
        double[][] windows = [.. Channels.Select(channel => Numbers(source, $"{first.Folder}{channel}_{part}.txt", Window, import))];
        var people = Numbers(source, $"{parent}subject_{part}.txt", 1, import);
        var labels = Numbers(source, $"{parent}y_{part}.txt", 1, import);
        if (windows.Any(channel => channel.Length != people.Length * Window) || labels.Length != people.Length)
        {
            throw new InputException(
                $"'{source.Describe(first)}' and its neighbors do not hold equally many windows ({people.Length} people, {labels.Length} labels, "
                + $"{string.Join(", ", windows.Select(channel => channel.Length / Window))} windows).",
                "Restore the files from the original archive.");
        }

        for (var start = 0; start < people.Length;)
        {
            var end = start + 1;
            while (end < people.Length && people[end] == people[start] && Continues(windows, end))
            {
                end++;
            }

            var subject = people[start].ToString("00");
            if (part == "test")
            {
                testSubjects.Add(subject);
            }

            yield return Build(source.Describe(first), $"{part}:{start + 1}", Rows(windows, labels, start, end, subject, activities, source.Describe(first)), options, import.Tally);
            start = end;
        }
    }

    /// <summary>Whether a window begins with the second half of the one before.</summary>
    private static bool Continues(double[][] windows, int window) => windows.All(channel =>
        channel.AsSpan((window - 1) * Window + Hop, Window - Hop).SequenceEqual(channel.AsSpan(window * Window, Window - Hop)));

    private static SignalRows Rows(double[][] windows, double[] labels, int start, int end, string subject, HaptActivities activities, string fileName)
    {
        var rows = new SignalRows(subject, null, start + 1);
        for (var window = start; window < end; window++)
        {
            if (!activities.TryIndex((int)labels[window], out var label))
            {
                throw new InputException($"'{fileName}': window {window + 1} has activity {labels[window]}, which is none of {activities.Source}.", "Restore the files from the original archive.");
            }

            // Where two windows of different activities overlap, the samples they share belong to neither.
            for (var row = rows.Count - (Window - Hop); window > start && row < rows.Count; row++)
            {
                rows.Labels[row] = rows.Labels[row] == label ? label : RawSignal.Unlabeled;
            }

            for (var sample = window == start ? 0 : Window - Hop; sample < Window; sample++)
            {
                for (var channel = 0; channel < Channels.Length; channel++)
                {
                    rows.Values[channel].Add(windows[channel][window * Window + sample]);
                }

                rows.Times.Add(double.NaN);
                rows.Labels.Add(label);
            }
        }

        return rows;
    }

    private static RawSignal Build(string fileName, string name, SignalRows rows, ReaderOptions options, ImportTally tally)
    {
        var units = new FileUnits(options.AccelUnit ?? AccelUnit.G, options.GyroUnit ?? GyroUnit.RadiansPerSecond, options.CountsRange ?? options.Range);
        var origin = new RecordingOrigin { FileName = fileName, FirstLine = rows.FirstLine, Units = units.Names };
        return SignalBuilder.Build(rows, name, origin, units, new ClockStatement(false, options.RateHz ?? SensorScale.SampleRateHz, null), tally);
    }

    /// <summary>All numbers of a file with so many in each line, one after another.</summary>
    private static double[] Numbers(SourceTree source, string name, int perLine, SetImport import)
    {
        SourceEntry entry = source.Entries.FirstOrDefault(entry => entry.Name == name);
        if (entry.Name is null)
        {
            throw new InputException($"'{source.Path}' has no '{name}'.", "Restore it from the original archive: the reader needs 'Inertial Signals', subject_*.txt and y_*.txt.");
        }

        var bytes = source.ReadAll(entry, out var sha256);
        import.Files.Add(new SourceFile(entry.Name, sha256));
        var text = new NumberText(bytes, source.Describe(entry));
        List<double> numbers = [];
        while (text.TryReadLine(out var line))
        {
            for (var column = 0; column < perLine; column++)
            {
                numbers.Add(text.ParseValue(text.NextWord(ref line)));
            }

            if (!line.IsEmpty)
            {
                throw text.WrongColumns(perLine);
            }
        }

        return [.. numbers];
    }

    [GeneratedRegex(@"^total_acc_x_(?<part>train|test)\.txt$", RegexOptions.CultureInvariant)]
    private static partial Regex FirstChannel();
}
