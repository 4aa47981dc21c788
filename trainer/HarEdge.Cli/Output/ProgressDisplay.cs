using System.Globalization;
using HarEdge.Trainer;

namespace HarEdge.Cli.Output;

/// <summary>Shows how far a long step has come: bars for a person, lines with times elsewhere. Steps come one after another.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs work and shows what it reports.</summary>
    public static T Run<T>(Terminal terminal, Func<IProgress<StepProgress>, T> work)
    {
        if (!terminal.ErrorIsTerminal || !terminal.PrettyError.Profile.Capabilities.Ansi)
        {
            using var lines = new ProgressLines(terminal.Error, TimeProvider.System);
            return work(lines);
        }

        using var bars = new ProgressBars(terminal.Error, () => (terminal.PrettyError.Profile.Width, terminal.PrettyError.Profile.Height), TimeProvider.System);
        return work(bars);
    }
}

/// <summary>The steps so far, each with its clock, which stops when the next one begins.</summary>
internal sealed class StepClocks(TimeProvider time)
{
    // An estimate from less is a guess.
    private static readonly TimeSpan LeastForEstimate = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortTime = TimeSpan.FromSeconds(90);

    private readonly List<Step> steps = [];

    /// <summary>In the order of their beginning; the last one is under way.</summary>
    public IReadOnlyList<Step> Steps => steps;

    /// <summary>Takes a report.</summary>
    /// <returns>The step it is of.</returns>
    public Step Take(StepProgress value)
    {
        var now = time.GetTimestamp();
        if (steps is not [.., var step] || !IsOf(step, value))
        {
            if (steps is [.., var last])
            {
                last.End = now;
            }

            steps.Add(step = new Step { Number = value.Number, Start = now });
        }

        step.Title = value.Title;
        step.Detail = value.Detail;
        step.Best = value.Best;
        if (value.Fraction > step.Fraction)
        {
            step.Fraction = Math.Min(value.Fraction, 1);
            step.Risen = now;
        }

        return step;
    }

    /// <summary>How long a step has taken so far, or took.</summary>
    public TimeSpan Elapsed(Step step) => time.GetElapsedTime(step.Start, step.End ?? time.GetTimestamp());

    /// <summary>How a step stands: its share, the time left if the rest goes as fast as what is done, and the best so far; each where it is known.</summary>
    public string Standing(Step step)
    {
        List<string> parts = [];
        if (step.Fraction > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100 * step.Fraction):0} %"));
        }

        var before = time.GetElapsedTime(step.Start, step.Risen);
        if (step.Fraction is > 0 and < 1 && before >= LeastForEstimate
            && before * ((1 - step.Fraction) / step.Fraction) - time.GetElapsedTime(step.Risen) is { Ticks: > 0 } left)
        {
            parts.Add(left < ShortTime
                ? string.Create(CultureInfo.InvariantCulture, $"about {Math.Ceiling(left.TotalSeconds):0} s left")
                : $"about {Clock(left)} minutes left");
        }

        if (step.Best is { } best)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"best so far {100 * best:0.0} %"));
        }

        if (step.Detail is { } detail)
        {
            parts.Add(detail);
        }

        return string.Join(", ", parts);
    }

    /// <summary>Minutes and seconds.</summary>
    public static string Clock(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes}:{span.Seconds:00}");

    // A counted step may change its name on the way.
    private static bool IsOf(Step step, StepProgress value) => value.Count > 0 ? step.Number == value.Number : step.Number == 0 && step.Title == value.Title;

    /// <summary>One step. Times are those of the clock.</summary>
    internal sealed class Step
    {
        public required int Number { get; init; }

        public required long Start { get; init; }

        public string Title { get; set; } = "";

        public string? Detail { get; set; }

        public double? Best { get; set; }

        // It never falls: what runs side by side reports out of order.
        public double Fraction { get; set; }

        public long Risen { get; set; }

        public long? End { get; set; }
    }
}

