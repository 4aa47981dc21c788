using System.Text.RegularExpressions;

namespace HarEdge.Trainer.Exploration;

/// <summary>
/// Names of UCI HAR's features in words, by the rules of its features_info.txt (Anguita and others, ESANN 2013): domain, body or gravity, sensor, jerk, magnitude,
/// statistic, axis or bands.
/// </summary>
internal static partial class FeatureWords
{
    private static readonly Dictionary<string, string> Statistics = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mean"] = "mean",
        ["std"] = "standard deviation",
        ["mad"] = "median absolute deviation",
        ["max"] = "largest value",
        ["min"] = "smallest value",
        ["sma"] = "signal magnitude area",
        ["energy"] = "mean square",
        ["iqr"] = "interquartile range",
        ["entropy"] = "entropy",
        ["arCoeff"] = "autoregression coefficient",
        ["correlation"] = "correlation",
        ["maxInds"] = "strongest frequency",
        ["meanFreq"] = "mean frequency",
        ["skewness"] = "skewness of the spectrum",
        ["kurtosis"] = "kurtosis of the spectrum",
        ["bandsEnergy"] = "energy of a band",
    };

    /// <summary>The words; null for a name of another kind.</summary>
    public static string? Of(string name)
    {
        var angle = Angle().Match(name);
        if (angle.Success)
        {
            return $"angle between {SignalOf(angle.Groups[1].Value) ?? angle.Groups[1].Value} and {(angle.Groups[2].Value.StartsWith("gravity", StringComparison.OrdinalIgnoreCase) ? "gravity" : angle.Groups[2].Value)}";
        }

        var parts = Parts().Match(name);
        if (!parts.Success || !Statistics.TryGetValue(parts.Groups["stat"].Value, out var statistic))
        {
            return null;
        }

        var signal = SignalOf(parts.Groups["signal"].Value)!;
        var rest = parts.Groups["rest"].Value.TrimStart('-', '.', '_', ',');
        var where = rest.Length == 0 ? ""
            : parts.Groups["stat"].Value.Equals("bandsEnergy", StringComparison.OrdinalIgnoreCase) ? $", bins {rest.Replace(',', '–').Replace('.', '–')} of 64 to 25 Hz"
            : $", {rest.Replace(',', ' ')}";
        return $"{statistic} of {signal}{where}";
    }

    // tBodyAccJerkMag: time, body, accelerometer, its derivative, length of the three axes.
    private static string? SignalOf(string code)
    {
        var match = Signal().Match(code);
        if (!match.Success)
        {
            return null;
        }

        var sensor = match.Groups["sensor"].Value.Equals("Gyro", StringComparison.OrdinalIgnoreCase) ? "rotation" : match.Groups["part"].Value.StartsWith("Gravity", StringComparison.OrdinalIgnoreCase) ? "gravity" : "body acceleration";
        var jerk = match.Groups["jerk"].Success ? "jerk of " : "";
        var length = match.Groups["mag"].Success ? ", all axes together" : "";
        return (match.Groups["domain"].Value.StartsWith('f') ? "spectrum of " : "") + jerk + sensor + length;
    }

    [GeneratedRegex(@"^(?<signal>[tf](Body|Gravity){1,2}(Acc|Gyro)(Jerk)?(Mag)?)[-._]+(?<stat>[A-Za-z]+)(\(\)|\.\.)?(?<rest>.*?)$")]
    private static partial Regex Parts();

    [GeneratedRegex(@"^(?<domain>[tf])?(?<part>(Body|Gravity)+)(?<sensor>Acc|Gyro)(?<jerk>Jerk)?(?<mag>Mag)?(Mean)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Signal();

    [GeneratedRegex(@"^angle[(.](\w+)[,.]+(\w+)\)?\.?")]
    private static partial Regex Angle();
}
