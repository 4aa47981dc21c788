using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Trainer.Diagnosis;

/// <summary>Passes a source's bytes on and notes what they look like, for when no line of ours is among them.</summary>
/// <param name="source">Where the bytes come from.</param>
internal sealed class ConsoleSample(IByteSource source) : IByteSource
{
    // What ESP32 boot loaders say, the telling words first: supply, BOOT held, an image that is no runtime of this chip, a reset.
    private static readonly (string Word, string Finding, string Remedy)[] BootFindings =
    [
        (
            "Brownout",
            "The board's supply breaks down: the boot loader says Brownout, and the board starts over and over.",
            "Use a short cable at a USB port that gives 500 mA, without a hub, and take off everything but the sensor."),
        ("waiting for download", "The board waits to be flashed: BOOT was held while it started.", "Let go of BOOT and press reset (EN)."),
        (
            "invalid header",
            "There is no runtime for this chip on the board ('invalid header'): the wrong target was flashed, or none.",
            "Flash runtime and firmware again and let the board be asked for its chip: haredge flash, without --target."),
        (
            "flash read err",
            "The boot loader cannot read the flash ('flash read err').",
            "Flash runtime and firmware again (haredge flash); if it stays, the board's flash is broken."),
        ("rst:0x", Loop, LoopRemedy),
        ("ets Ju", Loop, LoopRemedy),
    ];

    private const string Loop = "Only the boot loader speaks: the firmware does not start.";
    private const string LoopRemedy = "Let go of BOOT and press reset; if it stays, flash runtime and firmware (haredge flash), and use a supply that gives 500 mA.";
    private const int KeptBytes = 4096;

    private readonly List<byte> kept = [];

    /// <inheritdoc/>
    public string Name => source.Name;

    /// <summary>What the first program says, if it runs.</summary>
    public BringUpReport BringUp { get; } = new();

    /// <summary>Share of text among the bytes kept, 0..1.</summary>
    private double TextShare => kept.Count == 0 ? 1 : (double)kept.Count(value => value is (>= 32 and < 127) or 9 or 10 or 13) / kept.Count;

    /// <summary>What the boot loader's words mean; null when nothing of it is there.</summary>
    private (string Finding, string Remedy)? BootFinding
    {
        get
        {
            var text = System.Text.Encoding.ASCII.GetString([.. kept]);
            return BootFindings.Where(known => text.Contains(known.Word, StringComparison.Ordinal)).Select(known => ((string, string)?)(known.Finding, known.Remedy)).FirstOrDefault();
        }
    }

    /// <summary>What is wrong when no line of ours came.</summary>
    /// <param name="isLost">Whether the port has gone away.</param>
    /// <param name="bytes">How many came.</param>
    public CheckResult WithoutLines(bool isLost, long bytes)
    {
        const string Why = "Every tool reads the device's lines.";
        if (isLost)
        {
            return new CheckResult(CheckState.Bad, "console", $"{Name} has gone away.", Why, "Plug it in again, and try another cable or USB port.");
        }

        if (bytes == 0)
        {
            return new CheckResult(
                CheckState.Bad,
                "console",
                $"{Name} is silent: no banner, no decision, nothing.",
                Why,
                "Press the reset button while this listens; if nothing comes, check power and cable, that it is the right port, and that the firmware is flashed (haredge flash).");
        }

        if (BootFinding is { } boot)
        {
            return new CheckResult(CheckState.Bad, "console", boot.Finding, Why, boot.Remedy);
        }

        return TextShare < 0.7
            ? new CheckResult(
                CheckState.Bad,
                "console",
                $"{bytes} bytes of noise came and no line: only the boot loader at its own speed, or another baud rate than {SerialPortSource.BaudRate}.",
                Why,
                "Press reset and wait ten seconds; if only noise comes, the firmware does not run or talks at another rate: flash runtime and firmware again (haredge flash).")
            : new CheckResult(
                CheckState.Bad,
                "console",
                $"{bytes} bytes of text came, but no line of HarEdge.",
                Why,
                "Another program runs on this board, or it is another port: flash the firmware (haredge flash) or name the right port.");
    }

