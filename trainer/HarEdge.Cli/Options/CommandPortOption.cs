using System.CommandLine;
using System.CommandLine.Parsing;
using HarEdge.Trainer;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Options;

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
        : new CommandPort(name);
}
