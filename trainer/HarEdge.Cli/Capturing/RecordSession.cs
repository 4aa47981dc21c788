using System.Diagnostics;
using System.Globalization;
using HarEdge.Cli.Monitoring;
using HarEdge.Trainer;
using HarEdge.Trainer.Capture;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Capturing;

/// <summary>Reads a source, watches the keys and the script, and keeps the file up to date, until one of them ends it.</summary>
/// <param name="source">Where the bytes come from.</param>
/// <param name="capture">Makes samples of them.</param>
/// <param name="recorder">Takes the samples.</param>
/// <param name="labels">By the clock of the source.</param>
/// <param name="display">Where the person reads what to do.</param>
internal sealed class RecordSession(IByteSource source, SampleCapture capture, Recorder recorder, LabelTimeline labels, RecordDisplay display)
{
    private const int BufferLength = 4 * 1024;
    private const int StatusMs = 250;
    private const int ToDiskMs = 5000;

    // Samples of the last moment arrive in bursts of 1.3 s.
    private const int LastSamplesMs = 3000;

    private readonly byte[] buffer = new byte[BufferLength];
    private readonly Stopwatch wall = Stopwatch.StartNew();
    private readonly AlarmLines alarms = new(line => display.Say(line, rings: true));
    private ScriptPrompts? prompts;
    private double nowMs;
    private double? startMs;
    private string? keyLabel;
    private bool wasRunning;
    private bool isOver;
    private bool hasEnded;
    private long statusMs;
    private long toDiskMs;

    /// <summary>Labels by time; null to label by keys.</summary>
    public LabelScript? Script { get; init; }

    /// <summary>Labels by keys; null where there is no keyboard.</summary>
    public LabelKeys? Keys { get; init; }

    /// <summary>Gives the next key; null when none was pressed.</summary>
    public Func<char?> ReadKey { get; init; } = () => null;

    /// <summary>When to stop, after the first sample; null for never.</summary>
    public double? EndSeconds { get; init; }

    /// <summary>Makes the device send samples; null when it does so by itself.</summary>
    public StartRequest? Request { get; init; }

    /// <summary>Told after every read; the device may have said more about itself.</summary>
    public Action AfterRead { get; init; } = () => { };

    /// <summary>Whether something ended before its script.</summary>
    public bool IsCutShort => Script is not null && !(recorder.LastHostMs >= startMs + Script.TotalMs - LastSamplesMs);

    /// <summary>Runs to the end: of the script, the source or the time, on the end key, when the device ends it, or when cancelled.</summary>
    public void Run(CancellationToken cancellation)
    {
        prompts = Script is null ? null : new ScriptPrompts(Script, display);
        recorder.Interrupted += gap => display.Say(string.Create(CultureInfo.InvariantCulture, $"gap at {gap.TimeMs / 1000:0.0} s: {Text(gap)}"));
        capture.SensorDied += sample => display.Say(
            string.Create(CultureInfo.InvariantCulture, $"alarm: at {sample.TimeMs / 1000:0.0} s the sensor is dead: no value has changed for a second. Check its supply and its wires; such stretches are no recording."),
            rings: true);
        try
        {
            while (!isOver && !cancellation.IsCancellationRequested)
            {
                RunOnce();
            }

            if (hasEnded)
            {
                // Half a line of a source that goes on is no damage.
                capture.Finish();
            }

            recorder.File?.Flush();
        }
        finally
        {
            Request?.End();
            display.Clear();
        }
    }

    private void RunOnce()
    {
        ReadOnce();
        NoteMode();
        TakeKey();
        alarms.Report(capture.Alarms);
        Request?.Repeat();
        if (startMs is { } start && recorder.Samples > 0)
        {
            prompts?.Show(nowMs - start);
        }

        if (wall.ElapsedMilliseconds - statusMs >= StatusMs)
        {
            statusMs = wall.ElapsedMilliseconds;
            display.Show(RecordDisplay.Status(Now(), recorder, capture));
        }

        isOver |= IsTimeUp();
    }

    private void ReadOnce()
    {
        var read = source.Read(buffer);
        nowMs = read.AtMs >= 0 ? read.AtMs : recorder.LastHostMs ?? 0;
        switch (read.State)
        {
            case SourceState.Bytes:
                Take(read);
                break;
            case SourceState.Lost:
                capture.Lose();
                display.Say($"{source.Name} has gone away. Plug it in again; nothing recorded is lost, and the recording goes on.", rings: true);
                break;
            case SourceState.Found:
                display.Say($"{source.Name} is back.");
                Request?.Renew();
                break;
            case SourceState.Ended:
                isOver = hasEnded = true;
                break;
        }
    }

