using System.CommandLine;

namespace HarEdge.Cli;

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
