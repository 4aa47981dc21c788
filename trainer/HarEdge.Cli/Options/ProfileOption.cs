using System.CommandLine;
using System.Globalization;
using HarEdge.Trainer.Experiments;

namespace HarEdge.Cli.Options;

/// <summary>A named budget.</summary>
internal sealed class ProfileOption
{
    private const string Name = "--profile";

    private readonly Option<string> profile = new(Name)
    {
        Description = "Budget of the model: "
            + string.Join("; ", Profile.All.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name} {p.Budget.MostInstructions:N0} instructions a decision and {p.Budget.MostBytes} bytes"))) + ".",
        HelpName = string.Join('|', Profile.All.Select(p => p.Name)),
        DefaultValueFactory = _ => Profile.Default.Name,
    };

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command verb)
    {
        profile.AcceptOnly([.. Profile.All.Select(p => p.Name)]);
        verb.Options.Add(profile);
    }

    /// <summary>Whether it is on the command line.</summary>
    public bool IsGiven(System.CommandLine.Parsing.CommandResult result) => result.GetResult(profile) is { Implicit: false };

    /// <summary>The profile asked for.</summary>
    public Profile Of(ParseResult parsed) => Profile.Of(parsed.GetRequiredValue(profile))!;

    /// <summary>The option as arguments, when it is not the usual profile.</summary>
    public IEnumerable<string> Repeatable(ParseResult parsed) => WordsOf(Of(parsed));

    /// <summary>A profile as arguments, when it is not the usual one.</summary>
    public static IEnumerable<string> WordsOf(Profile profile) => profile == Profile.Default ? [] : [Name, profile.Name];
}
