using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HarEdge.Trainer.Telemetry.Sources;

/// <summary>
/// A serial port made of software: what is written here, a program reads that opens <see cref="PortName"/> as a port, and the other way
/// round. Bytes pass unchanged. Linux only.
/// </summary>
internal sealed class PseudoTerminal : IDisposable
{
    // <fcntl.h> of Linux.
    private const int ReadWrite = 2;
    private const int NoControllingTerminal = 0x100;
    private const int NonBlocking = 0x800;

    // EAGAIN: the kernel's buffer of 4 kB is full, or empty.
    private const int TryAgain = 11;

    // FIONREAD of <asm-generic/ioctls.h>.
    private const nint UnreadCount = 0x541B;

    // Larger than struct termios on every Linux.
    private const int TermiosBytes = 256;
    private const int RoomPollMs = 5;

    private readonly SafeFileHandle host;

    // Open as long as the device lives: readers may come and go, and the settings stay.
    private readonly SafeFileHandle port;

    /// <summary>Makes a pair.</summary>
    /// <exception cref="InputException">The system has no pseudo-terminals.</exception>
    public PseudoTerminal()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new InputException(
                "Pseudo-terminals are made on Linux only.", "Leave --pty out and pipe the output into haredge monitor -.", 2);
        }

        host = new SafeFileHandle(Checked(posix_openpt(ReadWrite | NoControllingTerminal | NonBlocking)), ownsHandle: true);
        Checked(grantpt(host));
        Checked(unlockpt(host));
        PortName = Marshal.PtrToStringUTF8(ptsname(host)) ?? throw Failure();
        port = new SafeFileHandle(Checked(open(PortName, ReadWrite | NoControllingTerminal)), ownsHandle: true);
        var settings = new byte[TermiosBytes];
        Checked(tcgetattr(port, settings));
        cfmakeraw(settings);
        Checked(tcsetattr(port, 0, settings));
    }

    /// <summary>What the other side opens.</summary>
    public string PortName { get; }

    /// <summary>Writes as a UART does: what nobody reads in time is lost.</summary>
    /// <returns>Bytes that went.</returns>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        var buffer = bytes.ToArray();
        var written = (int)write(host, buffer, buffer.Length);
        return written >= 0 ? written : Marshal.GetLastPInvokeError() == TryAgain ? 0 : throw Failure();
    }

    /// <summary>Writes everything, and waits for the reader as long as it takes.</summary>
    public void WriteAll(ReadOnlySpan<byte> bytes, CancellationToken cancellation)
    {
        while (true)
        {
            bytes = bytes[Write(bytes)..];
            if (bytes.IsEmpty || cancellation.WaitHandle.WaitOne(RoomPollMs))
            {
                return;
            }
        }
    }

    /// <summary>Reads what the other side has sent; 0 when there is nothing.</summary>
    public int Read(byte[] buffer)
    {
        var count = (int)read(host, buffer, buffer.Length);
        return count >= 0 ? count : Marshal.GetLastPInvokeError() == TryAgain ? 0 : throw Failure();
    }

    /// <summary>Waits until the other side has read everything: closing throws away what it has not.</summary>
    /// <param name="longestMs">Waits no longer.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public void WaitUntilRead(int longestMs, CancellationToken cancellation)
    {
        for (var waitedMs = 0; waitedMs < longestMs; waitedMs += RoomPollMs)
        {
            Checked(ioctl(port, UnreadCount, out var unread));
            if (unread == 0 || cancellation.WaitHandle.WaitOne(RoomPollMs))
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        port?.Dispose();
        host?.Dispose();
    }

    private static int Checked(int result) => result >= 0 ? result : throw Failure();

    private static InputException Failure() => new(
        "The system gave no pseudo-terminal: " + new Win32Exception(Marshal.GetLastPInvokeError()).Message,
        "Check that /dev/pts is mounted, or leave --pty out.");

#pragma warning disable IDE1006, SA1300 // Names of the C library.
    [DllImport("libc", SetLastError = true)]
    private static extern int posix_openpt(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int grantpt(SafeFileHandle handle);

    [DllImport("libc", SetLastError = true)]
    private static extern int unlockpt(SafeFileHandle handle);

    [DllImport("libc", SetLastError = true)]
    private static extern nint ptsname(SafeFileHandle handle);

    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int tcgetattr(SafeFileHandle handle, byte[] settings);

    [DllImport("libc")]
    private static extern void cfmakeraw(byte[] settings);

    [DllImport("libc", SetLastError = true)]
    private static extern int tcsetattr(SafeFileHandle handle, int when, byte[] settings);

    [DllImport("libc", SetLastError = true)]
    private static extern int ioctl(SafeFileHandle handle, nint request, out int count);

    [DllImport("libc", SetLastError = true)]
    private static extern nint write(SafeFileHandle handle, byte[] bytes, nint count);

    [DllImport("libc", SetLastError = true)]
    private static extern nint read(SafeFileHandle handle, byte[] bytes, nint count);
#pragma warning restore IDE1006, SA1300
}
