namespace HarEdge.Trainer.Telemetry;

/// <summary>Sequence numbers at which a stream of lines was left for another one, the last few: one device never goes on at such a place.</summary>
internal sealed class AbandonedNumbers
{
    // Two devices take turns; a third and a restart of one of them fit in, too.
    private const int Places = 4;

    // A device speaks about once a second, so one that is silent for this many lines of another is gone. It also keeps a restart
    // followed by as many lines as there were before it from being taken for a second device.
    private const int LongestAbsence = 64;

    // So many lines of the resumed stream may be lost while the other speaks.
    private const int MostMissing = 8;

    private readonly Left[] places = new Left[Places];
    private int next;

    /// <summary>The stream so far ended at a number.</summary>
    /// <param name="last">Its last number.</param>
    /// <param name="countedAsLost">Lines that were counted as lost because of the jump.</param>
    /// <param name="taken">Lines taken so far, for the age.</param>
    public void Leave(int last, int countedAsLost, long taken)
    {
        places[next] = new Left(last, countedAsLost, taken);
        next = (next + 1) % Places;
    }

    /// <summary>Finds and forgets the stream that a number continues; null when it continues none.</summary>
    /// <param name="sequence">The number.</param>
    /// <param name="missingNow">Lines missing if it continued the present stream: the nearer of the two it belongs to.</param>
    /// <param name="taken">Lines taken so far.</param>
    public Resumed? Resume(int sequence, int missingNow, long taken)
    {
        for (var i = 0; i < Places; i++)
        {
            var place = places[i];
            var missing = (sequence - place.Last - 1 + SequenceTracker.Count) % SequenceTracker.Count;
            if (place.Taken > 0 && taken - place.Taken < LongestAbsence && missing <= MostMissing && missing < missingNow)
            {
                places[i] = default;
                return new Resumed(missing, place.CountedAsLost);
            }
        }

        return null;
    }

    /// <summary>A stream that goes on.</summary>
    /// <param name="Missing">Its own lines that are missing.</param>
    /// <param name="CountedAsLost">Lines counted as lost when it was left.</param>
    public readonly record struct Resumed(int Missing, int CountedAsLost);

    private readonly record struct Left(int Last, int CountedAsLost, long Taken);
}
