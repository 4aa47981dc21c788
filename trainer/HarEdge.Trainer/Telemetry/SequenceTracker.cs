namespace HarEdge.Trainer.Telemetry;

/// <summary>
/// Tells from sequence numbers whether a line is the next one, comes after a loss, came before, begins a new life of the device, or
/// belongs to a second device on the same wire: its numbers go on where they were left a few lines ago.
/// </summary>
internal sealed class SequenceTracker
{
    /// <summary>Sequence numbers are 0 to one less.</summary>
    public const int Count = 10000;

    // So far back a doubled line is recognized, and so small is the number of a line soon after a restart.
    private const int Remembered = 64;

    private readonly LinkStatistics statistics;
    private readonly AbandonedNumbers abandoned = new();
    private readonly int[] crcs = new int[Remembered];
    private int last = -1;
    private int known;

    // Lines taken so far, offset so that looking back never goes below 0.
    private long taken = Remembered;

    public SequenceTracker(LinkStatistics statistics) => this.statistics = statistics;

    /// <summary>Takes the next good line. False when it is a doubled one.</summary>
    public bool Accept(int sequence, int crc, bool isBanner)
    {
        if (last < 0)
        {
            Remember(sequence, crc, 1);
            return true;
        }

        var behind = (last - sequence + Count) % Count;
        var isBoot = sequence == 0 && isBanner && behind != 0;
        if (!isBoot && behind < known && crcs[(taken - behind) % Remembered] == crc)
        {
            statistics.Duplicates++;
            return false;
        }

        var missing = (sequence - last - 1 + Count) % Count;
        if (missing == 0)
        {
            Remember(sequence, crc, known + 1);
            return true;
        }

        Jump(sequence, missing, isBoot);
        Remember(sequence, crc, 1);
        return true;
    }

    private void Jump(int sequence, int missing, bool isBoot)
    {
        if (!isBoot && abandoned.Resume(sequence, missing, taken) is { } resumed)
        {
            // What looked like a loss when these numbers were left was the other device speaking.
            statistics.Interleavings++;
            statistics.LostLines += resumed.Missing - resumed.CountedAsLost;
            statistics.SequenceGaps += (resumed.Missing > 0 ? 1 : 0) - (resumed.CountedAsLost > 0 ? 1 : 0);
            abandoned.Leave(last, 0, taken);
            return;
        }

        var isRestart = isBoot || (sequence < Remembered && missing > Remembered);
        abandoned.Leave(last, isRestart ? 0 : missing, taken);
        if (isRestart)
        {
            statistics.Restarts++;
        }
        else
        {
            statistics.SequenceGaps++;
            statistics.LostLines += missing;
        }
    }

    private void Remember(int sequence, int crc, int lines)
    {
        taken++;
        crcs[taken % Remembered] = crc;
        last = sequence;
        known = Math.Min(lines, Remembered);
    }
}

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
