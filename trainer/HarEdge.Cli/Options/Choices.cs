using System.CommandLine;
using System.CommandLine.Parsing;
using HarEdge.Trainer;

namespace HarEdge.Cli.Options;

/// <summary>Options and arguments that take one of a few words, and name themselves, the word and the nearest choice when they get another.</summary>
internal static class Choices
{
    /// <summary>Refuses any other word.</summary>
    public static void AcceptOnly(this Option option, params string[] choices)
    {
        option.CompletionSources.Add(choices);
        option.Validators.Add(result => Refuse(result, result.Tokens, option.Name, choices));
    }

    /// <summary>Refuses any other word.</summary>
    public static void AcceptOnly(this Argument argument, params string[] choices)
    {
        argument.CompletionSources.Add(choices);
        argument.Validators.Add(result => Refuse(result, result.Tokens, argument.Name, choices));
    }

    private static void Refuse(SymbolResult result, IEnumerable<Token> tokens, string name, string[] choices)
    {
        if (tokens.FirstOrDefault(token => !choices.Contains(token.Value)) is { } other)
        {
            var near = NearestName.Of(other.Value, choices);
            result.AddError($"{name} wants one of {string.Join(", ", choices)}, not '{other.Value}'{(near is null ? "" : $" (did you mean {near}?)")}.");
        }
    }
}
