namespace HarEdge.Trainer.Windows;

/// <summary>An uninterrupted stretch [Start, End) of samples with one label.</summary>
internal readonly record struct Bout(int Start, int End, short Label)
{
    /// <summary>Samples in the bout.</summary>
    public int Length => End - Start;

    /// <summary>Every stretch of a recording's labels, unlabelled ones included, in order of time.</summary>
    public static IEnumerable<Bout> Of(short[] labels)
    {
        var start = 0;
        for (var i = 1; i <= labels.Length; i++)
        {
            if (i == labels.Length || labels[i] != labels[start])
            {
                yield return new Bout(start, i, labels[start]);
                start = i;
            }
        }
    }
}
