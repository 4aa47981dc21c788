using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using HarEdge.Cli.Web;
using HarEdge.Core;
using HarEdge.DeviceTwin;
using HarEdge.DeviceTwin.Simulation;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Twin;

/// <summary>
/// A simulated device to play with: its console is a source of bytes, what its wearer really does is known, and things can be done to it while
/// it runs on a thread of its own.
/// </summary>
internal sealed class PlayedDevice : IByteSource
{
    private const int SequenceCount = 10_000;
    private const int WaitMs = 100;

    private readonly SimulatedDevice device;
    private readonly PlayedWearer wearer;
    private readonly Func<short, int> classOf;
    private readonly int windowSamples;
    private readonly string description;
    private readonly BlockingCollection<byte[]> console = [];
    private readonly ConcurrentQueue<Action> actions = new();
    private readonly CancellationTokenSource off = new();
    private readonly Task running;

    // By the line's sequence number.
    private readonly int?[] truths = new int?[SequenceCount];
    private string? held;
    private volatile bool isPulled;

    /// <summary>Switches on.</summary>
    /// <param name="device">Not yet switched on.</param>
    /// <param name="wearer">What it feels.</param>
    /// <param name="classOf">The model's class of a label of the wearer; −1 for none of them.</param>
    /// <param name="windowSamples">Samples in a window.</param>
    /// <param name="description">Who wears it, in words.</param>
    public PlayedDevice(SimulatedDevice device, PlayedWearer wearer, Func<short, int> classOf, int windowSamples, string description)
    {
        this.device = device;
        this.wearer = wearer;
        this.classOf = classOf;
        this.windowSamples = windowSamples;
        this.description = description;
        device.Decided += Decide;
        running = Task.Run(() => new TwinSession(device, wearer) { IsPaced = true, Records = true }.Run(Write, Act, off.Token));
    }

    /// <inheritdoc/>
    public string Name => "simulated device";

    /// <summary>What the wearer really did at the end of a decision's window: a class, −1 for something else; null when it is not known.</summary>
    public int? TruthAt(DecisionRecord said) => truths[said.Sequence];

    /// <summary>What is being played, and what can be done.</summary>
    public SnapshotPlay Snapshot() => new(
        description,
        [
            new SnapshotAction("crooked", "Put it on crooked", wearer.IsCrooked, wearer.IsCrooked
                ? string.Create(CultureInfo.InvariantCulture, $"The band sits {PlayedWearer.CrookedDegrees}° askew.") : "The band sits as it should."),
            new SnapshotAction("wire", "Pull the wire", isPulled, isPulled ? "The sensor's wire is off." : "The sensor is wired."),
            .. wearer.HasOtherPlace
                ? new[] { new SnapshotAction("place", "Another place on the body", wearer.IsElsewhere, wearer.IsElsewhere ? "It is worn on the wrist; the model knows only the belt." : "It is worn on the belt.") }
                : [],
        ]);

