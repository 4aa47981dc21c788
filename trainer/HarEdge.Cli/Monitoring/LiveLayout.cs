using System.Globalization;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Monitoring;

/// <summary>What a live picture is made of.</summary>
internal sealed record LiveState(
    DeviceWatch Watch, LinkStatistics Link, string? Trouble, SessionClock Clock, IReadOnlyList<SessionSpan> Spans, SessionTimeline? Timeline, ChipTime ChipTime);

/// <summary>Lays a session out for a window of any size: what matters least goes first, the activity last, and no line is longer than the window.</summary>
internal static class LiveLayout
{
    private const int EventsShown = 3;
    private const int RoomyHeight = 22;
    private const int LongestName = 28;
    private const double StaleHops = 3;
    private const string Indent = "    ";

    // Those of the page on dark ground.
    private static readonly string[] Palette = ["#22eedd", "#ff77aa", "#cc99ff", "#aaaa22", "#bb44ee", "#ffcc88", "#009988", "#778844"];

    /// <summary>The lines, from top to bottom.</summary>
    public static IReadOnlyList<LiveLine> Of(LiveState state, int width, int height)
    {
        // In the order of their place; the number says who is dropped last.
        (int Rank, IReadOnlyList<LiveLine> Lines)[] parts =
        [
            (0, Activity(state, width)),
            (1, Alarms(state, width)),
            (2, Strip(state, width)),
            (3, Key(state, width)),
            (6, Activities(state, width)),
            (4, [.. Health(state)]),
            (5, [Device(state)]),
            (7, [.. Events(state)]),
            (8, Notes(state, width)),
        ];
        var shown = new Dictionary<int, IReadOnlyList<LiveLine>>();
        var room = Math.Max(height - 1, 1);
        foreach (var (rank, lines) in parts.OrderBy(part => part.Rank))
        {
            shown[rank] = [.. lines.Take(room)];
            room -= shown[rank].Count;
        }

        var view = new List<LiveLine>();
        foreach (var (rank, _) in parts.Where(part => shown[part.Rank].Count > 0))
        {
            // An empty line between parts, while there is room for it.
            if (view.Count > 0 && height >= RoomyHeight && rank is 2 or 4 or 6 or 7 && room > 0)
            {
                view.Add(new LiveLine());
                room--;
            }

            view.AddRange(shown[rank].Select(line => line.Cut(width)));
        }

        return view;
    }

    /// <summary>Class 0 is A, class 25 Z, class 26 AA; unknown is a question mark.</summary>
    internal static string LetterOf(int number) =>
        number < 0 ? "?" : (number < 26 ? "" : LetterOf((number / 26) - 1)) + (char)('A' + (number % 26));

    private static string StyleOf(int number) => number < 0 ? "" : $"#0d1218 on {Palette[number % Palette.Length]}";

    private static string Spoken(string name) => name.ToLowerInvariant().Replace('_', ' ');

    private static string Clock(double seconds)
    {
        var whole = TimeSpan.FromSeconds(Math.Max(seconds, 0));
        return string.Create(CultureInfo.InvariantCulture, $"{(int)whole.TotalMinutes}:{whole.Seconds:00}");
    }

    private static double LateSeconds(LiveState state) => state.Timeline?.Shown is { } shown ? (state.Clock.ElapsedMs - shown.SeenMs) / 1000.0 : 0;

    private static long NowMs(LiveState state) => Math.Max(state.Timeline?.End ?? 0, (state.Clock.SourceMs ?? state.Timeline?.End ?? 0) + (state.Clock.IsLive ? state.Clock.QuietMs : 0));

    private static bool IsStale(LiveState state) =>
        state.Clock.IsLive && LateSeconds(state) >= Math.Max(4, StaleHops * state.Watch.HopSamples / state.Watch.RateHz);

    private static List<LiveLine> Activity(LiveState state, int width)
    {
        if (state.Timeline?.Shown is not { } window)
        {
            return [new LiveLine().Add("waiting for the first decision", "bold")];
        }

        var said = window.Said;
        var name = Spoken(said.Name);
        var line = new LiveLine().Add($" {LetterOf(said.Decision)} ", StyleOf(said.Decision)).Add(" ");
        line = IsStale(state)
            ? line.Add($"last activity: {name}, {Clock(LateSeconds(state))} ago", "dim")
            : line.Add(name, "bold").Add($"  for {Clock(HeldSeconds(state, said.Decision))}");
        var alone = string.Create(CultureInfo.InvariantCulture, $"{(said.Decision == said.WindowClass ? "this" : "but this")} window looked like {Spoken(window.Context.WindowName)}, {said.ConfidencePercent} %");
        return line.Width + 3 + alone.Length <= width
            ? [line.Add("   " + alone)]
            : [line, .. Wrapped(alone, width - Indent.Length).Select(part => new LiveLine().Add(Indent + part))];
    }

    private static double HeldSeconds(LiveState state, int decision)
    {
        var from = state.Spans.Count;
        while (from > 0 && state.Spans[from - 1].Window?.Said.Decision == decision)
        {
            from--;
        }

        return from == state.Spans.Count ? 0 : (state.Spans[^1].ToMs - state.Spans[from].FromMs) / 1000.0;
    }

    private static List<LiveLine> Alarms(LiveState state, int width)
    {
        var lines = new List<LiveLine>();
        IEnumerable<string> sentences =
        [
            .. state.Trouble is { } trouble ? [trouble] : Array.Empty<string>(),
            .. state.Watch.Alarms.Concat(state.Link.Alarms).Select(alarm => $"{alarm.What} {alarm.Remedy}"),
        ];
        foreach (var sentence in sentences)
        {
            lines.AddRange(Wrapped(sentence, width).Select(part => new LiveLine().Add(part, "bold red")));
        }

        return lines;
    }

