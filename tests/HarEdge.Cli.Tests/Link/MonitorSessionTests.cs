using System.Text;
using HarEdge.Cli.Monitoring;
using HarEdge.Cli.Output;
using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Tests.Link;

/// <summary>A port that is pulled while it is watched.</summary>
public sealed class MonitorSessionTests
{
    [Fact]
    public void A_pulled_port_is_trouble_until_bytes_come_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        var error = new StringWriter();
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var folder = new TempFolder();
        var name = folder.At("port");
        var first = new PseudoTerminal();
        File.CreateSymbolicLink(name, first.PortName);
        using var source = new SerialPortSource(name);
        var view = new TroubleView(stop);
        first.WriteAll(Encoding.ASCII.GetBytes(TwinOutput.OfHealthy[..400]), stop.Token);
        view.WhenRead = () =>
        {
            // Another test may get the pseudo-terminal's number at once, but not this name.
            first.Dispose();
            File.Delete(name);
        };
        var session = new MonitorSession(source, new Terminal(new StringWriter(), error), isPort: true) { TellsAlarms = true };
        session.Run(view, stop.Token);
        Assert.Contains("has gone away. Plug it in again", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("has gone away", view.Trouble, StringComparison.Ordinal);
        Assert.Equal(1, session.Link.Disconnects);
    }

    private sealed class TroubleView(CancellationTokenSource stop) : IMonitorView
    {
        public Action? WhenRead { get; set; }

        public string? Trouble { get; private set; }

        public void Show(TelemetryRecord record, DeviceWatch watch, LinkStatistics link)
        {
            WhenRead?.Invoke();
            WhenRead = null;
        }

        public void Refresh(DeviceWatch watch, LinkStatistics link, string? trouble)
        {
            Trouble = trouble ?? Trouble;
            if (trouble is not null)
            {
                stop.Cancel();
            }
        }
    }
}
