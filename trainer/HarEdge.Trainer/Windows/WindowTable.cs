using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Windows;

/// <summary>
/// Windows as rows, features as columns: everything learning needs to know. Feature values are those of Core, untouched.
/// </summary>
internal sealed class WindowTable
{
    /// <summary>Rows × <see cref="Columns"/> feature values, row by row.</summary>
    public required int[] Features { get; init; }

    /// <summary>Number of features.</summary>
    public required int Columns { get; init; }

    /// <summary>For each row its class, or a negative number where too little of the window lies in an activity that is a class.</summary>
    public required int[] Labels { get; init; }

    /// <summary>For each row the index of its wearer in <see cref="Subjects"/>.</summary>
    public required int[] SubjectOfRow { get; init; }

    /// <summary>For each row the index of its recording among those the table was made from.</summary>
    public required int[] RecordingOfRow { get; init; }

    /// <summary>For each row the first sample of the window within its recording.</summary>
    public required int[] StartSample { get; init; }

    /// <summary>Wearers as "data set/subject", so that equal ids in two sets stay two people.</summary>
    public required IReadOnlyList<string> Subjects { get; init; }

    /// <summary>Class names; labels index them.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The recordings the rows were cut from, indexed by <see cref="RecordingOfRow"/>; null where only features are known.</summary>
    public IReadOnlyList<Recording>? Recordings { get; init; }

    /// <summary>Samples in a window; 0 where only features are known.</summary>
    public int WindowSamples { get; init; }

    /// <summary>Number of windows.</summary>
    public int Rows => Labels.Length;

    /// <summary>The features of one window.</summary>
    public ReadOnlySpan<int> Row(int row) => Features.AsSpan(row * Columns, Columns);

    /// <summary>The counts of one channel of one window, as the sensor gave them; not a copy.</summary>
    /// <exception cref="InvalidOperationException">Only features are known.</exception>
    public ReadOnlySpan<short> Samples(int row, int channel) => Recordings is null
        ? throw new InvalidOperationException("The table was made without its recordings.")
        : Recordings[RecordingOfRow[row]].Channels[channel].AsSpan(StartSample[row], WindowSamples);

    /// <summary>The windows that have a label.</summary>
    public WindowTable Labelled() => Select([.. Enumerable.Range(0, Rows).Where(row => Labels[row] >= 0)]);

    /// <summary>The same windows, only those of <paramref name="rows"/>, in that order.</summary>
    public WindowTable Select(IReadOnlyList<int> rows)
    {
        var features = new int[rows.Count * Columns];
        for (var i = 0; i < rows.Count; i++)
        {
            Row(rows[i]).CopyTo(features.AsSpan(i * Columns));
        }

        return new WindowTable
        {
            Features = features,
            Columns = Columns,
            Labels = Pick(Labels, rows),
            SubjectOfRow = Pick(SubjectOfRow, rows),
            RecordingOfRow = Pick(RecordingOfRow, rows),
            StartSample = Pick(StartSample, rows),
            Subjects = Subjects,
            Classes = Classes,
            Recordings = Recordings,
            WindowSamples = WindowSamples,
        };
    }

    /// <summary>The rows of this table, then those of another one of the same people, classes and features.</summary>
    public WindowTable Append(WindowTable other)
    {
        if (!Subjects.SequenceEqual(other.Subjects) || !Classes.SequenceEqual(other.Classes) || Columns != other.Columns)
        {
            throw new ArgumentException("the tables have different people, classes or features", nameof(other));
        }

        var firstOther = Recordings?.Count ?? RecordingOfRow.Append(-1).Max() + 1;
        return new WindowTable
        {
            Features = [.. Features, .. other.Features],
            Columns = Columns,
            Labels = [.. Labels, .. other.Labels],
            SubjectOfRow = [.. SubjectOfRow, .. other.SubjectOfRow],
            RecordingOfRow = [.. RecordingOfRow, .. other.RecordingOfRow.Select(recording => firstOther + recording)],
            StartSample = [.. StartSample, .. other.StartSample],
            Subjects = Subjects,
            Classes = Classes,
            Recordings = Recordings is null || other.Recordings is null ? null : [.. Recordings, .. other.Recordings],
            WindowSamples = WindowSamples,
        };
    }

    private static int[] Pick(int[] source, IReadOnlyList<int> rows)
    {
        var picked = new int[rows.Count];
        for (var i = 0; i < picked.Length; i++)
        {
            picked[i] = source[rows[i]];
        }

        return picked;
    }
}

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

        var taken = Math.Min(count, starts.Count);
        return [.. Enumerable.Range(0, taken).Select(i => starts[(int)((long)i * starts.Count / taken)]).Select(at => Cut(at.Recording, at.Start, windowSamples))];
    }

    private static short[][] Cut(Recording recording, int start, int length) =>
        [.. recording.Channels.Select(channel => channel[start..(start + length)])];
}
