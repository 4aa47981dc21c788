using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using HarEdge.Cli.Output;
using HarEdge.Trainer;

namespace HarEdge.Cli;

/// <summary>From arguments to an exit code: parses, runs the verb, and turns whatever goes wrong into a sentence and a remedy.</summary>
internal static class CommandLineRun
{
    /// <summary>Parses and runs one command line.</summary>
    /// <param name="args">Arguments without the program's name.</param>
    /// <param name="terminal">Where everything is written.</param>
    /// <param name="cancellation">Stops the verb as Ctrl-C does.</param>
    public static async Task<int> Of(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellation = default)
    {
        var root = Program.Verbs(terminal);
        root.Options.OfType<HelpOption>().Single().Action = new HelpWithExamples(terminal);
        ParseResult parsed;
        try
        {
            // "help VERB" is what people of other tools type.
            parsed = root.Parse(args.Count == 0 ? ["--help"] : args[0] == "help" ? [.. args.Skip(1), "--help"] : args);
        }
        catch (InvalidOperationException missing)
        {
            // A verb that checks its options together asks for the value of one that was given without any.
            return ErrorReport.Failed(terminal, new InputException(missing.Message, "Give the option a value, or leave it out.", 2, missing));
        }

        if (parsed.Action is ParseErrorAction || (parsed.Action is not HelpAction and not HelpWithExamples && ErrorReport.UnknownWord(parsed) is not null))
        {
            return ErrorReport.Misused(terminal, parsed);
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (Exception exception)
        {
            return ErrorReport.Failed(terminal, exception);
        }
    }
}

/// <summary>The usual help, then the verb's examples.</summary>
internal sealed class HelpWithExamples(Terminal terminal) : SynchronousCommandLineAction
{
    private readonly HelpAction usual = new() { MaxWidth = 110 };

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb { Examples.Count: > 0 } verb)
        {
            terminal.Out.WriteLine("Examples:");
            foreach (var example in verb.Examples)
            {
                terminal.Out.WriteLine($"  # {example.What}");
                terminal.Out.WriteLine($"  {example.CommandLine}");
            }

            terminal.Out.WriteLine();
        }
        else if (parseResult.CommandResult.Command is RootCommand)
        {
            terminal.Out.WriteLine("Start with: haredge demo");
            terminal.Out.WriteLine("Exit codes: 0 done, 1 failed, 2 misused, 3 a parity check or another check failed, 130 stopped by Ctrl-C.");
        }

        return exitCode;
    }
}

/// <summary>A command with examples; its body runs off the calling thread so that Ctrl-C reaches it.</summary>
internal sealed class Verb(string name, string description) : Command(name, description)
{
    /// <summary>Shown at the end of the help, held to the parser by a test.</summary>
    public IReadOnlyList<Example> Examples { get; init; } = [];

    /// <summary>What the verb does; it returns the exit code.</summary>
    public void Does(Func<ParseResult, CancellationToken, int> body) =>
        SetAction((parsed, cancellation) => Task.Run(() => body(parsed, cancellation), cancellation));
}

/// <summary>A command line that works as written, and what it is for.</summary>
internal sealed record Example(string What, string CommandLine);
