using System.CommandLine;

namespace HarEdge.Cli.Options;

/// <summary>Whether wearers stand still first.</summary>
internal sealed class WearCalibrationOption
{
    private readonly Option<bool> option;

    private WearCalibrationOption(string description) => option = new("--wear-calibration") { Description = description };

    /// <summary>For verbs that train.</summary>
    public static WearCalibrationOption ToLearnFrom() =>
        new("Turn every recording by three seconds of standing still, as the device does when its button is pressed, and learn from that.");

    /// <summary>For verbs that score a model.</summary>
    public static WearCalibrationOption ToScoreOn() =>
        new("Turn every recording by three seconds of standing still first, as the device does when its button is pressed.");

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command verb) => verb.Options.Add(option);

    /// <summary>Whether it is given.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(option);

    /// <summary>The option as arguments, when it is given.</summary>
    public IEnumerable<string> Repeatable(ParseResult parsed) => IsGiven(parsed) ? [option.Name] : [];
}
