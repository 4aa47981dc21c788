using HarEdge.DeviceTwin;
using HarEdge.DeviceTwin.Simulation;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Twin;

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

    /// <summary>Switches on: a reader that has opened the port before hears the boot.</summary>
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
