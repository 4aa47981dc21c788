using HarEdge.Cli.Output;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;
using Spectre.Console;

namespace HarEdge.Cli.Monitoring;

/// <summary>
/// The picture a person watches at a terminal: on the alternate screen, so that nothing of it stays behind, drawn anew for the window's size
/// whenever it changes. When it ends, the last picture stands on the usual screen.
/// </summary>
/// <param name="terminal">Where it is drawn.</param>
/// <param name="clock">What time it is in the session.</param>
/// <param name="window">Columns and lines of the window; null for those of the terminal.</param>
internal sealed class LiveView(Terminal terminal, SessionClock clock, Func<(int Width, int Height)>? window = null) : IMonitorView, IDisposable
{
    // What a window of any width shows.
    private const int SpansKept = 2000;

    // ECMA-48 and xterm: alternate screen, cursor, home, erase to the end of line and screen.
    private const string Enter = "\u001b[?1049h\u001b[?25l";
    private const string Leave = "\u001b[?25h\u001b[?1049l";
    private const string Home = "\u001b[H";
    private const string EndOfLine = "\u001b[K";
    private const string EndOfScreen = "\u001b[J";

    private readonly bool isScreen = window is not null || terminal.Pretty.Profile.Capabilities.Ansi;
    private readonly List<SessionSpan> spans = [];
    private IReadOnlyList<LiveLine> last = [];
    private SessionTimeline? timeline;
    private string drawn = "";

    /// <summary>What a decision should take on the chip, where the device measures it.</summary>
    public ChipTime ChipTime { get; init; } = new(() => []);

    /// <inheritdoc/>
    public void Show(TelemetryRecord record, DeviceWatch watch, LinkStatistics link)
    {
        timeline ??= new SessionTimeline(Keep);
        if (record is DecisionRecord said)
        {
            timeline.Arrive(said, clock, new WindowContext(watch.HopSamples, watch.RateHz, said.Sample, watch.ClassName(said.WindowClass), null, null), link);
        }
        else if (record is EventRecord happened && HoleWords.Of(happened) is { } why)
        {
            timeline.Note(why);
        }
    }

    /// <inheritdoc/>
    public void Refresh(DeviceWatch watch, LinkStatistics link, string? trouble)
    {
        timeline?.Settle(clock, waits: false);
        var console = terminal.Pretty;
        var (width, height) = window?.Invoke() ?? (console.Profile.Width, console.Profile.Height);
        last = LiveLayout.Of(new LiveState(watch, link, trouble, clock, spans, timeline, ChipTime), width, height);
        var text = Text(last, console);
        var now = $"{width} {height} {text}";
        if (!isScreen || now == drawn)
        {
            return;
        }

        terminal.Out.Write((drawn.Length == 0 ? Enter : "") + Home + text.Replace("\n", EndOfLine + "\r\n", StringComparison.Ordinal) + EndOfLine + EndOfScreen);
        terminal.Out.Flush();
        drawn = now;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (drawn.Length > 0)
        {
            terminal.Out.Write(Leave);
        }

        terminal.Out.WriteLine(Text(last, terminal.Pretty));
        terminal.Out.Flush();
    }

    private void Keep(SessionSpan span)
    {
        spans.Add(span);
        if (spans.Count > 2 * SpansKept)
        {
            spans.RemoveRange(0, spans.Count - SpansKept);
        }
    }

    // As many colors as the terminal has, none with NO_COLOR.
    private static string Text(IReadOnlyList<LiveLine> lines, IAnsiConsole console)
    {
        var text = new StringWriter { NewLine = "\n" };
        var writer = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = console.Profile.Capabilities.Ansi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = (ColorSystemSupport)console.Profile.Capabilities.ColorSystem,
            Out = new AnsiConsoleOutput(text),
        });
        writer.Profile.Width = int.MaxValue / 2;
        for (var i = 0; i < lines.Count; i++)
        {
            writer.Write(new Markup((i > 0 ? "\n" : "") + lines[i].ToMarkup()));
        }

        return text.ToString();
    }
}

/// <summary>One line: pieces of text, each with its look.</summary>
internal sealed class LiveLine
{
    private readonly List<(string Text, string Style)> pieces = [];

    /// <summary>Columns it takes.</summary>
    public int Width => pieces.Sum(piece => piece.Text.Length);

    /// <summary>Appends a piece.</summary>
    public LiveLine Add(string text, string style = "")
    {
        pieces.Add((text, style));
        return this;
    }

    /// <summary>The same, cut after a word where it is wider than a window.</summary>
    public LiveLine Cut(int width)
    {
        if (Width <= width)
        {
            return this;
        }

        var cut = new LiveLine();
        foreach (var (text, style) in pieces)
        {
            var room = width - 1 - cut.Width;
            if (text.Length > room)
            {
                var space = text.LastIndexOf(' ', Math.Max(Math.Min(room, text.Length - 1), 0));
                return cut.Add(text[..(space > 0 ? space : text.All(char.IsDigit) ? 0 : Math.Max(room, 0))] + "…", style);
            }

            cut.Add(text, style);
        }

        return cut;
    }

    /// <summary>With Spectre's marks.</summary>
    public string ToMarkup() => string.Concat(pieces.Select(piece => piece.Style.Length == 0 ? Markup.Escape(piece.Text) : $"[{piece.Style}]{Markup.Escape(piece.Text)}[/]"));

    /// <inheritdoc/>
    public override string ToString() => string.Concat(pieces.Select(piece => piece.Text));
}
