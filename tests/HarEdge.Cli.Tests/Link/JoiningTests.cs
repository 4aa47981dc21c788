using System.Text;
using HarEdge.Cli.Monitoring;
using HarEdge.Cli.Output;
using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Tests.Link;

/// <summary>A monitor that comes when the device has spoken for a while.</summary>
public sealed class JoiningTests
{
    private static readonly string[] Lines = TwinOutput.OfHealthy.Split('\n');

    [Fact]
    public void What_waited_in_the_port_and_what_did_not_fit_is_no_loss()
    {
        // The kernel keeps some kilobytes and ends within a line; the seventeen after it had nobody to take them.
        var kept = Text(0..30)[..^20];
        var session = Watch(isPort: true, kept, null, Text(47..70), null, Text(70..80));
        Assert.Equal(0, session.Link.LostLines);
        Assert.Equal(100, session.Link.QualityPercent);
        Assert.Empty(session.Link.Explain());
    }

    [Fact]
    public void A_line_lost_after_that_is_one()
    {
        var session = Watch(isPort: true, Text(0..20), null, Text(47..70), null, Text(73..80));
        Assert.Equal(3, session.Link.LostLines);
        Assert.Contains("3 lines were lost in 1 places", Assert.Single(session.Link.Explain()), StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_log_every_line_that_is_missing_was_lost()
    {
        Assert.Equal(27, Watch(isPort: false, Text(0..20), null, Text(47..70)).Link.LostLines);
    }

    [Fact]
    public void A_port_that_gives_more_than_it_can_have_kept_is_heard_live()
    {
        var portions = Enumerable.Range(0, 8).Select(_ => new string(' ', 16 * 1024)).Prepend(Text(0..20)).Append(Text(47..70));
        Assert.Equal(0, Watch(isPort: true, [.. portions, Text(70..80)]).Link.LostLines);
        Assert.Equal(3, Watch(isPort: true, [.. portions, Text(73..80)]).Link.LostLines);
    }

    [Fact]
    public async Task A_device_with_a_command_port_is_asked_who_it_is()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals are made on Linux only");
        using var device = new PseudoTerminal();
        await using var monitor = new LiveRun("monitor", "--port", device.PortName, "--command-port", device.PortName);
        var asked = "";
        var buffer = new byte[256];
        await monitor.Until(() => (asked += Encoding.ASCII.GetString(buffer, 0, device.Read(buffer))).Contains('*'));
        Assert.StartsWith("$HX,0,INFO*", asked, StringComparison.Ordinal);
    }

    private static string Text(Range lines) => string.Join('\n', Lines[lines]) + "\n";

    // Portions as they are read; null for a tenth of a second without any.
    private static MonitorSession Watch(bool isPort, params string?[] portions)
    {
        using var source = new Portions(portions);
        var session = new MonitorSession(source, new Terminal(TextWriter.Null, TextWriter.Null), isPort);
        session.Run(new PlainView(TextWriter.Null), CancellationToken.None);
        return session;
    }

    private sealed class Portions(IReadOnlyList<string?> portions) : IByteSource
    {
        private int next;

        public string Name => "test";

        public SourceRead Read(Span<byte> buffer)
        {
            if (next == portions.Count)
            {
                return new SourceRead(SourceState.Ended, 0, -1);
            }

            return portions[next++] is { } text
                ? new SourceRead(SourceState.Bytes, Encoding.ASCII.GetBytes(text, buffer), -1)
                : new SourceRead(SourceState.Idle, 0, -1);
        }

        public void Dispose()
        {
        }
    }
}
