using System.CommandLine;
using System.CommandLine.Parsing;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Options;

/// <summary>The options that say where a device's bytes come from, and where they are kept.</summary>
internal sealed class SourceOptions
{
    private const string StandardInput = "-";

    private readonly Option<string?> port = new("--port")
    {
        Description = "Serial port of the board. Without it, the only one there is.",
        HelpName = "PORT",
    };

    private readonly Option<string?> file = new("--file")
    {
        Description = "A log of --log, or any capture of a port; '-', with --file or alone, reads standard input.",
        HelpName = "FILE",
    };

    private readonly Option<string?> log = new("--log")
    {
        Description = "Keep every byte with its time in this new file, which --file reads again.",
        HelpName = "FILE",
    };

    // Told of by --file: as an argument of its own it would stand in the usage line as <->.
    private readonly Argument<string?> input = new("input")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Hidden = true,
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(port);
        verb.Options.Add(file);
        verb.Options.Add(log);
        verb.Arguments.Add(input);
        verb.Validators.Add(result =>
        {
            var named = new[] { result.GetValue(port), result.GetValue(file), result.GetValue(input) }.Count(value => value is not null);
            if (result.GetValue(input) is { } word && word != StandardInput)
            {
                result.AddError($"haredge {verb.Name} does not know '{word}': besides options it takes only {StandardInput}, for standard input.");
            }

            if (named > 1)
            {
                result.AddError("--port, --file and - cannot be combined.");
            }
        });
    }

    /// <summary>Whether the command line names a source.</summary>
    public bool IsNamed(ParseResult parsed) => IsNamed(parsed.CommandResult);

    /// <summary>The same while the command line is still being parsed.</summary>
    public bool IsNamed(CommandResult parsed) =>
        parsed.GetValue(port) is not null || parsed.GetValue(file) is not null || parsed.GetValue(input) is not null;

    /// <summary>Whether it is a port, named or found, and not a file or a pipe.</summary>
    public bool IsPort(ParseResult parsed) => parsed.GetValue(file) is null && parsed.GetValue(input) is null;

    /// <summary>Where every byte is kept; null for nowhere.</summary>
    public string? LogPath(ParseResult parsed) => parsed.GetValue(log);

    /// <summary>Opens what the command line names.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Receives which port was found.</param>
    /// <param name="baudRate">Speed of a port.</param>
    /// <exception cref="InputException">It cannot be opened, or there is no port, or there are several; or the log cannot be made.</exception>
    public OpenedSource Open(ParseResult parsed, Terminal terminal, int baudRate = SerialPortSource.BaudRate) =>
        Keep(parsed, OpenSource(parsed, terminal, baudRate));

    /// <summary>Keeps what a source gives where <c>--log</c> says.</summary>
    /// <exception cref="InputException">The log cannot be made; the source is closed then.</exception>
    public OpenedSource Keep(ParseResult parsed, IByteSource source)
    {
        try
        {
            return new OpenedSource(source, LogPath(parsed) is { } path ? new ByteLog(path) : null);
        }
        catch (InputException)
        {
            source.Dispose();
            throw;
        }
    }

    private IByteSource OpenSource(ParseResult parsed, Terminal terminal, int baudRate)
    {
        if (parsed.GetValue(file) is { } path && path != StandardInput)
        {
            return FileSource.Open(path);
        }

        return !IsPort(parsed)
            ? FileSource.Of(Console.OpenStandardInput(), "standard input")
            : new SerialPortSource(parsed.GetValue(port) ?? Only(SerialPortList.Find(), terminal), baudRate);
    }

    /// <summary>The port to use when none is named.</summary>
    internal static string Only(IReadOnlyList<FoundPort> ports, Terminal terminal)
    {
        switch (ports.Count)
        {
            case 0:
                throw new InputException(
                    "No serial port was found.",
                    "Plug in the board with a cable that carries data, or try without one: haredge twin --pty in another window.");
            case 1:
                terminal.Say("Found " + Described(ports[0]) + ".");
                return ports[0].Name;
            default:
                throw new InputException(
                    $"There are {ports.Count} serial ports: {string.Join(", ", ports.Select(Described))}.", $"Name one: --port {ports[0].Name}.", 2);
        }
    }

    private static string Described(FoundPort port) => port.UsbName is null ? port.Name : $"{port.Name} ({port.UsbName})";
}

/// <summary>What the command line names as a device: its port, a log or a pipe; with every byte kept where <c>--log</c> says so.</summary>
/// <param name="source">Where the bytes come from.</param>
/// <param name="log">Keeps them; null for nothing.</param>
internal sealed class OpenedSource(IByteSource source, ByteLog? log) : IByteSource
{
    /// <inheritdoc/>
    public string Name => source.Name;

    /// <summary>Whether a device can be at the other end, now.</summary>
    public bool IsPort => source is SerialPortSource;

    /// <summary>Where bytes for the device go when console and second UART are one port, such as the twin's; null for a log or a pipe.</summary>
    public IByteSink? Sink => source as IByteSink;

    /// <inheritdoc/>
    public SourceRead Read(Span<byte> buffer)
    {
        var read = source.Read(buffer);
        if (read.State == SourceState.Bytes)
        {
            // What has no time of its own is kept without one, too.
            log?.Write(Math.Max(read.AtMs, 0), buffer[..read.Count]);
        }

        return read;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        source.Dispose();
        log?.Dispose();
    }
}

/// <summary><c>--command-port</c>: the way to the device's second UART.</summary>
/// <param name="use">What the verb does with it, a clause.</param>
internal sealed class CommandPortOption(string use)
{
    private readonly Option<string?> option = new("--command-port")
    {
        Description = $"Port of the adapter at the device's second UART: {use}.",
        HelpName = "PORT",
    };

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command verb) => verb.Options.Add(option);

    /// <summary>Whether the command line names it.</summary>
    public bool IsNamed(ParseResult parsed) => IsNamed(parsed.CommandResult);

    /// <summary>The same while the command line is still being parsed.</summary>
    public bool IsNamed(CommandResult parsed) => parsed.GetValue(option) is not null;

    /// <summary>Opens it; null when the command line names none. It may be the console's port, where both are one.</summary>
    /// <exception cref="InputException">It cannot be opened.</exception>
    public IByteSink? Open(ParseResult parsed, OpenedSource console) =>
        parsed.GetValue(option) is not { } name ? null
        : name == console.Name && console.Sink is { } both ? both
        : new HostCommandPort(name);
}
