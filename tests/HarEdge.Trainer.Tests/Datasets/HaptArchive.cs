using System.IO.Compression;
using System.Text;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>
/// A tiny data set in HAPT's layout: one experiment a user, each second a sine on x over gravity on z. Tests change the files before
/// it is written as a zip or a folder.
/// </summary>
internal sealed class HaptArchive
{
    public const int RowsPerExperiment = 600;

    public SortedDictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    public HaptArchive(params int[] users)
    {
        var labels = new StringBuilder();
        var experiment = 0;
        foreach (var user in users)
        {
            experiment++;
            Files[Accel(experiment, user)] = Rows(row => (0.3 * Math.Sin(row * 0.25), 0.01 * (row % 5), 1));
            Files[Gyro(experiment, user)] = Rows(row => (0.5 * Math.Cos(row * 0.25), 0.1, -0.02));
            labels.Append($"{experiment} {user} 1 1 300\n").Append($"{experiment} {user} 2 351 600\n");
        }

        Files["RawData/labels.txt"] = labels.ToString();
        Files["activity_labels.txt"] = "1 WALKING\n2 STANDING\n7 STAND_TO_SIT\n";
    }

    public static string Accel(int experiment, int user) => $"RawData/acc_exp{experiment:00}_user{user:00}.txt";

    public static string Gyro(int experiment, int user) => $"RawData/gyro_exp{experiment:00}_user{user:00}.txt";

    public static string Rows(Func<int, (double X, double Y, double Z)> values, int rows = RowsPerExperiment)
    {
        var text = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            (var x, var y, var z) = values(row);
            text.Append($"{x:R} {y:R} {z:R}\n");
        }

        return text.ToString();
    }

    /// <summary>Replaces one line (1-based) of a file.</summary>
    public void ReplaceLine(string file, int line, string text)
    {
        var lines = Files[file].Split('\n');
        lines[line - 1] = text;
        Files[file] = string.Join('\n', lines);
    }

    public string WriteZip(TempFolder folder, string prefix = "")
    {
        var path = Path.Combine(folder.Path, "set.zip");
        File.WriteAllBytes(path, ToZip(prefix));
        return path;
    }

    public byte[] ToZip(string prefix = "")
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((var name, var text) in Files)
            {
                using var entry = zip.CreateEntry(prefix + name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    public string WriteFolder(TempFolder folder)
    {
        foreach ((var name, var text) in Files)
        {
            folder.Write(name, text);
        }

        return folder.Path;
    }
}
