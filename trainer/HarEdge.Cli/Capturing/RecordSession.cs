using System.Globalization;
using HarEdge.Trainer.Capture;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Capturing;

/// <summary>Reads a source, watches the keys and the script, and keeps the file up to date, until one of them ends it.</summary>
/// <param name="source">Where the bytes come from.</param>
/// <param name="capture">Makes samples of them.</param>
/// <param name="recorder">Takes the samples.</param>
/// <param name="labels">By the clock of the source.</param>
/// <param name="display">Where the person is told.</param>
internal sealed class RecordSession(IByteSource source, SampleCapture capture, Recorder recorder, LabelTimeline labels, RecordDisplay display)
{
    private const int BufferLength = 4 * 1024;
    private const int StatusMs = 250;
    private const int SilenceMs = 5000;
    private const int ReminderMs = 20000;
    private const int ToDiskMs = 5000;

    // Samples of the last moment arrive in bursts of 1.3 s.
    private const int LastSamplesMs = 3000;

    private readonly byte[] buffer = new byte[BufferLength];
    private readonly System.Diagnostics.Stopwatch wall = System.Diagnostics.Stopwatch.StartNew();
    private double nowMs;
    private double? startMs;
    private string? keyLabel;
    private ScriptStep? shownStep;
    private bool isShownStepRunning;
    private bool wasRunning;
    private bool isAsked;
    private bool isOver;
    private long heardMs;
    private long remindedMs;
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

    /// <summary>How to make the device send samples; null when it does so by itself.</summary>
    public string? HowToStart { get; init; }

    /// <summary>Told after every read; the device may have said more about itself.</summary>
    public Action AfterRead { get; init; } = () => { };

    /// <summary>Whether something ended before its script.</summary>
    public bool IsCutShort => Script is not null && !(recorder.LastHostMs >= startMs + Script.TotalMs - LastSamplesMs);

    /// <summary>Runs to the end: of the script, the source or the time, on the end key, when the device ends it, or when cancelled.</summary>
    public void Run(CancellationToken cancellation)
    {
        recorder.Interrupted += gap => display.Say(string.Create(CultureInfo.InvariantCulture, $"gap at {gap.TimeMs / 1000:0.0} s: {Text(gap)}"));
        while (!isOver && !cancellation.IsCancellationRequested)
        {
            ReadOnce();
            TakeKey();
            ShowStep();
            Remind();
            if (wall.ElapsedMilliseconds - statusMs >= StatusMs)
            {
                statusMs = wall.ElapsedMilliseconds;
                display.Show(RecordDisplay.Status(Now(), recorder, capture));
            }

            isOver |= IsTimeUp();
        }

        capture.Finish();
        recorder.File?.Flush();
        display.Clear();
    }

    private void ReadOnce()
    {
        var read = source.Read(buffer);
        nowMs = read.AtMs >= 0 ? read.AtMs : recorder.LastHostMs ?? 0;
        switch (read.State)
        {
            case SourceState.Bytes:
                if (read.AtMs < 0)
                {
                    // The samples are the clock, and the first is at 0.
                    Start(0);
                }

                heardMs = wall.ElapsedMilliseconds;
                capture.Read(buffer.AsSpan(0, read.Count), read.AtMs);
                nowMs = read.AtMs >= 0 ? nowMs : recorder.LastHostMs ?? 0;
                Keep();
                break;
            case SourceState.Lost:
                capture.Lose();
                display.Say($"{source.Name} has gone away. Plug it in again; nothing recorded is lost, and the recording goes on.", rings: true);
                break;
            case SourceState.Found:
                display.Say($"{source.Name} is back.");
                isAsked = false;
                break;
            case SourceState.Ended:
                isOver = true;
                break;
        }

        NoteMode();
    }

    private void Keep()
    {
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
            isAsked = false;
        }

        wasRunning = capture.IsRunning;
    }

    private void Remind()
    {
        if (capture.IsRunning)
        {
            return;
        }

        if (wall.ElapsedMilliseconds - heardMs >= SilenceMs)
        {
            heardMs = wall.ElapsedMilliseconds;
            display.Say($"{source.Name} is silent. Check that the board has power and runs HarEdge.");
        }

        if (HowToStart is not null && (!isAsked || wall.ElapsedMilliseconds - remindedMs >= ReminderMs))
        {
            isAsked = true;
            remindedMs = wall.ElapsedMilliseconds;
            display.Say(HowToStart, rings: true);
        }
    }

    private void TakeKey()
    {
        while (ReadKey() is { } key)
        {
            if (char.ToLowerInvariant(key) == LabelKeys.Quit)
            {
                isOver = true;
            }
            else if (Script is null && Keys is not null && Keys.TryLabel(key, out var label))
            {
                labels.Change(nowMs, label);
                keyLabel = label;
                display.Say("label: " + (label ?? "none"));
            }
        }
    }

    private void ShowStep()
    {
        if (Script is null || startMs is not { } start || recorder.Samples == 0)
        {
            return;
        }

        var step = Script.StepAt(nowMs - start);
        var isRunning = step is not null && nowMs - start >= step.StartMs;
        if (step == shownStep && isRunning == isShownStepRunning)
        {
            return;
        }

        shownStep = step;
        isShownStepRunning = isRunning;
        display.Say(
            step is null ? "The script is done: you can stop."
            : !isRunning ? $"get ready: {step.Label}"
            : step.Label is null ? string.Create(CultureInfo.InvariantCulture, $"pause, {Seconds(step.EndMs - step.StartMs)} s")
            : string.Create(CultureInfo.InvariantCulture, $"GO: {step.Label}, {Seconds(step.EndMs - step.StartMs)} s"),
            rings: true);
    }

    private string Now()
    {
        if (recorder.Samples == 0)
        {
            return "waiting";
        }

        var passedMs = nowMs - (startMs ?? nowMs);
        return Script?.StepAt(passedMs) switch
        {
            null when Script is not null => "done",
            null => string.Create(CultureInfo.InvariantCulture, $"{keyLabel ?? "no label"}, {Seconds(passedMs)} s"),
            var step when passedMs < step.StartMs => string.Create(CultureInfo.InvariantCulture, $"{step.Label} in {Seconds(step.StartMs - passedMs)}"),
            var step => string.Create(
                CultureInfo.InvariantCulture,
                $"{step.Label ?? "pause"}, {Seconds(step.EndMs - passedMs)} s left, {Seconds(Script!.TotalMs - passedMs)} s in all"),
        };
    }

    private bool IsTimeUp()
    {
        var endMs = Script?.TotalMs ?? double.PositiveInfinity;
        endMs = startMs + Math.Min(endMs, EndSeconds * 1000 ?? double.PositiveInfinity) ?? double.PositiveInfinity;
        return recorder.LastHostMs >= endMs || nowMs >= endMs + LastSamplesMs;
    }

    private static string Seconds(double ms) => Math.Ceiling(ms / 1000).ToString(CultureInfo.InvariantCulture);

    private static string Text(CapturedGap gap) =>
        gap.MissingSamples is { } missing ? $"{missing} samples missing ({gap.Reason})" : $"unknown length ({gap.Reason})";
}
