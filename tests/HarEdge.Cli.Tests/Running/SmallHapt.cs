using System.Globalization;
using System.IO.Compression;
using System.Text;
using HarEdge.Core;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Cli.Tests.Running;

/// <summary>
/// A few synthetic people written in HAPT's layout, so that tests go through the real readers. Tests damage the files before they
/// are written.
/// </summary>
internal sealed class SmallHapt
{
    private static readonly Lazy<SortedDictionary<string, string>> Two = new(() => Write(2));

    /// <summary>File names and their text.</summary>
    public SortedDictionary<string, string> Files { get; }

    /// <summary>Invents the people, each doing every activity for 20 seconds.</summary>
    public SmallHapt(int subjects = 2) => Files = subjects == 2 ? new(Two.Value, StringComparer.Ordinal) : Write(subjects);

    /// <summary>Name of an accelerometer file.</summary>
    public static string Accel(int experiment, int user) => $"RawData/acc_exp{experiment:00}_user{user:00}.txt";

    /// <summary>Name of a gyroscope file.</summary>
    public static string Gyro(int experiment, int user) => $"RawData/gyro_exp{experiment:00}_user{user:00}.txt";

    /// <summary>Rewrites every number of the files whose name has a part.</summary>
    public SmallHapt Scale(string namePart, double factor)
    {
        foreach (var name in Files.Keys.Where(name => name.Contains(namePart, StringComparison.Ordinal)).ToList())
        {
            Files[name] = string.Join('\n', Files[name].Split('\n').Select(line => string.Join(
                ' ', line.Split(' ').Select(word => word.Length == 0 ? word : Text(double.Parse(word, CultureInfo.InvariantCulture) * factor)))));
        }

        return this;
    }

    /// <summary>Writes an unpacked folder and returns its path.</summary>
    public string WriteFolder(TempFolder folder, string name = "small-hapt")
    {
        foreach (var (file, text) in Files)
        {
            var path = folder.At(Path.Combine(name, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        return folder.At(name);
    }

    /// <summary>Writes a zip and returns its path.</summary>
    public string WriteZip(TempFolder folder, string name = "small-hapt.zip")
    {
        using var zip = ZipFile.Open(folder.At(name), ZipArchiveMode.Create);
        foreach (var (file, text) in Files)
        {
            using var writer = new StreamWriter(zip.CreateEntry(file).Open());
            writer.Write(text);
        }

        return folder.At(name);
    }

    private static SortedDictionary<string, string> Write(int subjects)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var set = SyntheticWearer.Create(new SyntheticOptions { Subjects = subjects, SecondsPerActivity = 20 });
        var labels = new StringBuilder();
        var experiment = 0;
        foreach (var recording in set.Recordings)
        {
            experiment++;
            var user = int.Parse(recording.Subject.AsSpan(1), CultureInfo.InvariantCulture);
            files[Accel(experiment, user)] = Rows(recording, 0, 1.0 / SensorScale.AccelCountsPerG(set.Range.AccelG));
            files[Gyro(experiment, user)] = Rows(recording, 3, 10 * Math.PI / 180 / SensorScale.GyroCountsPer10Dps(set.Range.GyroDps));
            AppendLabels(labels, experiment, user, recording.Labels);
        }

        files["RawData/labels.txt"] = labels.ToString();
        files["activity_labels.txt"] = string.Concat(set.Classes.Select((name, index) => $"{index + 1} {name}\n"));
        return files;
    }

    private static string Rows(Recording recording, int firstChannel, double unitsPerCount)
    {
        var text = new StringBuilder();
        for (var i = 0; i < recording.SampleCount; i++)
        {
            text.AppendJoin(' ', Enumerable.Range(firstChannel, 3).Select(channel => Text(recording.Channels[channel][i] * unitsPerCount))).Append('\n');
        }

        return text.ToString();
    }

    // HAPT numbers activities and samples from 1 and includes the last one.
    private static void AppendLabels(StringBuilder text, int experiment, int user, short[] labels)
    {
        for (var start = 0; start < labels.Length;)
        {
            var end = start;
            while (end < labels.Length && labels[end] == labels[start])
            {
                end++;
            }

            if (labels[start] >= 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{experiment} {user} {labels[start] + 1} {start + 1} {end}\n");
            }

            start = end;
        }
    }

    private static string Text(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}