    /// <summary>Does what a button says; false when there is no such button.</summary>
    public bool Press(string button)
    {
        switch (button)
        {
            case "crooked":
                wearer.IsCrooked = !wearer.IsCrooked;
                return true;
            case "wire":
                var pull = isPulled = !isPulled;
                actions.Enqueue(() => device.SensorAttached = !pull);
                return true;
            case "place" when wearer.HasOtherPlace:
                wearer.IsElsewhere = !wearer.IsElsewhere;
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public SourceRead Read(Span<byte> buffer)
    {
        if (running.IsFaulted)
        {
            running.GetAwaiter().GetResult();
        }

        if (!console.TryTake(out var line, WaitMs))
        {
            return new SourceRead(off.IsCancellationRequested ? SourceState.Ended : SourceState.Idle, 0, -1);
        }

        line.CopyTo(buffer);
        return new SourceRead(SourceState.Bytes, line.Length, -1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        off.Cancel();
        running.ContinueWith(_ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
        off.Dispose();
        console.Dispose();
    }

    // A decision waits until its truth is known, which comes with the next call.
    private void Write(string line)
    {
        if (line.StartsWith("$HD,", StringComparison.Ordinal))
        {
            held = line;
        }
        else
        {
            console.Add(Encoding.ASCII.GetBytes(line + "\r\n"));
        }
    }

    private void Decide(TwinDecision decision)
    {
        var line = held!;
        var sequence = int.Parse(line.AsSpan(4, line.IndexOf(',', 4) - 4), CultureInfo.InvariantCulture);
        truths[sequence] = decision.StartSample < 0 ? null : wearer.LabelAt(decision.StartSample + windowSamples - 1) is { } label ? classOf(label) : null;
        console.Add(Encoding.ASCII.GetBytes(line + "\r\n"));
    }

    // Called at each turn of the device, on its own thread.
    private int Act(byte[] buffer)
    {
        while (actions.TryDequeue(out var action))
        {
            action();
        }

        return 0;
    }
}

/// <summary>People who go on without end, and whose band can be turned or moved while they do.</summary>
internal sealed class PlayedWearer : IMotionSource
{
    /// <summary>How far a crooked band is turned about the axis that points forward, as one slips sideways on a belt.</summary>
    public const int CrookedDegrees = 40;

    private const int Remembered = 4096;

    private readonly Worn usual;
    private readonly Worn? elsewhere;
    private readonly short[] labels = new short[Remembered];
    private readonly long[] indices = new long[Remembered];
    private volatile bool isCrooked;
    private volatile bool isElsewhere;

    /// <param name="usual">Recordings from where the model learned.</param>
    /// <param name="elsewhere">The same people with the sensor at another place; null when there is none.</param>
    public PlayedWearer(IReadOnlyList<Recording> usual, IReadOnlyList<Recording>? elsewhere)
    {
        this.usual = new Worn(usual);
        this.elsewhere = elsewhere is null ? null : new Worn(elsewhere);
        Array.Fill(indices, -1);
    }

    /// <summary>Whether the band is turned.</summary>
    public bool IsCrooked
    {
        get => isCrooked;
        set => isCrooked = value;
    }

    /// <summary>Whether it can be moved.</summary>
    public bool HasOtherPlace => elsewhere is not null;

    /// <summary>Whether it is moved.</summary>
    public bool IsElsewhere
    {
        get => isElsewhere;
        set => isElsewhere = value;
    }

    /// <summary>The label of a sample the device has felt; null when it is too long ago.</summary>
    public short? LabelAt(long index) => indices[index % Remembered] == index ? labels[index % Remembered] : null;

    /// <inheritdoc/>
    public bool TryRead(long index, Span<short> counts)
    {
        var worn = isElsewhere ? elsewhere! : usual;
        worn.Motion.TryRead(index, counts);
        labels[index % Remembered] = worn.LabelAt(index);
        indices[index % Remembered] = index;
        if (isCrooked)
        {
            var (sin, cos) = Math.SinCos(CrookedDegrees * Math.PI / 180);
            for (var first = 0; first < SensorScale.ChannelCount; first += SensorScale.ChannelCount / 2)
            {
                var (x, y) = (counts[first], counts[first + 1]);
                counts[first] = Limited((cos * x) - (sin * y));
                counts[first + 1] = Limited((sin * x) + (cos * y));
            }
        }

        return true;
    }

    private static short Limited(double value) => (short)Math.Clamp(Math.Round(value), short.MinValue, short.MaxValue);

    private sealed class Worn(IReadOnlyList<Recording> recordings)
    {
        private readonly short[] labels = [.. recordings.SelectMany(recording => recording.Runs.SelectMany(run => recording.Labels[run.Start..run.End]))];

        public WornInTurn Motion { get; } = new(recordings, endless: true);

        public short LabelAt(long index) => labels[index % labels.Length];
    }
}
