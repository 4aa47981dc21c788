using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Windows;

/// <summary>A few windows that stand for all of some recordings.</summary>
internal static class SpreadWindows
{
    /// <summary>Windows at even distances over all runs long enough, in order.</summary>
    /// <param name="recordings">Recordings to take from.</param>
    /// <param name="windowSamples">Samples of a window.</param>
    /// <param name="count">Windows wanted; fewer come where the recordings hold fewer starts.</param>
    /// <exception cref="InputException">No run is as long as a window.</exception>
    public static IReadOnlyList<short[][]> Take(IReadOnlyList<Recording> recordings, int windowSamples, int count)
    {
        List<(Recording Recording, int Start)> starts =
        [
            .. from recording in recordings
               from run in recording.Runs
               from window in Enumerable.Range(0, run.Length / windowSamples)
               select (recording, run.Start + window * windowSamples),
        ];
        if (starts.Count == 0)
        {
            throw new InputException(
                $"No run of the recordings is as long as a window of {windowSamples} samples.",
                "Give recordings of some seconds without a gap, or a shorter window.");
        }

        int taken = Math.Min(count, starts.Count);
        return [.. Enumerable.Range(0, taken).Select(i => starts[(int)((long)i * starts.Count / taken)]).Select(at => Cut(at.Recording, at.Start, windowSamples))];
    }

    private static short[][] Cut(Recording recording, int start, int length) =>
        [.. recording.Channels.Select(channel => channel[start..(start + length)])];
}
