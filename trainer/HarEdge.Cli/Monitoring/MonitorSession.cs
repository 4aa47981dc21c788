using System.Diagnostics;
using HarEdge.Cli.Output;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Monitoring;

/// <summary>Reads a source to its end, or until it is asked to stop, and shows what comes.</summary>
/// <param name="source">Where the bytes come from.</param>
/// <param name="terminal">Where alarms are reported.</param>
/// <param name="isPort">Whether a device is at the other end, now: then lines may have waited for a listener.</param>
internal sealed class MonitorSession(IByteSource source, Terminal terminal, bool isPort)
{
    // What a port can have kept: the kernel's buffer and the driver's.
    private const int MostWaitingBytes = 64 * 1024;

    private const int BufferLength = 16 * 1024;
    private const int RefreshMs = 250;
    private const int SilenceMs = 5000;

    // A device whose alarm says why it decides nothing still reports its health once a minute.
    private const int SilenceInAlarmMs = 70_000;

    private readonly TelemetryReader reader = new();
    private readonly AlarmLines alarms = new(terminal.Say);
    private long waitingBytes;

    /// <summary>What is known about the device.</summary>
    public DeviceWatch Watch { get; } = new();

    /// <summary>What came and what was lost.</summary>
    public LinkStatistics Link => reader.Statistics;

    /// <summary>What time it is.</summary>
    public SessionClock Clock { get; } = new(isPort, TimeProvider.System);

    /// <summary>Why nothing comes at the moment, with the remedy; null when something does.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Whether alarms are reported line by line; a live picture shows them itself.</summary>
    public bool TellsAlarms { get; init; }

    /// <summary>When to stop; null for never.</summary>
    public double? EndSeconds { get; init; }

    /// <summary>Whether it stopped because of <see cref="EndSeconds"/>.</summary>
    public bool HasTimedOut { get; private set; }

    /// <summary>Runs to the end.</summary>
    public void Run(IMonitorView view, CancellationToken cancellation)
    {
        var buffer = new byte[BufferLength];
        Join(isPort);
        var clock = Stopwatch.StartNew();
        var refreshed = -RefreshMs;
        var receivedMs = 0L;
        var state = SourceState.Idle;
        while (state != SourceState.Ended && !cancellation.IsCancellationRequested && !HasTimedOut)
        {
            var read = source.Read(buffer);
            state = read.State;
            Take(read, buffer, view);
            receivedMs = state is SourceState.Bytes or SourceState.Lost ? clock.ElapsedMilliseconds : receivedMs;
            if (Trouble is null && clock.ElapsedMilliseconds - receivedMs > (Watch.Alarms.Any() ? SilenceInAlarmMs : SilenceMs))
            {
                Meet($"{source.Name} is silent. Check that the board has power and runs HarEdge; a decision comes about every second.");
            }

            if (clock.ElapsedMilliseconds - refreshed >= RefreshMs)
            {
                refreshed = (int)clock.ElapsedMilliseconds;
                view.Refresh(Watch, Link, Trouble);
            }

            HasTimedOut = clock.Elapsed.TotalSeconds >= EndSeconds;
        }

        reader.Finish(record => Show(record, view));
        view.Refresh(Watch, Link, Trouble);
    }

    private void Take(SourceRead read, byte[] buffer, IMonitorView view)
    {
        switch (read.State)
        {
            case SourceState.Bytes:
                Trouble = null;
                Clock.Note(read);
                reader.Read(buffer.AsSpan(0, read.Count), record => Show(record, view));
                Join(reader.IsJoining && (waitingBytes += read.Count) < MostWaitingBytes);
                break;
            case SourceState.Idle:
                // Nothing waits any more.
                Join(false);
                break;
            case SourceState.Lost:
                reader.Lose(record => Show(record, view));
                Join(true);
                waitingBytes = 0;
                Meet($"{source.Name} has gone away. Plug it in again; when it is back under this name, the monitor goes on by itself.");
                break;
            case SourceState.Found:
                Meet($"{source.Name} is back, and nothing has come yet.");
                break;
        }
    }

    private void Join(bool isJoining) => reader.IsJoining = Clock.IsJoining = isJoining;

    private void Show(TelemetryRecord record, IMonitorView view)
    {
        Watch.Take(record);
        view.Show(record, Watch, Link);
        if (TellsAlarms)
        {
            alarms.Report(Watch.Alarms.Concat(Link.Alarms));
        }
    }

    private void Meet(string trouble)
    {
        Trouble = trouble;
        if (TellsAlarms)
        {
            terminal.Say(trouble);
        }
    }
}

/// <summary>Reports each alarm once, as a line, and again only when it was over in between.</summary>
/// <param name="say">Takes the line.</param>
internal sealed class AlarmLines(Action<string> say)
{
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);

    /// <summary>Reports what is new.</summary>
    /// <param name="now">All that is wrong now.</param>
    public void Report(IEnumerable<Alarm> now)
    {
        var current = now.DistinctBy(alarm => alarm.What).ToList();
        reported.RemoveWhere(what => current.All(alarm => alarm.What != what));
        foreach (var alarm in current.Where(alarm => reported.Add(alarm.What)))
        {
            say($"alarm: {alarm.What} {alarm.Remedy}");
        }
    }
}
