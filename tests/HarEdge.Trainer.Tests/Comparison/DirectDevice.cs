using System.Diagnostics;
using System.Text;
using HarEdge.Core;
using HarEdge.Core.Generated;
using HarEdge.DeviceTwin;
using HarEdge.DeviceTwin.Simulation;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Trainer.Tests.Comparison;

/// <summary>The simulated device as a source and a sink without any port between: time passes while it is read.</summary>
internal sealed class DirectDevice : IByteSource, IByteSink
{
    private readonly SimulatedDevice device;
    private readonly Queue<byte> said = new();
    private readonly Stopwatch stall = new();
    private int lines;
    private int blocks;
    private bool isFaulty;

    public DirectDevice(IMotionSource motion, TwinOptions? options = null, KnownAnswerSet? answers = null)
    {
        device = new SimulatedDevice(new ActivityModel(), answers ?? new KnownAnswers(), options ?? TwinOptions.ForRecordings with { HasCommandPort = true });
        device.LineWritten += Say;
        device.Wear(motion);
        device.Boot();
    }

    public string Name => "the device";

    /// <summary>Of so many lines from the device one is lost; 0 for none.</summary>
    public int LosesLine { get; init; }

    /// <summary>Of so many blocks to the device one is lost; 0 for none.</summary>
    public int LosesBlock { get; init; }

    /// <summary>After so many blocks the device is held up once for <see cref="StallMs"/>; 0 for never.</summary>
    public int StallsAfterBlocks { get; init; }

    /// <summary>How long it is held up.</summary>
    public int StallMs { get; init; }

    /// <summary>Whether the device hears nothing at all.</summary>
    public bool IsDeaf { get; init; }

    /// <summary>What goes wrong after ten seconds, for an hour; null for nothing.</summary>
    public DeviceFault? Fault { get; init; }

    /// <summary>The wearer everyone plays.</summary>
    public static DataSet Wearer { get; } = SyntheticWearer.Create(new SyntheticOptions { Subjects = 2, SecondsPerActivity = 20 });

    public static IMotionSource Motion => new RecordingSource(Wearer.Recordings[0].Channels, Wearer.Recordings[0].Runs[0].Start, Wearer.Recordings[0].Runs[0].End);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        var isBlock = bytes[2] == 'R';
        blocks += isBlock ? 1 : 0;
        if (isBlock && StallsAfterBlocks > 0 && blocks % StallsAfterBlocks == 0)
        {
            stall.Restart();
        }

        if (!IsDeaf && (!isBlock || LosesBlock == 0 || blocks % LosesBlock != 0))
        {
            device.Send(bytes);
        }
    }

    public SourceRead Read(Span<byte> buffer)
    {
        if (stall.IsRunning && stall.ElapsedMilliseconds < StallMs)
        {
            Thread.Sleep(StallMs / 10);
            return new SourceRead(SourceState.Idle, 0, -1);
        }

        for (var turn = 0; turn < 100 && said.Count == 0; turn++)
        {
            if (Fault is { } due && !isFaulty && device.Elapsed.TotalSeconds >= 10)
            {
                isFaulty = true;
                device.Inject(due, TimeSpan.FromHours(1), 1);
            }

            device.RunOnce();
        }

        var count = 0;
        while (count < buffer.Length && said.TryDequeue(out var value))
        {
            buffer[count++] = value;
        }

        return new SourceRead(count > 0 ? SourceState.Bytes : SourceState.Idle, count, -1);
    }

    public void Dispose()
    {
    }

    private void Say(string line)
    {
        lines++;
        if (LosesLine > 0 && lines % LosesLine == 0)
        {
            return;
        }

        foreach (var value in Encoding.ASCII.GetBytes(line + "\r\n"))
        {
            said.Enqueue(value);
        }
    }
}