    // A cell a hop, the newest at the right; time without a window is a dot.
    private static List<LiveLine> Strip(LiveState state, int width)
    {
        var hop = 1000.0 * state.Watch.HopSamples / state.Watch.RateHz;
        var now = NowMs(state);
        if (state.Spans.Count == 0)
        {
            return [];
        }

        var cells = Math.Max(width - 1, 1);
        var line = new LiveLine();
        var span = 0;
        for (var cell = 0; cell < cells; cell++)
        {
            var at = now - ((cells - cell - 0.5) * hop);
            while (span < state.Spans.Count && state.Spans[span].ToMs < at)
            {
                span++;
            }

            var said = span < state.Spans.Count && state.Spans[span].FromMs <= at ? state.Spans[span].Window?.Said : null;
            line.Add(at < state.Spans[0].FromMs ? " " : said is null ? "·" : LetterOf(said.Decision)[..1], said is null ? "" : StyleOf(said.Decision));
        }

        var begin = Moment(state, now - (long)(cells * hop));
        var end = state.Clock.IsLive ? "now" : Moment(state, now);
        return [line, new LiveLine().Add(begin.PadRight(Math.Max(cells - end.Length, begin.Length + 1)) + end, "dim")];
    }

    private static string Moment(LiveState state, long ms) => state.Clock.Began is { } began
        ? began.ToLocalTime().AddMilliseconds(ms).ToString("HH:mm:ss", CultureInfo.InvariantCulture)
        : ms < 0 ? "" : Clock(ms / 1000.0);

    private static List<LiveLine> Key(LiveState state, int width)
    {
        var known = state.Watch.ClassNames.Select(pair => (pair.Key, Name: Spoken(pair.Value))).OrderBy(pair => pair.Key)
            .Concat(state.Spans.Any(span => span.Window?.Said.Decision < 0) ? [(-1, "unknown")] : [])
            .Concat(state.Spans.Any(span => span.Window is null) ? [(int.MinValue, "no decision")] : []);
        var lines = new List<LiveLine>();
        foreach (var (number, name) in known)
        {
            var letter = number == int.MinValue ? "·" : LetterOf(number);
            if (lines.Count == 0 || lines[^1].Width + letter.Length + name.Length + 3 > width)
            {
                lines.Add(new LiveLine());
            }

            lines[^1].Add(lines[^1].Width > 0 ? "  " : "").Add(letter, number == int.MinValue ? "" : StyleOf(number)).Add(" " + name);
        }

        return lines;
    }

    private static List<LiveLine> Activities(LiveState state, int width)
    {
        var activities = state.Watch.Activities.ToList();
        var total = activities.Sum(activity => activity.Seconds);
        var longest = Math.Min(LongestName, Math.Max(width - 20, 8));
        return
        [
            .. activities.Select(activity =>
            {
                var name = Spoken(activity.Name);
                name = name.Length > longest ? name[..(longest - 1)] + "…" : name.PadRight(longest);
                var share = 100 * activity.Seconds / total;
                var bar = Math.Max((int)Math.Round((width - longest - 22) * share / 100), 0);
                return new LiveLine().Add(LetterOf(activity.Class), StyleOf(activity.Class))
                    .Add(string.Create(CultureInfo.InvariantCulture, $" {name} {Clock(activity.Seconds),7} {share,4:0} %  ")).Add(new string('━', bar));
            }),
        ];
    }

    private static IEnumerable<LiveLine> Health(LiveState state)
    {
        var (watch, link) = (state.Watch, state.Link);
        yield return new LiveLine().Add(watch.Health is { } health
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"rate {health.RateMilliHz / 1000.0:0.00} Hz   gaps {health.Gaps}   retries {health.Retries}   free memory {health.FreeBytes / 1024} kB")
            : $"gaps {watch.Gaps}   (rate and memory come once a minute)");
        yield return new LiveLine().Add(string.Create(
            CultureInfo.InvariantCulture,
            $"link {link.Quality}   lines {link.Records}   lost {link.LostLines}   damaged {link.CrcFailures}   restarts {link.Restarts}"));
        if (watch.Timing is { } timing)
        {
            yield return new LiveLine().Add($"a decision on the chip {ChipTime.Measured(timing)}");
            if (state.ChipTime.Estimate(state.Watch, waits: false) is { } estimate)
            {
                yield return new LiveLine().Add(Indent + ChipTime.Estimated(estimate));
            }
        }
    }

    private static LiveLine Device(LiveState state)
    {
        var line = new LiveLine().Add(state.Watch.Banner is { } banner ? $"{banner.Board}, model {banner.Model}" : "no banner yet (one comes each minute)");
        return state.Watch.IsRecording ? line.Add("   recording", "bold red") : line;
    }

    private static IEnumerable<LiveLine> Events(LiveState state) => state.Watch.Events.TakeLast(EventsShown).Select(happened => new LiveLine().Add(
        $"{Clock((double)happened.Sample / state.Watch.RateHz)}  {EventWords.Of(happened)}"));

    private static List<LiveLine> Notes(LiveState state, int width) =>
        [.. MonitorNotes.Of(state.Watch).Concat(state.Link.Explain()).SelectMany(note => Wrapped(note, width)).Select(part => new LiveLine().Add(part, "yellow"))];

    private static IEnumerable<string> Wrapped(string sentence, int width)
    {
        var line = "";
        foreach (var word in sentence.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += (line.Length > 0 ? " " : "") + word;
        }

        yield return line;
    }
}