/// <summary>One line when a step begins, and while it lasts one every quarter of a minute with its share and the time left, whether it reports anything or not.</summary>
internal sealed class ProgressLines : IProgress<StepProgress>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private readonly Lock gate = new();
    private readonly TextWriter writer;
    private readonly TimeProvider time;
    private readonly StepClocks clocks;
    private readonly ITimer timer;
    private readonly long start;
    private string? title;
    private long lastLine;
    private bool isOver;

    /// <param name="writer">A pipe or a log.</param>
    /// <param name="time">The clock.</param>
    public ProgressLines(TextWriter writer, TimeProvider time)
    {
        (this.writer, this.time, clocks, start) = (writer, time, new StepClocks(time), time.GetTimestamp());
        timer = time.CreateTimer(_ => Remind(), null, Pause, Pause);
    }

    /// <inheritdoc/>
    public void Report(StepProgress value)
    {
        lock (gate)
        {
            var step = clocks.Take(value);
            if (title != step.Title)
            {
                title = step.Title;
                Write($"{title} …");
            }
        }

        Remind();
    }

    /// <summary>Says how the step under way stands, when nothing was said for a while.</summary>
    internal void Remind()
    {
        lock (gate)
        {
            if (!isOver && clocks.Steps is [.., { Fraction: < 1 } step] && time.GetElapsedTime(lastLine) >= Pause)
            {
                Write($"{title}, {(clocks.Standing(step) is { Length: > 0 } standing ? standing : "still at work")}");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            isOver = true;
        }
    }

    private void Write(string line)
    {
        lastLine = time.GetTimestamp();
        writer.WriteLine($"[{StepClocks.Clock(time.GetElapsedTime(start))}] {line}");
    }
}

/// <summary>
/// A few lines that are drawn anew several times a second: steps that are done with the time they took, and the one under way. Where no share is known
/// yet, nothing is claimed but that it goes on. All of it is wiped away at the end.
/// </summary>
internal sealed class ProgressBars : IProgress<StepProgress>, IDisposable
{
    private const int LongestBar = 30, ShortestBar = 8, BlockOfBar = 3, MostDone = 8;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(125);

    // ECMA-48 and xterm: cursor off and on, up, erase to the end of the screen.
    private const string HideCursor = "\u001b[?25l";
    private const string ShowCursor = "\u001b[?25h";
    private const string EraseBelow = "\r\u001b[J";

    private static readonly string[] Turning = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    private readonly Lock gate = new();
    private readonly TextWriter writer;
    private readonly Func<(int Width, int Height)> window;
    private readonly StepClocks clocks;
    private readonly ITimer timer;
    private int drawn;
    private int frame;
    private bool isOver;

    /// <param name="writer">A terminal.</param>
    /// <param name="window">Its columns and lines.</param>
    /// <param name="time">The clock.</param>
    public ProgressBars(TextWriter writer, Func<(int Width, int Height)> window, TimeProvider time)
    {
        (this.writer, this.window, clocks) = (writer, window, new StepClocks(time));
        timer = time.CreateTimer(_ => Draw(), null, Frame, Frame);
    }

    /// <inheritdoc/>
    public void Report(StepProgress value)
    {
        lock (gate)
        {
            clocks.Take(value);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            isOver = true;
            writer.Write(drawn > 0 ? Up() + EraseBelow + ShowCursor : "");
            writer.Flush();
        }
    }

    /// <summary>What stands on a terminal of this size.</summary>
    internal IReadOnlyList<string> Lines(int width, int height)
    {
        if (clocks.Steps is not [.., var step])
        {
            return [];
        }

        var now = $"{Turning[frame % Turning.Length]} {step.Title}";
        var standing = $"{StepClocks.Clock(clocks.Elapsed(step))}  {clocks.Standing(step)}".TrimEnd();
        var room = width - 1 - now.Length - standing.Length - 4;
        List<string> current = room >= ShortestBar
            ? [$"{now}  {Bar(step.Fraction, Math.Min(room, LongestBar))}  {standing}"]
            : room >= -2 ? [$"{now}  {standing}"] : [now, "  " + standing];
        var done = clocks.Steps.SkipLast(1).TakeLast(Math.Clamp(height - 1 - current.Count, 0, MostDone)).Select(one => $"✓ {one.Title}  {StepClocks.Clock(clocks.Elapsed(one))}");
        return [.. done.Concat(current).Select(line => line.Length < width ? line : line[..Math.Max(width - 2, 0)] + "…")];
    }

    // A block that goes to and fro where no share is known.
    private string Bar(double fraction, int length)
    {
        if (fraction > 0)
        {
            var full = (int)(length * fraction);
            return new string('━', full) + new string('╌', length - full);
        }

        var way = length - BlockOfBar;
        var at = way - Math.Abs((frame % (2 * way)) - way);
        return new string('╌', at) + new string('━', BlockOfBar) + new string('╌', way - at);
    }

    private void Draw()
    {
        lock (gate)
        {
            if (isOver)
            {
                return;
            }

            frame++;
            var (width, height) = window();
            var lines = Lines(width, height);
            writer.Write((drawn == 0 ? HideCursor : Up()) + EraseBelow + string.Join("\r\n", lines));
            writer.Flush();
            drawn = lines.Count;
        }
    }

    private string Up() => drawn > 1 ? string.Create(CultureInfo.InvariantCulture, $"\u001b[{drawn - 1}A") : "";
}
