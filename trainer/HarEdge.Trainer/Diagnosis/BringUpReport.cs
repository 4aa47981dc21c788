using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Diagnosis;

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
    public bool IsHeard => start is not null || measured is not null || verdicts.Count > 0;

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
