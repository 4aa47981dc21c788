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
