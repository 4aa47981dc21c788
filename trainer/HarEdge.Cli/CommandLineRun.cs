using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using HarEdge.Cli.Output;
using HarEdge.Trainer;

namespace HarEdge.Cli;

/// <summary>From arguments to an exit code: parses, runs the verb, and turns whatever goes wrong into a sentence and a remedy.</summary>
public static class CommandLineRun
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
            parsed = root.Parse(args.Count == 0 ? ["--help"] : args);
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
