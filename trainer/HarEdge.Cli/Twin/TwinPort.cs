using System.Text;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Twin;

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
