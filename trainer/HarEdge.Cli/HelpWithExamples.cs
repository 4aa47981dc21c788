using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using HarEdge.Cli.Output;

namespace HarEdge.Cli;

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
