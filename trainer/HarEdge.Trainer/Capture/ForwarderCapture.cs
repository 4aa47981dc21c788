using System.Globalization;
using System.Text;
using HarEdge.Core;

namespace HarEdge.Trainer.Capture;

/// <summary>
/// The format of Edge Impulse's data forwarder: text, one reading of all sensors a line, separated by a comma or a tab. Nothing numbers the
/// lines, so one that was lost whole does not show; one that cannot be read is a gap of one sample.
/// </summary>
internal sealed class ForwarderCapture : SampleCapture
{
    /// <summary>Speed of the port.</summary>
    public const int BaudRate = 115200;

    private const int LongestLine = 256;

    // So many lines in another form at the start are no accident.
    private const int MostBadAtStart = 10;

    // A gap of unknown length shall be one that a reader does not fill.
    private const int ShortestUnknownGapMs = 1000;

    private readonly double? rateHz;
    private readonly bool joinsMidLine;
    private readonly StringBuilder line = new();
    private bool skipsLine;
    private string? pendingGap;
    private long firstAtMs = -1;
    private double baseMs;
    private double lastTimeMs;
    private long slots;
    private long samples;
    private long badLines;

    /// <param name="rateHz">The stated rate; null to go by arrival, which needs a source that has a clock.</param>
    /// <param name="joinsMidLine">Whether the first line may have lost its beginning, as on a port.</param>
    public ForwarderCapture(double? rateHz, bool joinsMidLine)
    {
        this.rateHz = rateHz;
        this.joinsMidLine = joinsMidLine;
        skipsLine = joinsMidLine;
    }

    /// <inheritdoc/>
    public override bool IsRunning => samples > 0;

    /// <inheritdoc/>
    public override (long Lost, long Damaged) Lines => (0, badLines);

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> bytes, long atMs)
    {
        if (atMs < 0 && rateHz is null)
        {
            throw new InputException("This source has no clock, so the sample rate is not known.", "Give it with --rate, in Hz.", 2);
        }

        if (IsStale(atMs))
        {
            line.Clear();
            skipsLine = joinsMidLine;
            return;
        }

        var before = samples;
        foreach (var value in bytes)
        {
            // Windows PowerShell's > writes UTF-16: each ASCII character with a zero byte, after a byte order mark.
            if (value is (byte)'\n' or (byte)'\r')
            {
                End(atMs);
            }
            else if (value != 0 && line.Length <= LongestLine)
            {
                line.Append((char)value);
            }
        }

        Count((int)(samples - before), atMs);
    }

    /// <inheritdoc/>
    public override void Lose()
    {
        line.Clear();
        skipsLine = joinsMidLine;
        pendingGap = samples > 0 ? "port gone" : null;
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        // A file's last line may lack its end.
        if (!joinsMidLine)
        {
            End(firstAtMs < 0 ? -1 : (long)(firstAtMs + lastTimeMs));
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Explain() => badLines == 0
        ? []
        : [$"{badLines} lines were not six numbers: check the baud rate ({BaudRate}) and that nothing else prints to this port."];

    private void End(long atMs)
    {
        if (line.Length == 0)
        {
            return;
        }

        var text = line.ToString().TrimStart('\u00FF', '\u00FE', '\u00EF', '\u00BB', '\u00BF');
        line.Clear();
        if (skipsLine)
        {
            skipsLine = false;
        }
        else if (Values(text) is { } values)
        {
            Add(values, atMs);
        }
        else
        {
            Refuse(text, atMs);
        }
    }

    private void Add(double[] values, long atMs)
    {
        var timeMs = TimeOf(atMs);
        if (pendingGap is not null)
        {
            Emit(new CapturedGap(lastTimeMs + 1, pendingGap, null));
            var shift = Math.Max(0, lastTimeMs + ShortestUnknownGapMs - timeMs);
            baseMs += shift;
            timeMs += shift;
            pendingGap = null;
        }

        lastTimeMs = timeMs;
        slots++;
        samples++;
        Emit(new CapturedSample(timeMs, atMs < 0 ? timeMs : atMs, 0, values));
    }

    private void Refuse(string text, long atMs)
    {
        badLines++;
        if (samples == 0)
        {
            if (badLines >= MostBadAtStart)
            {
                var shown = new string([.. text.Take(40).Select(c => char.IsControl(c) || c > '~' ? '?' : c)]);
                throw new InputException(
                    $"The lines are not six numbers: '{shown}'.",
                    $"Let the device print ax, ay, az, gx, gy and gz in this order, separated by commas or tabs, at {BaudRate} baud.");
            }

            return;
        }

        // A line of words between samples (a status, an error) took no sample's place; one that looks like six values did.
        if (!LooksLikeSample(text))
        {
            return;
        }

        lastTimeMs = TimeOf(atMs);
        slots++;
        Emit(new CapturedGap(lastTimeMs, "unreadable line", 1));
    }

    private double TimeOf(long atMs)
    {
        if (rateHz is { } hz)
        {
            return baseMs + (slots * 1000 / hz);
        }

        firstAtMs = firstAtMs < 0 ? atMs : firstAtMs;
        return baseMs + atMs - firstAtMs;
    }

    /// <summary>Damaged, but made of numbers and separators as samples are: at least two numbers, and more digits than letters.</summary>
    private static bool LooksLikeSample(string text)
    {
        var row = WithoutClock(text);
        var numbers = row.Split(',', '\t').Count(field => double.TryParse(field.AsSpan().Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        return numbers >= 2 && row.Count(char.IsAsciiDigit) > row.Count(char.IsAsciiLetter);
    }

    /// <summary>The Arduino IDE's monitor can put "09:45:02.820 -> " in front of each line.</summary>
    private static string WithoutClock(string text)
    {
        var arrow = text.IndexOf("->", StringComparison.Ordinal);
        return arrow > 0 && text[..arrow].Contains(':', StringComparison.Ordinal) ? text[(arrow + 2)..].Trim() : text;
    }

    private static double[]? Values(string line)
    {
        var text = WithoutClock(line);
        var fields = text.Split(text.Contains('\t', StringComparison.Ordinal) ? '\t' : ',');
        if (fields.Length != SensorScale.ChannelCount || text.Length > LongestLine)
        {
            return null;
        }

        var values = new double[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            if (!double.TryParse(fields[i].AsSpan().Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !double.IsFinite(values[i]))
            {
                return null;
            }
        }

        return values;
    }
}
