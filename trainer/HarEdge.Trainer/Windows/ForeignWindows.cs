using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Windows;

/// <summary>Windows filled mostly by an activity that is none of the classes, for example a change of posture: the known unknowns.</summary>
internal static class ForeignWindows
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
