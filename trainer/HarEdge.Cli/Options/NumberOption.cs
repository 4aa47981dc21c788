using System.CommandLine;
using System.Globalization;

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
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= lowest && value <= highest)
            {
                return value;
            }

            result.AddError($"{name} wants a whole number from {lowest} to {highest}, not '{text}'.");
            return usual;
        },
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
}
