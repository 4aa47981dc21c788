using System.CommandLine;
using System.CommandLine.Parsing;
using HarEdge.Trainer;

namespace HarEdge.Cli.Output;

/// <summary>Whatever goes wrong, as one sentence, one remedy and an exit code.</summary>
internal static class ErrorReport
{
    /// <summary>Exit code of a run that Ctrl-C ended (128 + SIGINT).</summary>
    public const int Stopped = 130;

    /// <summary>Set to any value to see where an unexpected error came from.</summary>
    public const string DebugVariable = "HAREDGE_DEBUG";

    private const int Failure = 1;
    private const int Misuse = 2;

    /// <summary>Reports the first parse error.</summary>
    public static int Misused(Terminal terminal, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = string.Join(' ', PathOf(parsed.CommandResult).Reverse());
        var help = $"See {path} --help.";
        if (UnknownWord(parsed) is { } word)
        {
            return NamesIn(command).Contains(word)
                ? Write(terminal, $"'{word}' stands before {path}.", $"Write it behind: {path} {word}. {help}", Misuse)
                : Write(terminal, $"{path} does not know '{word}'.", NearestName.Question(word, NamesIn(command)) + help, Misuse);
        }

        var message = command.Subcommands.Count > 0
            ? $"{path} needs one of: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}."
            : parsed.Errors[0].Message;
        return Write(terminal, message, help, Misuse);
    }

    /// <summary>Reports an exception.</summary>
    public static int Failed(Terminal terminal, Exception exception)
    {
        var cause = Cause(exception);
        if (Environment.GetEnvironmentVariable(DebugVariable) is { Length: > 0 })
        {
            terminal.Error.WriteLine(exception);
        }

        return cause switch
        {
            InputException input => Write(terminal, input.Message, input.Remedy, input.ExitCode),
            OperationCanceledException => Write(terminal, "Stopped before the end.", "What was not finished was not written; run the command again.", Stopped),
            UnauthorizedAccessException or IOException => Write(
                terminal, cause.Message, "Check that the path is right, that you may use it, and that the disk has room.", Failure),
            _ => Write(
                terminal,
                $"Something unexpected went wrong: {cause.GetType().Name}: {cause.Message}",
                $"Run it again with {DebugVariable}=1 to see where, and report it with the command you ran.",
                Failure),
        };
    }

    /// <summary>
    /// The first word that is no option of the verb although it looks like one, or that nothing takes; null when there is none. An option that
    /// takes several values swallows such a word as a value, and no value begins like an option.
    /// </summary>
    public static string? UnknownWord(ParseResult parsed) =>
        parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).FirstOrDefault(token => token.Type == TokenType.Argument && LooksLikeOption(token.Value))?.Value
        ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null);

    private static bool LooksLikeOption(string word) => word.Length > 1 && word[0] == '-' && (word[1] == '-' || char.IsAsciiLetter(word[1]));

    private static int Write(Terminal terminal, string message, string remedy, int exitCode)
    {
        terminal.Error.WriteLine("error: " + message);
        terminal.Error.WriteLine("  fix: " + remedy);
        return exitCode;
    }

    // Parallel loops wrap what their bodies throw.
    private static Exception Cause(Exception exception)
    {
        if (exception is AggregateException many)
        {
            var flat = many.Flatten().InnerExceptions;
            return flat.FirstOrDefault(e => e is InputException) ?? flat[0];
        }

        return exception;
    }

    private static IEnumerable<string> PathOf(SymbolResult? result)
    {
        for (; result is CommandResult command; result = command.Parent)
        {
            yield return command.Command is RootCommand ? "haredge" : command.Command.Name;
        }
    }

    private static IEnumerable<string> NamesIn(Command command) =>
        command.Subcommands.Select(c => c.Name).Concat(command.Options.Select(o => o.Name));
}
