using System.Text;
using HarEdge.Cli.Monitoring;
using HarEdge.Cli.Web;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Tests.Web;

/// <summary>A session on the page whose device says what a test wants, when it wants; nothing waits for a clock.</summary>
internal sealed class ShownSession : IDisposable
{
    /// <summary>From one decision to the next.</summary>
    public static readonly TimeSpan Hop = TimeSpan.FromMilliseconds(1280);

    private readonly ManualTime time = new();
    private readonly DeviceWatch watch = new();
    private readonly TelemetryReader reader = new();
    private readonly SessionClock clock;
    private readonly WebPage page;
    private SnapshotFeed? feed;
    private int sequence;
    private int sample = 64;

    /// <param name="models">What the desktop compares with.</param>
    public ShownSession(params FixedPointModel[] models)
        : this(null, null, models)
    {
    }

    /// <param name="truth">What the wearer really did.</param>
    /// <param name="play">What is played.</param>
    /// <param name="models">What the desktop compares with.</param>
    public ShownSession(Func<DecisionRecord, int?>? truth, Func<SnapshotPlay>? play, params FixedPointModel[] models)
    {
        clock = new SessionClock(isPort: true, time);
        page = new WebPage(0, made => new WebView(feed = made, play is null ? "/dev/ttyUSB0" : "simulated device", clock, new ScoreWatch(models, reader.Statistics)) { Truth = truth, Play = play });
        Refresh();
    }

    /// <summary>Where the page is.</summary>
    public string Address => page.Address.ToString();

    /// <summary>Browsers that watch.</summary>
    public int Readers => feed!.Readers;

    /// <summary>Why nothing comes; null when something does.</summary>
    public string? Trouble { get; set; }

    /// <summary>Time passes.</summary>
    public void Wait(TimeSpan span)
    {
        time.Now += span;
        Refresh();
    }

    /// <summary>The device says something.</summary>
    public void Say(string text)
    {
        clock.Note(new SourceRead(SourceState.Bytes, text.Length, -1));
        reader.Read(Encoding.ASCII.GetBytes(text), record =>
        {
            watch.Take(record);
            page.View.Show(record, watch, reader.Statistics);
        });
    }

    /// <summary>The console of a twin, at the times its decisions took.</summary>
    public void Play(string console)
    {
        foreach (var line in console.Split('\n'))
        {
            time.Now += line.StartsWith("$HD", StringComparison.Ordinal) ? Hop : TimeSpan.Zero;
            Say(line + "\n");
            page.View.Refresh(watch, reader.Statistics, Trouble);
        }
    }

    /// <summary>The device introduces itself.</summary>
    public void Introduce(params string[] classes)
    {
        Say(ForgedLines.Banner(classes));
        sequence = classes.Length + 1;
        Refresh();
    }

    /// <summary>The device decides, as often as there are decisions.</summary>
    public void Decide(IReadOnlyList<string> classes, IEnumerable<(int Decision, int Window, int Confidence)> decisions)
    {
        foreach (var (decision, window, confidence) in decisions)
        {
            time.Now += Hop;
            Say(ForgedLines.Decision(sample += 64, decision, window, confidence, decision < 0 ? "UNKNOWN" : classes[decision], sequence++));
        }

        Refresh();
    }

    /// <summary>Shows what there is.</summary>
    public void Refresh() => page.View.Refresh(watch, reader.Statistics, Trouble);

    public void Dispose() => page.Dispose();

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override DateTimeOffset GetUtcNow() => new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);
    }
}
