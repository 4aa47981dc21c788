using System.CommandLine;

namespace HarEdge.Cli.Options;

/// <summary>Whether to learn from wearers who stand still first.</summary>
internal sealed class WearCalibrationOption
{
    private readonly Option<bool> option = new("--wear-calibration")
    {
        Description = "Turn every recording by three seconds of standing still, as the device does when its button is pressed, and learn from that.",
    };

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command verb) => verb.Options.Add(option);

    /// <summary>Whether it is given.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(option);

    /// <summary>The option as arguments, when it is given.</summary>
    public IEnumerable<string> Repeatable(ParseResult parsed) => IsGiven(parsed) ? [option.Name] : [];
}
