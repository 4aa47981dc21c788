using System.Globalization;
using HarEdge.Trainer.Telemetry.Sources;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Trainer.Telemetry;

/// <summary>What a serial link has carried and lost so far. Everything that is not a good record is counted in exactly one place.</summary>
public sealed class LinkStatistics
{
    // A single line that comes late is no second device.
    private const int FewestInterleavings = 3;

    /// <summary>Bytes received, frames and noise included.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Wire Protocol frames with text.</summary>
    public long TextFrames { get; internal set; }

    /// <summary>Wire Protocol frames with anything else, skipped.</summary>
    public long OtherFrames { get; internal set; }

    /// <summary>Frames that ended before their size, or whose header is impossible.</summary>
    public long BrokenFrames { get; internal set; }

    /// <summary>Bytes of text outside any line of ours: the boot loader's output, halves of lines, noise.</summary>
    public long NoiseBytes { get; internal set; }

    /// <summary>Lines longer than the grammar allows, cut.</summary>
    public long OverlongLines { get; internal set; }

    /// <summary>Lines whose CRC is wrong or missing.</summary>
    public long CrcFailures { get; internal set; }

    /// <summary>Lines with a right CRC and fields that do not fit their record type.</summary>
    public long MalformedLines { get; internal set; }

    /// <summary>Lines with a right CRC and a record type this program does not know.</summary>
    public long UnknownRecords { get; internal set; }

    /// <summary>Good records.</summary>
    public long Records { get; internal set; }

    /// <summary>Lines that came a second time and were dropped.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Jumps of the sequence number.</summary>
    public long SequenceGaps { get; internal set; }

    /// <summary>Lines missing in those jumps; a line with a wrong CRC is among them.</summary>
    public long LostLines { get; internal set; }

    /// <summary>
    /// Lines missing between those that had waited in the port before anybody listened and the first that came live, or while the port was
    /// away: nobody was there to take them, so that they say nothing about the wire.
    /// </summary>
    public long LinesBefore { get; internal set; }

    /// <summary>Times the device started anew while being watched.</summary>
    public long Restarts { get; internal set; }

    /// <summary>Times the numbers went on where they had been left for others a few lines before: a second device on the wire.</summary>
    public long Interleavings { get; internal set; }

    /// <summary>Times the port went away.</summary>
    public long Disconnects { get; internal set; }

    /// <summary>The protocol version the device named when this program does not know it, or 0.</summary>
    public int FutureProtocol { get; internal set; }

    /// <summary>Share of the device's lines that arrived, percent; null before the first: silence says nothing of the link.</summary>
    public double? QualityPercent => Records + LostLines == 0 ? null : 100.0 * Records / (Records + LostLines);

    /// <summary><see cref="QualityPercent"/> as text, a dash where there is none.</summary>
    public string Quality => QualityPercent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent:0.0} %") : "–";

    /// <summary>Whether the lines of two devices come mixed.</summary>
    public bool HasTwoDevices => Interleavings >= FewestInterleavings;

    /// <summary>What is wrong with the link and makes what is shown wrong, too.</summary>
    public IEnumerable<Alarm> Alarms => HasTwoDevices
        ?
        [
            new Alarm(
                "Two devices speak on this link: two sequences of line numbers come mixed, and so do their decisions.",
                "Give each board a port of its own, or switch one off."),
        ]
        : [];

    /// <summary>One sentence for each kind of trouble seen, the remedy included; nothing when all is well.</summary>
    public IEnumerable<string> Explain()
    {
        if (FutureProtocol > 0)
        {
            yield return $"The device speaks version {FutureProtocol} of the wire format, this program version {TelemetryParser.ProtocolVersion}: "
                + "records may be missing, so use a newer haredge.";
        }

        if (Records == 0 && Bytes > 0)
        {
            yield return $"{Bytes} bytes came, but no line of ours among them: check that the board runs HarEdge and the baud rate is {SerialPortSource.BaudRate}.";
        }

        if (LostLines > 0)
        {
            yield return $"{LostLines} lines were lost in {SequenceGaps} places ({CrcFailures} arrived damaged): try a shorter cable, another USB port or no hub.";
        }
        else if (CrcFailures > 1)
        {
            // One half line is what joining in the middle looks like.
            yield return $"{CrcFailures} lines arrived damaged: try a shorter cable, another USB port or no hub.";
        }

        if (UnknownRecords + MalformedLines > 0)
        {
            yield return $"{UnknownRecords} lines have an unknown record type and {MalformedLines} unknown fields: the firmware is newer than this program, or different.";
        }

        if (OverlongLines > 0)
        {
            yield return $"{OverlongLines} lines were longer than {LineReader.LongestLine} characters and were cut: something else writes to this port.";
        }

        if (BrokenFrames > 0)
        {
            yield return $"{BrokenFrames} debugger frames were damaged: close the debugger, or reset the board to get plain text.";
        }
    }
}

/// <summary>
/// Decides from sequence numbers whether a line is the next one, comes after a loss, came before, begins a new life of the device, or
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
    private bool mayJump;

    // Lines taken so far, offset so that looking back never goes below 0.
    private long taken = Remembered;

    public SequenceTracker(LinkStatistics statistics) => this.statistics = statistics;

    /// <summary>
    /// Whether lines may have waited since before anybody listened. Then, and at the first line after, a jump of the numbers is no loss: what
    /// did not fit into the port's buffer had nobody to take it.
    /// </summary>
    public bool IsJoining
    {
        get;
        set
        {
            field = value;
            mayJump |= value;
        }
    }

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

        if (mayJump)
        {
            statistics.LinesBefore += missing;
        }
        else
        {
            Jump(sequence, missing, isBoot);
        }

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
        mayJump = IsJoining;
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
