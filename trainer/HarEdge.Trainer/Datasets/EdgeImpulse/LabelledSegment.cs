namespace HarEdge.Trainer.Datasets.EdgeImpulse;

/// <summary>Samples of one recording that follow each other without a gap and have one label.</summary>
/// <param name="Recording">Where they are.</param>
/// <param name="Samples">Which.</param>
/// <param name="Label">Name of the class.</param>
internal readonly record struct LabelledSegment(Recording Recording, Run Samples, string Label)
{
    /// <summary>All of a data set, in order; samples without a label are in none.</summary>
    public static IEnumerable<LabelledSegment> Of(DataSet set)
    {
        foreach (var recording in set.Recordings)
        {
            foreach (var run in recording.Runs)
            {
                for (var start = run.Start; start < run.End;)
                {
                    var label = recording.Labels[start];
                    var same = recording.Labels.AsSpan(start, run.End - start).IndexOfAnyExcept(label);
                    var end = same < 0 ? run.End : start + same;
                    if (label >= 0)
                    {
                        yield return new LabelledSegment(recording, new Run(start, end), set.Classes[label]);
                    }

                    start = end;
                }
            }
        }
    }
}
