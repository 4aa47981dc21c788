using System.Globalization;
using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Monitoring;

/// <summary>
/// The session as stretches of time, without a hole: each belongs to one window of the device, or is named by why there is none. A window is
/// added when all that is known about it is together, so that everything shown of it belongs to it.
/// </summary>
/// <param name="added">Receives each stretch.</param>
internal sealed class SessionTimeline(Action<SessionSpan> added)
{
    /// <summary>Stretches kept: four hours at a hop of 64 samples.</summary>
    public const int MostSpans = 11_250;

    // A capture does not record how long a hole was; this much of the axis shows that it is there.
    private const long HoleOfUnknownLengthMs = 3000;

    // A decision waits so long for the raw samples of its window, which are at most a quarter of a second behind.
    private const long LongestWaitMs = 1500;

    private readonly Queue<Pending> pending = new();
    private readonly Dictionary<int, SessionWindow> windows = [];
    private int spans;
    private long? end;
    private int lastSample;
    private string? reason;
    private LinkCounts seen;

    /// <summary>The window that is shown as the last one; null before the first.</summary>
    public SessionWindow? Shown { get; private set; }

    /// <summary>Where the last stretch ends, in milliseconds of the session; null before the first.</summary>
    public long? End => end;

    /// <summary>Why the next window may be late; null when nothing is known.</summary>
    public string? Reason => reason;

    /// <summary>A window by the number of its stretch; null when it is not kept any more, or none.</summary>
    public SessionWindow? Find(int index) => windows.GetValueOrDefault(index);

    /// <summary>Something happened that explains a hole.</summary>
    public void Note(string why) => reason = why;

    /// <summary>The device decides on a window.</summary>
    /// <param name="said">The decision.</param>
    /// <param name="clock">When.</param>
    /// <param name="context">What it means.</param>
    /// <param name="link">What was lost so far.</param>
    public void Arrive(DecisionRecord said, SessionClock clock, WindowContext context, LinkStatistics link)
    {
        var now = new LinkCounts(link.LostLines, link.LinesBefore, link.Restarts, link.Disconnects);
        var isNext = lastSample > 0 && reason is null && said.Sample - lastSample == context.HopSamples;
        var why = isNext || lastSample == 0 ? null : reason ?? now.Since(seen);
        pending.Enqueue(new Pending(said, context, clock.ElapsedMs) { ArrivedMs = clock.SourceMs, Why = why, Distance = said.Sample - lastSample });
        lastSample = said.Sample;
        reason = null;
        seen = now;
    }

    /// <summary>All that can be known about a decision is known.</summary>
    public void Judge(JudgedDecision judged)
    {
        foreach (var one in pending.Where(one => ReferenceEquals(one.Said, judged.Said)))
        {
            one.Judged = judged;
        }
    }

    /// <summary>Adds the windows that are complete.</summary>
    /// <param name="clock">What time it is.</param>
    /// <param name="waits">Whether judgements are to come.</param>
    public void Settle(SessionClock clock, bool waits)
    {
        if (clock.IsJoining)
        {
            return;
        }

        Date();
        while (pending.TryPeek(out var next)
            && (next.Judged is not null || !waits || clock.ElapsedMs - next.SeenMs > LongestWaitMs || pending.Any(later => later.Judged is not null)))
        {
            Add(pending.Dequeue());
        }
    }

    // Lines that come together came late, all but the last: the device's own count shows how far they are apart.
    private void Date()
    {
        long? next = null;
        var distance = 0L;
        foreach (var one in pending.Reverse())
        {
            if (one.ArrivedMs is { } arrived)
            {
                one.ToMs ??= next is { } after ? Math.Min(arrived, after - distance) : arrived;
            }

            next = one.ToMs;
            distance = one.Why is null && one.Distance > 0 ? Ms(one.Distance, one.Context) : 0;
        }
    }

    private void Add(Pending one)
    {
        var hop = Ms(one.Context.HopSamples, one.Context);
        var to = one.ToMs ?? DeviceTime(one, hop);
        if (end is { } last)
        {
            // Only what is late by more than reading in portions explains is a hole.
            to = Math.Max(to, last + 1);
            var from = one.Why is null && to - last < 3 * hop ? last : Math.Max(last, to - hop);
            if (from > last)
            {
                AddHole(last, from, one.Why ?? "no decision");
            }

            AddWindow(one, from, to);
        }
        else
        {
            AddWindow(one, to - hop, to);
        }
    }