    /// <inheritdoc/>
    public SourceRead Read(Span<byte> buffer)
    {
        var read = source.Read(buffer);
        if (read.State == SourceState.Bytes)
        {
            BringUp.Take(buffer[..read.Count]);
            kept.AddRange(buffer[..Math.Min(read.Count, KeptBytes - kept.Count)]);
        }

        return read;
    }

    /// <summary>Nothing: the source is its opener's.</summary>
    public void Dispose()
    {
    }
}

/// <summary>What the first program says (firmware/HarEdge.BringUp): its verdicts become checks, word for word.</summary>
internal sealed partial class BringUpReport
{
    // A verdict at rest takes four measurements, and all come again with each tenth turn.
    private const int EnoughMeasurements = 12;
    private const int EnoughFailures = 2;
    private const int LongestLine = 400;

    private readonly WireUnwrapper unwrapper = new(new LinkStatistics());
    private readonly ArrayBufferWriter<byte> text = new();
    private readonly StringBuilder line = new();
    private readonly List<CheckResult> verdicts = [];
    private string? start;
    private string? measured;
    private int measurements;
    private int failures;

    /// <summary>Whether the program runs on the board.</summary>
    public bool IsPresent => start is not null || measured is not null || verdicts.Count > 0;

    /// <summary>Whether everything it has to say has come.</summary>
    public bool IsEnough => measurements >= EnoughMeasurements || (measurements == 0 && failures >= EnoughFailures);

    /// <summary>Takes the console's bytes as they come.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        text.ResetWrittenCount();
        unwrapper.Unwrap(bytes, text);
        foreach (var value in text.WrittenSpan)
        {
            if (value is (byte)'\n' or (byte)'\r')
            {
                Read(line.ToString());
                line.Clear();
            }
            else if (line.Length < LongestLine)
            {
                line.Append((char)value);
            }
        }
    }

    /// <summary>The last word on every check.</summary>
    public IEnumerable<CheckResult> Results()
    {
        yield return CheckResult.Good("first program", $"it runs on the board instead of HarEdge{(start is null ? "" : $": {start}")}");
        if (measured is not null)
        {
            yield return CheckResult.Good("measurement", $"{measured}, the last of {measurements}");
        }

        foreach (var verdict in verdicts)
        {
            yield return verdict;
        }

        if (measured is not null && verdicts.All(verdict => verdict.Check != "gravity"))
        {
            yield return new CheckResult(
                CheckState.Skipped, "at rest", "The board was not still for three seconds.", "Gravity, gyroscope and axes are judged at rest.", "Lay it on a table while this listens.");
        }
    }

    // Each check has its last verdict, in the place of its first.
    private void Read(string said)
    {
        if (Verdict().Match(said) is { Success: true } found)
        {
            var state = found.Groups["state"].Value switch { "GOOD" => CheckState.Good, "NOTE" => CheckState.Note, _ => CheckState.Bad };
            failures += state == CheckState.Bad ? 1 : 0;
            var verdict = new CheckResult(state, found.Groups["check"].Value, found.Groups["finding"].Value);
            verdict = found.Groups["remedy"] is { Success: true, Value: var remedy } ? verdict with { Why = "The first program, on the board, says so.", Remedy = remedy } : verdict;
            var at = verdicts.FindIndex(known => known.Check == verdict.Check);
            verdicts.RemoveRange(Math.Max(at, 0), at < 0 ? 0 : 1);
            verdicts.Insert(at < 0 ? verdicts.Count : at, verdict);
        }
        else if (Other().Match(said) is { Success: true } other)
        {
            start = other.Groups["kind"].Value == "START" ? other.Groups["rest"].Value : start;
            measured = other.Groups["kind"].Value == "DATA" ? other.Groups["rest"].Value : measured;
            measurements += other.Groups["kind"].Value == "DATA" ? 1 : 0;
        }
    }

    // The boot loader's last noise may stand before the first line.
    [GeneratedRegex(@"BRING-UP (?<state>GOOD|NOTE|BAD) (?<check>\w+): (?<finding>[^|]+?)( \| (?<remedy>.+))?$")]
    private static partial Regex Verdict();

    [GeneratedRegex("BRING-UP (?<kind>START|DATA) (?<rest>.+)$")]
    private static partial Regex Other();
}
