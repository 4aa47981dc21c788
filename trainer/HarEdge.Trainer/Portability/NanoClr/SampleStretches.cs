using HarEdge.Core;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Portability.NanoClr;

/// <summary>Stretches of recordings for the interpreter, each of a few windows in a row.</summary>
internal static class SampleStretches
{
    // Enough that sums and channels are taken over from the window before, and again from one that took them over itself.
    private const int WindowsInRow = 4;

    /// <summary>Takes stretches from all over some recordings.</summary>
    /// <param name="recordings">Recordings to take from.</param>
    /// <param name="windowSamples">Samples of a window.</param>
    /// <param name="hopSamples">Samples from one window to the next.</param>
    /// <param name="windows">Windows wanted; fewer come where the recordings hold fewer.</param>
    /// <returns>Samples of six counts, oldest first.</returns>
    /// <exception cref="InputException">No run is as long as a window.</exception>
    public static IReadOnlyList<short[]> Take(IReadOnlyList<Recording> recordings, int windowSamples, int hopSamples, int windows)
    {
        int longest = windowSamples + (WindowsInRow - 1) * hopSamples;
        List<(Recording Recording, int Start, int Windows)> pieces =
        [
            .. from recording in recordings
               from run in recording.Runs
               from start in Starts(run, longest)
               let length = Math.Min(longest, run.End - start)
               where length >= windowSamples
               select (recording, start, 1 + (length - windowSamples) / hopSamples),
        ];
        if (pieces.Count == 0)
        {
            throw new InputException(
                $"No run of the recordings is as long as a window of {windowSamples} samples.",
                "Give recordings of some seconds without a gap, or a shorter window.");
        }

        var taken = new List<(int Piece, int Windows)>();
        int missing = windows;
        foreach (int piece in SpreadOrder(pieces.Count))
        {
            if (missing == 0)
            {
                break;
            }

            int count = Math.Min(missing, pieces[piece].Windows);
            taken.Add((piece, count));
            missing -= count;
        }

        return [.. taken.OrderBy(item => item.Piece).Select(item => Cut(
            pieces[item.Piece].Recording, pieces[item.Piece].Start, windowSamples + (item.Windows - 1) * hopSamples))];
    }

    private static IEnumerable<int> Starts(Run run, int step)
    {
        for (int start = run.Start; start < run.End; start += step)
        {
            yield return start;
        }
    }

    // Multiples of the golden ratio, modulo 1, are spread evenly however many are taken (Weyl; Knuth, TAOCP vol. 3, 6.4).
    private static IEnumerable<int> SpreadOrder(int count)
    {
        const double GoldenRatio = 0.618033988749895;
        return Enumerable.Range(0, count).OrderBy(i => i * GoldenRatio % 1.0);
    }

    private static short[] Cut(Recording recording, int start, int length)
    {
        var samples = new short[length * SensorScale.ChannelCount];
        for (int at = 0; at < samples.Length; at++)
        {
            samples[at] = recording.Channels[at % SensorScale.ChannelCount][start + at / SensorScale.ChannelCount];
        }

        return samples;
    }
}
