using System.Diagnostics;
using HarEdge.DeviceTwin;
using HarEdge.DeviceTwin.Simulation;

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
