using System.Diagnostics;
using System.Text;
using HarEdge.DeviceTwin;
using HarEdge.DeviceTwin.Simulation;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Twin;

/// <summary>Switches a simulated device on and lets its time pass, along with the clock on the wall or as fast as it goes.</summary>
/// <param name="device">Not yet switched on.</param>
/// <param name="motion">What it feels.</param>
internal sealed class TwinSession(SimulatedDevice device, IMotionSource motion)
{
    private const int FaultSeed = 1;
    private const int CommandBytes = 1024;

    // A long press by the firmware's measure.
    private static readonly TimeSpan LongPress = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FaultStart = TimeSpan.FromSeconds(10);

    /// <summary>Whether time passes along with the clock on the wall.</summary>
    public bool IsPaced { get; init; }

    /// <summary>Seconds of the device in a second on the wall, when paced.</summary>
    public int Speed { get; init; } = 1;

    /// <summary>When to stop, in the device's seconds; null when the motion ends or the user stops it.</summary>
    public double? EndSeconds { get; init; }

    /// <summary>What goes wrong; null for nothing.</summary>
    public DeviceFault? Fault { get; init; }

    /// <summary>How long it goes wrong.</summary>
    public TimeSpan FaultTime { get; init; }

    /// <summary>Whether the BOOT button is held at the start.</summary>
    public bool Records { get; init; }

    /// <summary>Runs to the end.</summary>
    /// <param name="writeLine">Receives the console.</param>
    /// <param name="read">Gives bytes for the second UART into a buffer, and how many; null when nothing is connected.</param>
    /// <param name="cancellation">Switches off.</param>
    public void Run(Action<string> writeLine, Func<byte[], int>? read, CancellationToken cancellation)
    {
        var commands = new byte[CommandBytes];
        var fault = Fault;
        var wall = Stopwatch.StartNew();
        device.LineWritten += writeLine;
        device.Boot();
        device.Wear(motion);
        if (Records)
        {
            device.Press(LongPress);
        }

        while (!cancellation.IsCancellationRequested && !HasEnded)
        {
            if (read?.Invoke(commands) is > 0 and var count)
            {
                device.Send(commands.AsSpan(0, count));
            }

            if (fault is { } due && device.Elapsed >= FaultStart)
            {
                device.Inject(due, FaultTime, FaultSeed);
                fault = null;
            }

            device.RunOnce();
            var ahead = (device.Elapsed / Speed) - wall.Elapsed;
            if (IsPaced && ahead > TimeSpan.Zero)
            {
                cancellation.WaitHandle.WaitOne(ahead);
            }
        }
    }

    private bool HasEnded => device.MotionEnded || device.Elapsed.TotalSeconds >= EndSeconds;
}

/// <summary>A simulated device on a pseudo-terminal of its own, which runs beside whoever opens the port. Disposing switches it off.</summary>
internal sealed class TwinOnPort : IDisposable
{
    private readonly PseudoTerminal port = new();
    private readonly CancellationTokenSource off = new();
    private readonly TwinSession session;
    private Task running = Task.CompletedTask;

    /// <param name="device">Not yet switched on.</param>
    /// <param name="motion">What it feels.</param>
    /// <param name="speed">Seconds of the device in a second on the wall.</param>
    /// <param name="fault">What goes wrong; null for nothing.</param>
    public TwinOnPort(SimulatedDevice device, IMotionSource motion, int speed, DeviceFault? fault = null) =>
        session = new TwinSession(device, motion) { IsPaced = true, Speed = speed, Fault = fault, FaultTime = TimeSpan.FromHours(1) };

    /// <summary>What to open, as console and second UART.</summary>
    public string PortName => port.PortName;

    /// <summary>Switches on: a reader that has opened the port before receives the boot lines.</summary>
    public void Start() => running = Task.Run(() => session.Run(new TwinPort(port, waits: true, off.Token).WriteLine, port.Read, off.Token));

    /// <inheritdoc/>
    public void Dispose()
    {
        off.Cancel();
        running.GetAwaiter().GetResult();
        off.Dispose();
        port.Dispose();
    }
}

/// <summary>Puts the console's lines on a pseudo-terminal as the board's UART would.</summary>
/// <param name="port">Where they go.</param>
/// <param name="waits">Whether to wait for the reader; otherwise what does not fit is lost, as on a wire.</param>
/// <param name="cancellation">Ends the waiting.</param>
internal sealed class TwinPort(PseudoTerminal port, bool waits, CancellationToken cancellation)
{
    /// <summary>One line with its terminator.</summary>
    public void WriteLine(string line)
    {
        var bytes = Encoding.ASCII.GetBytes(line + "\r\n");
        if (waits)
        {
            port.WriteAll(bytes, cancellation);
        }
        else
        {
            port.Write(bytes);
        }
    }
}

/// <summary>The runs of all recordings one after another, as if one wearer did all of it; from the beginning again when endless.</summary>
internal sealed class WornInTurn : IMotionSource
{
    private readonly List<(short[][] Channels, Run Run)> stretches = [];
    private readonly List<long> ends = [];
    private readonly bool endless;
    private int current;

    /// <param name="recordings">What is worn.</param>
    /// <param name="endless">Whether the last sample is followed by the first.</param>
    /// <exception cref="InputException">There is no sample.</exception>
    public WornInTurn(IReadOnlyList<Recording> recordings, bool endless)
    {
        this.endless = endless;
        long end = 0;
        foreach (var (recording, run) in recordings.SelectMany(recording => recording.Runs.Select(run => (recording, run))).Where(pair => pair.run.Length > 0))
        {
            end += run.Length;
            stretches.Add((recording.Channels, run));
            ends.Add(end);
        }

        if (end == 0)
        {
            throw new InputException("The data has no samples to wear.", "haredge data check shows what is in it.");
        }
    }

    /// <inheritdoc/>
    public bool TryRead(long index, Span<short> counts)
    {
        if (index >= ends[^1] && !endless)
        {
            return false;
        }

        index %= ends[^1];
        if (index >= ends[current] || index < ends[current] - stretches[current].Run.Length)
        {
            var found = ends.BinarySearch(index + 1);
            current = found < 0 ? ~found : found;
        }

        var (channels, run) = stretches[current];
        var sample = run.End - (int)(ends[current] - index);
        for (var channel = 0; channel < channels.Length; channel++)
        {
            counts[channel] = channels[channel][sample];
        }

        return true;
    }
}
