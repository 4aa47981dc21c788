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
