using System.CommandLine;
using HarEdge.Core;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Cli.Options;

/// <summary>Window, hop and sensor ranges of a new model.</summary>
internal sealed class SignalOptions
{
    private readonly Option<int> window = NumberOption.OneOf("--window", "Samples in a window, at 50 Hz.", 128, 64, 128, 256);

    private readonly Option<int> hop = NumberOption.OneOf("--hop", "Samples from one decision to the next.", 64, 16, 32, 64, 128, 256);

    private readonly Option<int> accelRange = NumberOption.OneOf(
        "--accel-range", "Full scale of the accelerometer, ± g.", SensorScale.DefaultAccelRangeG, 2, 4, 8, 16);

    private readonly Option<int> gyroRange = NumberOption.OneOf(
        "--gyro-range", "Full scale of the gyroscope, ± °/s.", SensorScale.DefaultGyroRangeDps, 250, 500, 1000, 2000);

    private IEnumerable<(Option<int> Option, int Usual)> All =>
        [(window, 128), (hop, 64), (accelRange, SensorScale.DefaultAccelRangeG), (gyroRange, SensorScale.DefaultGyroRangeDps)];

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        UnitOptions.LeaveRangesToDevice(verb);
        foreach (var (option, _) in All)
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Samples in a window.</summary>
    public int Window(ParseResult parsed) => parsed.GetValue(window);

    /// <summary>Samples between decisions.</summary>
    /// <exception cref="InputException">More than a window (exit code 2).</exception>
    public int Hop(ParseResult parsed) => parsed.GetValue(hop) <= Window(parsed) ? parsed.GetValue(hop) : throw new InputException(
        $"--hop {parsed.GetValue(hop)} is longer than --window {Window(parsed)}, so samples between windows would never be looked at.",
        "Give a hop of at most a window.",
        2);

    /// <summary>Ranges the counts are made for.</summary>
    public SensorRange Range(ParseResult parsed) => new(parsed.GetValue(accelRange), parsed.GetValue(gyroRange));

    /// <summary>The options that differ from the usual, as arguments.</summary>
    public IEnumerable<string> Repeatable(ParseResult parsed) => All
        .Where(entry => parsed.GetValue(entry.Option) != entry.Usual)
        .SelectMany(entry => new[] { entry.Option.Name, parsed.GetValue(entry.Option).ToString(System.Globalization.CultureInfo.InvariantCulture) });
}
