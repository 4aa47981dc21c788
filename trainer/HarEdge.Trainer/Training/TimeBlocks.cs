using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>
/// Divides one person's recordings by time: of each uninterrupted bout of an activity the last part is for the test, with a
/// window's length unused in between, so that no two windows share a sample. Windows are never shuffled.
/// </summary>
internal static class TimeBlocks
{
    private const double TestShare = 0.3;

    /// <summary>Note that goes with every figure from such a split.</summary>
    public const string Note =
        "All recordings are of one person: train and test are different times of the same person, so the figures speak for that person only.";

    /// <summary>Splits; labels outside a side's part become −1.</summary>
    /// <param name="recordings">All of one person.</param>
    /// <param name="guardSamples">Samples of each bout left out between the sides.</param>
    public static DataSplit Split(IReadOnlyList<Recording> recordings, int guardSamples)
    {
        var train = new List<Recording>();
        var test = new List<Recording>();
        foreach (var recording in recordings)
        {
            var trainLabels = Enumerable.Repeat((short)-1, recording.SampleCount).ToArray();
            var testLabels = Enumerable.Repeat((short)-1, recording.SampleCount).ToArray();
            foreach (var (start, end, _) in Bout.Of(recording.Labels).Where(bout => bout.Label >= 0))
            {
                var cut = end - (int)((end - start) * TestShare);
                recording.Labels.AsSpan(start, Math.Max(0, cut - guardSamples - start)).CopyTo(trainLabels.AsSpan(start));
                recording.Labels.AsSpan(cut, end - cut).CopyTo(testLabels.AsSpan(cut));
            }

            train.Add(recording with { Labels = trainLabels });
            test.Add(recording with { Labels = testLabels });
        }

        return new DataSplit(train, test, "time blocks of one person", [Note]);
    }
}