    private void Take(SourceRead read)
    {
        if (read.AtMs < 0)
        {
            // The samples are the clock, and the first is at 0.
            Start(0);
        }

        var before = recorder.Samples;
        capture.Read(buffer.AsSpan(0, read.Count), read.AtMs);
        Request?.NoteBytes(withSamples: recorder.Samples > before);
        nowMs = read.AtMs >= 0 ? nowMs : recorder.LastHostMs ?? 0;
        if (recorder.Samples > 0)
        {
            Start(nowMs);
        }

        var toDisk = wall.ElapsedMilliseconds - toDiskMs >= ToDiskMs;
        toDiskMs = toDisk ? wall.ElapsedMilliseconds : toDiskMs;
        AfterRead();
        recorder.File?.Flush(toDisk);
    }

    private void Start(double atMs)
    {
        if (startMs is null)
        {
            startMs = atMs;
            Script?.Schedule(labels, atMs);
        }
    }

    private void NoteMode()
    {
        if (capture.IsRunning && !wasRunning)
        {
            display.Say(Keys is null ? "Samples are coming." : "Samples are coming. Keys: " + Keys.Legend);
        }
        else if (wasRunning && capture is DeviceCapture { IsSwitchedOff: true } && recorder.Samples > 0)
        {
            display.Say("The device has ended its recording mode.");
            isOver = true;
        }
        else if (wasRunning && !capture.IsRunning)
        {
            Request?.Renew();
        }

        wasRunning = capture.IsRunning;
    }

    private void TakeKey()
    {
        while (ReadKey() is { } key)
        {
            if (char.ToLowerInvariant(key) == LabelKeys.Quit)
            {
                isOver = true;
            }
            else if (Keys is not null && Keys.TryLabel(key, out var label))
            {
                labels.Change(nowMs, label);
                keyLabel = label;
                display.Say("label: " + (label ?? "none"));
            }
        }
    }

    private string Now()
    {
        var passedMs = nowMs - (startMs ?? nowMs);
        return recorder.Samples == 0 ? "waiting"
            : prompts is not null ? prompts.Now(passedMs)
            : $"{keyLabel ?? "no label"}, {RecordDisplay.Seconds(passedMs)} s";
    }

    private bool IsTimeUp()
    {
        var endMs = Script?.TotalMs ?? double.PositiveInfinity;
        endMs = startMs + Math.Min(endMs, EndSeconds * 1000 ?? double.PositiveInfinity) ?? double.PositiveInfinity;
        return recorder.LastHostMs >= endMs || nowMs >= endMs + LastSamplesMs;
    }

    private static string Text(CapturedGap gap) =>
        gap.MissingSamples is { } missing ? $"{missing} samples missing ({gap.Reason})" : $"unknown length ({gap.Reason})";
}

/// <summary>One key an activity, shown while recording.</summary>
internal sealed class LabelKeys
{
    /// <summary>Ends the recording.</summary>
    public const char Quit = 'q';

    /// <summary>Takes the label off.</summary>
    public const char None = '0';

    private const string Keys = "123456789abcdefghijklmnoprstuvwxyz";

    private readonly IReadOnlyList<string> labels;

    /// <param name="names">Normalized here.</param>
    /// <exception cref="InputException">There are more names than keys (exit code 2).</exception>
    public LabelKeys(IEnumerable<string> names)
    {
        labels = [.. names.Select(ClassNames.Normalize).Where(name => name.Length > 0).Distinct()];
        if (labels.Count == 0 || labels.Count > Keys.Length)
        {
            throw new InputException($"There are {labels.Count} labels for {Keys.Length} keys.", "Name one to thirty-three labels: --labels walking,sitting.", 2);
        }
    }

    /// <summary>All keys in one line.</summary>
    public string Legend => string.Join("  ", labels.Select((label, i) => $"{Keys[i]} {label}")) + $"  {None} no label  {Quit} end";

    /// <summary>Whether a key chooses, and what; null for no label.</summary>
    public bool TryLabel(char key, out string? label)
    {
        var index = Keys.IndexOf(char.ToLowerInvariant(key), StringComparison.Ordinal);
        label = index >= 0 && index < labels.Count ? labels[index] : null;
        return key is None or ' ' || label is not null;
    }
}
