using System.Diagnostics;
using HarEdge.Trainer;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Cli.Capturing;

/// <summary>
/// Gets a device to send its samples, again and again until they come: by a command where its second UART is wired, else by asking the person
/// to hold the button. Says when nothing comes at all.
/// </summary>
/// <param name="sourceName">How messages name the device's port.</param>
/// <param name="display">Where the person is asked.</param>
internal sealed class StartRequest(string sourceName, RecordDisplay display)
{
    private const int SilenceMs = 5000;
    private const int ReminderMs = 20000;

    // Samples come in bursts of 1.3 s: a device that records already need not be asked.
    private const int BurstMs = 2000;

    private const string Button = "Hold the board's BOOT button for two seconds and let go: recording mode begins.";

    private readonly Stopwatch wall = Stopwatch.StartNew();
    private long receivedMs;
    private long sampledMs;
    private long? askedMs;
    private bool isSilent;

    /// <summary>Whether there is a button: a device of ours, and not in a log.</summary>
    public bool HasButton { get; init; }

    /// <summary>The second UART; null where it is not wired.</summary>
    public DeviceCommands? Commands { get; init; }

    /// <summary>Bytes have come.</summary>
    /// <param name="withSamples">And samples among them.</param>
    public void NoteBytes(bool withSamples)
    {
        isSilent = false;
        receivedMs = wall.ElapsedMilliseconds;
        sampledMs = withSamples ? receivedMs : sampledMs;
    }

    /// <summary>The samples have ended, or the port is back: the next request is made as soon as none come.</summary>
    public void Renew()
    {
        askedMs = null;
        sampledMs = wall.ElapsedMilliseconds;
    }

    /// <summary>Asks when no samples come and it is time to.</summary>
    public void Repeat()
    {
        var nowMs = wall.ElapsedMilliseconds;
        if (nowMs - receivedMs >= SilenceMs && !isSilent)
        {
            isSilent = true;
            display.Say($"{sourceName} is silent. Check that the board has power and runs HarEdge.");
        }

        var quietMs = nowMs - sampledMs;
        var isDue = askedMs is { } asked
            ? nowMs - asked >= ReminderMs && quietMs >= SilenceMs
            : Commands is not null || quietMs >= BurstMs;
        if (isDue && (HasButton || Commands is not null))
        {
            askedMs = nowMs;
            Ask();
        }
    }

    /// <summary>No more samples are wanted.</summary>
    public void End() => Send("STOP");

    private void Ask()
    {
        if (Commands is not null)
        {
            display.Say($"Asking the device on {Commands.PortName} for its samples. Where that does not help: {char.ToLowerInvariant(Button[0])}{Button[1..]}");

            // The banner holds the ranges of the samples.
            Send("INFO");
            Send("RECORD");
        }
        else
        {
            display.Say(Button, rings: true);
        }
    }

    private void Send(string verb)
    {
        try
        {
            Commands?.Send(verb);
        }
        catch (InputException e)
        {
            // The console confirms it, too, and what was recorded must not be lost for it.
            display.Say($"{e.Message} {e.Remedy}");
        }
    }
}
