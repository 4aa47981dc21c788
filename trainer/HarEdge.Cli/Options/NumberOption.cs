using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HarEdge.Trainer;

namespace HarEdge.Cli.Options;

/// <summary>Options with a number, which say in plain words what they want when they get something else.</summary>
internal static class NumberOption
{
    /// <summary>A whole number within limits.</summary>
    public static Option<int> Whole(string name, string description, int usual, int lowest, int highest) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => usual,
        CustomParser = result => WholeOf(result, name, lowest, highest) ?? usual,
    };

    /// <summary>A whole number within limits, or nothing.</summary>
    public static Option<int?> WholeOrNone(string name, string description, int lowest, int highest) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => WholeOf(result, name, lowest, highest),
    };

    /// <summary>A whole number out of a few.</summary>
    public static Option<int> OneOf(string name, string description, int usual, params int[] choices) => new(name)
    {
        Description = description,
        HelpName = string.Join('|', choices),
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && choices.Contains(value))
            {
                return value;
            }

            result.AddError($"{name} wants one of {string.Join(", ", choices)}, not '{text}'.");
            return usual;
        },
    };

    /// <summary>A number above 0, or nothing.</summary>
    public static Option<double?> Real(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 && double.IsFinite(value))
            {
                return value;
            }

            result.AddError($"{name} wants a number above 0, not '{text}'.");
            return null;
        },
    };

    private static int? WholeOf(System.CommandLine.Parsing.ArgumentResult result, string name, int lowest, int highest)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= lowest && value <= highest)
        {
            return value;
        }

        result.AddError($"{name} wants a whole number from {lowest} to {highest}, not '{text}'.");
        return null;
    }
}

/// <summary>Options of many verbs, each with its name and its form in one place.</summary>
internal static class SharedOption
{
    /// <summary>The seed of every random choice, or of what the description says.</summary>
    public static Option<int> Seed(string description = "Seed of every random choice: same seed, same bytes.") =>
        NumberOption.Whole("--seed", description, 1, 0, int.MaxValue);

    /// <summary>The seed as it stands in the command that makes a result again.</summary>
    public static IEnumerable<string> SeedWords(int seed) => ["--seed", seed.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Output for programs.</summary>
    public static Option<bool> Json(string description = "Print the numbers as JSON instead of tables.") => new("--json") { Description = description };
}

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

/// <summary>Names given to an option: "A B", "A,B" and "A, B" all name two.</summary>
internal static class NameList
{
    /// <summary>The names, or null when there is none.</summary>
    public static List<string>? OrNull(string[]? given)
    {
        var names = (given ?? []).SelectMany(word => word.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        return names.Count == 0 ? null : names;
    }
}

/// <summary>A command line as one text that a shell takes apart again.</summary>
internal static class CommandWords
{
    /// <summary>The words with spaces between, those that hold one in quotes.</summary>
    public static string Join(IEnumerable<string> words) =>
        string.Join(' ', words.Select(word => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word));
}
