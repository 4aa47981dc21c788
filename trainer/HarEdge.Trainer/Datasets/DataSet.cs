using System.Text.Json.Serialization;
using HarEdge.Trainer.Datasets.Csv;

namespace HarEdge.Trainer.Datasets;

/// <summary>Full scales of the sensor the counts are for: ± g and ± °/s.</summary>
public readonly record struct SensorRange(int AccelG, int GyroDps);

/// <summary>A file that went into a data set, with the SHA-256 of its bytes in lower-case hex.</summary>
public sealed record SourceFile(string Name, string Sha256);

/// <summary>Recordings that share a class list, and where they came from.</summary>
public sealed record DataSet
{
    /// <summary>Short name for tables, for example "hapt".</summary>
    public required string Name { get; init; }

    /// <summary>True for generated data; wherever its numbers appear they are called synthetic.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>Class names in the order of the label indices, upper case with underscores.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Classes a model is trained on by default; the others (for example postural transitions) are kept as unknowns.</summary>
    public required IReadOnlyList<string> DefaultClasses { get; init; }

    /// <summary>All recordings.</summary>
    public required IReadOnlyList<Recording> Recordings { get; init; }

    /// <summary>Ranges the counts were made for.</summary>
    public required SensorRange Range { get; init; }

    /// <summary>Subjects of the data set's own test split, or empty where it has none.</summary>
    public IReadOnlyList<string> OfficialTestSubjects { get; init; } = [];

    /// <summary>Every file read, with its hash.</summary>
    public required IReadOnlyList<SourceFile> Files { get; init; }

    /// <summary>What the door saw: rows, gaps, interpolated and clipped samples, warnings.</summary>
    public required ImportReport Report { get; init; }

    /// <summary>Who made the recordings and under which terms, one line; null when unknown.</summary>
    public string? Attribution { get; init; }

    /// <summary>How JSON names several sets: one word each, joined by '+'.</summary>
    internal static string NameOf(IEnumerable<DataSet> sets) => string.Join('+', sets.Select(set => set.Name));

    /// <summary>Whether recordings of an invented wearer are among them: results say so.</summary>
    internal static bool IsAnySynthetic(IEnumerable<DataSet> sets) => sets.Any(set => set.IsSynthetic);
}

/// <summary>What must hold for any data set that was read before it is handed on.</summary>
internal static class DataSetCheck
{
    /// <summary>At least one run, at least one class, and samples of every class that is to be learned.</summary>
    /// <exception cref="InputException">One of them is missing.</exception>
    public static void Verify(DataSet dataSet, string path)
    {
        if (!dataSet.Recordings.Any(recording => recording.Runs.Count > 0))
        {
            throw new InputException(
                $"'{path}' has no stretch in which all six channels are known ({dataSet.Report.RowsRead} rows read, "
                + $"{dataSet.Report.RowsIncomplete} with missing values, {dataSet.Report.RowsDead} in which nothing changes or all is zero).",
                "Check that the columns are the right ones and hold numbers of a sensor that moves.");
        }

        var seen = new bool[dataSet.Classes.Count];
        foreach (var recording in dataSet.Recordings)
        {
            foreach (var run in recording.Runs)
            {
                foreach (var label in recording.Labels.AsSpan(run.Start, run.Length))
                {
                    if (label >= 0)
                    {
                        seen[label] = true;
                    }
                }
            }
        }

        string[] empty = [.. dataSet.DefaultClasses.Where(name => !seen[dataSet.Classes.ToList().IndexOf(name)])];
        if (empty.Length > 0)
        {
            throw new InputException(
                $"'{path}' lists the class {empty[0]} but no sample has it.",
                "Add recordings of it, or take the class out of the list (activity_labels.txt).");
        }
    }
}

/// <summary>Short names of data sets for tables.</summary>
internal static class DataSetName
{
    /// <summary>The last part of a path without extensions, in lower case: "My Walks.zip" gives "my-walks".</summary>
    public static string FromPath(string path)
    {
        var whole = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        var stem = Path.GetFileNameWithoutExtension(TableFile.Unpacked(whole));
        var name = string.Join('-', stem.ToLowerInvariant().Split([' ', '_', '-'], StringSplitOptions.RemoveEmptyEntries));
        return name.Length > 0 ? name : "data";
    }
}

/// <summary>Counts of everything that happened between the files and the recordings; nothing is dropped without a line here.</summary>
public sealed record ImportReport
{
    /// <summary>Data rows read from the files.</summary>
    public long RowsRead { get; init; }

    /// <summary>Rows read in which at least one channel was empty or not a number; they keep their place in time.</summary>
    public long RowsIncomplete { get; init; }

    /// <summary>Rows that the timestamps show to be missing from the files, as far as gaps of at most 200 ms are concerned.</summary>
    public long RowsDropped { get; init; }

    /// <summary>Rows read that lie in a gap of more than 200 ms (or before the first complete row) and so in no run.</summary>
    public long RowsOutsideRuns { get; init; }

    /// <summary>Samples at 50 Hz that came out of them, padding not counted.</summary>
    public long SamplesWritten { get; init; }

    /// <summary>Samples, at the file's rate, with at least one value filled by interpolation across gaps of at most 200 ms.</summary>
    public long SamplesInterpolated { get; init; }

    /// <summary>Rows in which the sensor was dead (exact zeros, or no change for a second or more); they are treated as missing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long RowsDead { get; init; }

    /// <summary>Gaps longer than 200 ms, each of which ends a run.</summary>
    public int LongGaps { get; init; }

    /// <summary>Channel values limited to the sensor's full scale.</summary>
    public long ValuesClipped { get; init; }

    /// <summary>Label rows that reached beyond the signal and were shortened.</summary>
    public int LabelRowsClamped { get; init; }

    /// <summary>One sentence each, for the user.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
