using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Windows;

/// <summary>The label of a window from those of its samples.</summary>
internal static class WindowLabel
{
    /// <summary>Share of samples at which a window counts for an activity: all of them.</summary>
    public const double Whole = 1;

    /// <summary>At least half of the samples, for activities shorter than a window.</summary>
    public const double Majority = 0.5;

    /// <summary>The most frequent label if it covers enough of the window (the lowest on ties), or −1.</summary>
    /// <param name="labels">One label a sample; −1 where there is none.</param>
    /// <param name="leastShare">Share of the samples it must cover, 0 to 1.</param>
    public static int Of(ReadOnlySpan<short> labels, double leastShare)
    {
        if (labels.IndexOfAnyExcept(labels[0]) < 0)
        {
            return labels[0];
        }

        var counts = new SortedDictionary<short, int>();
        foreach (var label in labels)
        {
            counts[label] = counts.GetValueOrDefault(label) + 1;
        }

        var (best, count) = counts.MaxBy(entry => entry.Value);
        return count >= leastShare * labels.Length ? best : -1;
    }
}

/// <summary>Windows filled mostly by an activity that is none of the classes, for example a change of posture: the known unknowns.</summary>
internal static class OutOfClassWindows
{
    /// <summary>For each row whether at least half of its samples carry a label.</summary>
    /// <param name="table">Windows.</param>
    /// <param name="recordings">The recordings they were cut from.</param>
    /// <param name="windowSamples">Samples in a window.</param>
    /// <param name="foreign">The label that stands for all other activities.</param>
    public static bool[] Find(WindowTable table, IReadOnlyList<Recording> recordings, int windowSamples, short foreign) =>
        [.. Enumerable.Range(0, table.Rows).Select(row =>
            2 * recordings[table.RecordingOfRow[row]].Labels.AsSpan(table.StartSample[row], windowSamples).Count(foreign) >= windowSamples)];
}