    // No time of arrival is known: the device's count within a stretch, and this machine's clock over a hole, as a pipe from a device wants it.
    private long DeviceTime(Pending one, long hop)
    {
        var counted = one.Distance > 0 ? Ms(one.Distance, one.Context) : hop;
        return (end ?? 0) + (one.Why is null ? counted : Math.Max(Math.Max(counted, HoleOfUnknownLengthMs + hop), one.SeenMs - (Shown?.SeenMs ?? one.SeenMs)));
    }

    private void AddHole(long from, long to, string why)
    {
        added(new SessionSpan(spans++, from, to, why, null));
        end = to;
    }

    private void AddWindow(Pending one, long from, long to)
    {
        Shown = new SessionWindow(spans++, one.Said, one.Context, one.Judged?.Answer, one.Judged?.Agrees, from, to, one.SeenMs);
        windows[Shown.Index] = Shown;
        windows.Remove(Shown.Index - MostSpans);
        added(new SessionSpan(Shown.Index, from, to, null, Shown));
        end = to;
    }

    private static long Ms(long samples, WindowContext context) => 1000 * samples / context.RateHz;

    private sealed record Pending(DecisionRecord Said, WindowContext Context, long SeenMs)
    {
        public long? ArrivedMs { get; init; }

        public string? Why { get; init; }

        public int Distance { get; init; }

        public long? ToMs { get; set; }

        public JudgedDecision? Judged { get; set; }
    }

    private readonly record struct LinkCounts(long Lost, long Before, long Restarts, long Disconnects)
    {
        public string Since(LinkCounts past) =>
            Restarts != past.Restarts ? "the board started anew"
            : Disconnects != past.Disconnects ? "the port was gone"
            : Lost != past.Lost ? string.Create(CultureInfo.InvariantCulture, $"{Lost - past.Lost} lines were lost on the wire")
            : Before != past.Before ? "nobody listened"
            : "no decision";
    }
}

/// <summary>A stretch of the session.</summary>
/// <param name="Index">Its number.</param>
/// <param name="FromMs">Where it begins, in milliseconds of the session.</param>
/// <param name="ToMs">Where it ends.</param>
/// <param name="Why">Why there is no window; null when there is one.</param>
/// <param name="Window">The window; null when there is none.</param>
internal sealed record SessionSpan(int Index, long FromMs, long ToMs, string? Why, SessionWindow? Window);

/// <summary>A window the device has decided on, with all that is known about it.</summary>
/// <param name="Index">Number of its stretch in the session.</param>
/// <param name="Said">The device's decision.</param>
/// <param name="Context">What it means.</param>
/// <param name="Answer">The desktop's features and scores of the same samples; null when they did not all come.</param>
/// <param name="Agrees">Whether device and desktop are the same bit for bit; null when that could not be compared.</param>
/// <param name="FromMs">Where its stretch begins, in milliseconds of the session.</param>
/// <param name="ToMs">Where it ends.</param>
/// <param name="SeenMs">When it came, by this machine's clock.</param>
internal sealed record SessionWindow(
    int Index,
    DecisionRecord Said,
    WindowContext Context,
    Trainer.Evaluation.WindowAnswer? Answer,
    bool? Agrees,
    long FromMs,
    long ToMs,
    long SeenMs);

/// <summary>What a decision's numbers mean at the time it comes.</summary>
/// <param name="HopSamples">Samples from one window to the next.</param>
/// <param name="RateHz">Samples a second.</param>
/// <param name="LastSample">Number in the session of the window's last sample.</param>
/// <param name="WindowName">Name of the window's best class.</param>
/// <param name="Calibration">What the device did to its samples; null when it has not said.</param>
/// <param name="Truth">Class its wearer really did, −1 for something else; null when nobody knows.</param>
internal sealed record WindowContext(int HopSamples, int RateHz, long LastSample, string WindowName, CalibrationRecord? Calibration, int? Truth);

/// <summary>Events after which a window comes late, as clauses.</summary>
internal static class HoleWords
{
    /// <summary>Why; null when the event does not delay a window.</summary>
    public static string? Of(EventRecord happened) => happened.Code switch
    {
        "GAP" or "NO_SENSOR" => "no samples: " + FaultTable.Of(happened.Detail).Meaning,
        "RECORD_ON" => "recording began, so the window started over",
        "WEAR_DONE" or "FORGOTTEN" => "the calibration changed, so the window started over",
        "REPLAY" or "LIVE" => "the samples come from elsewhere now, so the window started over",
        "DEEP_SLEEP" or "SLEEPS_ON" => "the board slept",
        _ => null,
    };
}
