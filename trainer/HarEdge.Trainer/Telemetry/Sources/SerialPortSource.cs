using System.Diagnostics;
using System.IO.Ports;

namespace HarEdge.Trainer.Telemetry.Sources;

/// <summary>
/// A serial port, 921600 8N1. Sends nothing by itself and leaves the control lines alone, so that opening it does not reset the board. When
/// the port goes away it is opened again as soon as it is back.
/// </summary>
internal sealed class SerialPortSource : IByteSource, IByteSink
{
    /// <summary>Speed of UART0 under nanoFramework.</summary>
    public const int BaudRate = 921600;

    private const string Absent = "Check the name and the cable; haredge monitor without --port lists the ports there are.";
    private const int WaitMs = 100;
    private const int BufferLength = 64 * 1024;

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly int baudRate;
    private SerialPort? port;

    /// <summary>Opens a port.</summary>
    /// <param name="name">As the system names it: COM5, /dev/ttyUSB0.</param>
    /// <param name="baudRate">Bits a second, for a device that is no HarEdge.</param>
    /// <exception cref="InputException">It is not there, in use, or not allowed.</exception>
    public SerialPortSource(string name, int baudRate = BaudRate)
    {
        Name = name;
        this.baudRate = baudRate;

        // Unix systems answer a missing port as one that is not allowed.
        if (!OperatingSystem.IsWindows() && !File.Exists(name))
        {
            throw new InputException($"There is no port {name}.", Absent, 1);
        }

        try
        {
            port = Open(name, baudRate);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException(
                $"Port {name} may not be opened: {e.Message}",
                OperatingSystem.IsLinux()
                    ? "Close other programs that use it, or join its group (sudo usermod -aG dialout $USER) and log in again."
                    : "Close other programs that use it, such as an IDE or another monitor.",
                1,
                e);
        }
        catch (Exception e) when (IsAbsence(e))
        {
            throw new InputException(
                $"Port {name} cannot be opened: {e.Message}",
                Absent,
                1,
                e);
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public SourceRead Read(Span<byte> buffer)
    {
        try
        {
            if (port is null)
            {
                Thread.Sleep(WaitMs);
                port = HasVanished ? null : Open(Name, baudRate);
                return Of(port is null ? SourceState.Idle : SourceState.Found);
            }

            var count = port.BaseStream.Read(buffer);
            return count > 0 ? Of(SourceState.Bytes, count) : Lose();
        }
        catch (TimeoutException)
        {
            return HasVanished || IsHungUp ? Lose() : Of(SourceState.Idle);
        }
        catch (Exception e) when (IsAbsence(e) || e is UnauthorizedAccessException)
        {
            return port is null ? Of(SourceState.Idle) : Lose();
        }
    }

    /// <summary>Sends bytes: on a port that is console and second UART in one, such as the twin's.</summary>
    /// <exception cref="InputException">The port is gone.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            (port ?? throw new IOException("it is gone")).BaseStream.Write(bytes);
        }
        catch (Exception e) when (IsAbsence(e) || e is TimeoutException)
        {
            throw new InputException($"Port {Name} takes no bytes: {e.Message}", "Check the cable, and run the command again.", 1, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    // A port whose node is gone gives no error on every system, only silence.
    private bool HasVanished => Name.StartsWith('/') && !File.Exists(Name);

    // A port that was pulled and is back under the same name within a moment: the one that is open stays silent for ever, and only asking it
    // for anything else fails.
    private bool IsHungUp
    {
        get
        {
            try
            {
                return port!.BytesToRead < 0;
            }
            catch (Exception e) when (IsAbsence(e) || e is UnauthorizedAccessException)
            {
                return true;
            }
        }
    }

    private static SerialPort Open(string name, int baudRate)
    {
        var port = new SerialPort(name, baudRate, Parity.None, 8, StopBits.One)
        {
            ReadTimeout = WaitMs,
            ReadBufferSize = BufferLength,
            Handshake = Handshake.None,
        };
        try
        {
            port.Open();
            return port;
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }

    private static bool IsAbsence(Exception e) => e is IOException or InvalidOperationException or ArgumentException or OperationCanceledException;

    private SourceRead Lose()
    {
        Close();
        return Of(SourceState.Lost);
    }

    private void Close()
    {
        try
        {
            port?.Dispose();
        }
        catch (Exception e) when (IsAbsence(e) || e is UnauthorizedAccessException)
        {
            // Closing a port whose device is gone fails on some systems; nothing is left to close.
        }

        port = null;
    }

    private SourceRead Of(SourceState state, int count = 0) => new(state, count, clock.ElapsedMilliseconds);
}
