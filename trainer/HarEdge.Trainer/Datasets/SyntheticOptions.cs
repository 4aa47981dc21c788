using HarEdge.Core;

namespace HarEdge.Trainer.Datasets;

/// <summary>Where the synthetic sensor is worn.</summary>
public enum SyntheticPlacement
{
    /// <summary>On the belt, as in HAPT: x up, y left, z forward when standing.</summary>
    Waist,

    /// <summary>On the wrist: x along the forearm toward the elbow, so up when the arm hangs.</summary>
    Wrist,
}

/// <summary>How many people the synthetic wearer plays, for how long, and from which seed.</summary>
public sealed record SyntheticOptions
{
    /// <summary>Equal seeds give equal counts on every machine.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>People, at least 2.</summary>
    public int Subjects { get; init; } = 10;

    /// <summary>Labelled seconds of each of the six activities and each person, in two recordings; at least 20.</summary>
    public int SecondsPerActivity { get; init; } = 40;

    /// <summary>Place of the sensor.</summary>
    public SyntheticPlacement Placement { get; init; } = SyntheticPlacement.Waist;

    /// <summary>Ranges of the sensor.</summary>
    public SensorRange Range { get; init; } = new(SensorScale.DefaultAccelRangeG, SensorScale.DefaultGyroRangeDps);
}
