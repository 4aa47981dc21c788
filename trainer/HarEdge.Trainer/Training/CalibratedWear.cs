using HarEdge.Core.Kernels;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Training;

/// <summary>Wearers who stand still first: how the recordings of a split, and further versions of them, are turned.</summary>
/// <param name="Classes">Class names.</param>
/// <param name="Nominal">Where gravity ends up while they stand: x, y, z in counts.</param>
/// <param name="Range">Ranges of the counts.</param>
/// <param name="TrainAsWorn">The recordings to learn from, before they were turned.</param>
internal sealed record CalibratedWear(
    IReadOnlyList<string> Classes, IReadOnlyList<int> Nominal, SensorRange Range, IReadOnlyList<Recording> TrainAsWorn)
{
    /// <summary>Recordings to test on in which nobody stood still: they could not be turned.</summary>
    public IReadOnlyList<Recording> TestAsWorn { get; init; } = [];

    /// <summary><see cref="Nominal"/>, as Tilt.Pack gives it.</summary>
    public int Upright => Tilt.Pack(Nominal[0], Nominal[1], Nominal[2]);

    /// <summary>The split as devices see it whose wearers stood still for three seconds first.</summary>
    /// <param name="split">Recordings as worn.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="nominal">Where gravity shall end up; null when nobody stands.</param>
    /// <param name="range">Ranges of the counts.</param>
    /// <exception cref="InputException">Nobody in training stands.</exception>
    public static DataSplit Of(DataSplit split, IReadOnlyList<string> classes, IReadOnlyList<int>? nominal, SensorRange range)
    {
        if (nominal is null)
        {
            throw new InputException(
                $"Wear calibration needs people standing still, and no training recording is labelled {WearCalibration.StandingClass}.",
                $"Leave out --wear-calibration, or map the class with --map OTHER={WearCalibration.StandingClass}.",
                exitCode: 2);
        }

        var wear = new CalibratedWear(classes, nominal, range, split.Train);
        var train = wear.Turned(split.Train);
        var test = wear.Turned(split.Test);
        return split with
        {
            Train = train.All,
            Test = test.All,
            Notes = [.. split.Notes, .. train.Notes, .. test.Notes],
            Name = split.Name + ", wear-calibrated",
            Wear = wear with { TestAsWorn = test.AsWorn },
        };
    }

    /// <summary>Recordings as worn, turned each by its own three seconds of standing still.</summary>
    public CalibratedRecordings Turned(IReadOnlyList<Recording> recordings) => WearCalibration.Apply(recordings, Classes, Nominal, Range);
}
