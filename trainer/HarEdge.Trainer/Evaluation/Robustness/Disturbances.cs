namespace HarEdge.Trainer.Evaluation.Robustness;

/// <summary>Everything the robustness table tries, in its order.</summary>
internal static class Disturbances
{
    private static readonly int[] Degrees = [5, 10, 15, 20, 30];
    private static readonly int[] MissingPercents = [5, 10, 20];
    private static readonly int[] BurstMilliseconds = [100, 200, 500];
    private static readonly Filling[] Fillings = [Filling.Interpolated, Filling.Held, Filling.Dropped];

    /// <summary>The list.</summary>
    public static IReadOnlyList<Disturbance> All { get; } =
    [
        .. Degrees.SelectMany(degrees => Enumerable.Range(0, 3).Select(axis => Rotation.About(axis, degrees))),
        .. Enumerable.Range(0, 3).Select(axis => SensorError.AccelOffset(50, axis)),
        SensorError.AccelOffset(50, -1),
        SensorError.AccelOffset(-50, -1),
        SensorError.GyroOffset(5),
        SensorError.Scale(3),
        SensorError.Scale(-3),
        SensorError.OffsetAndScale(50, 3),
        SensorError.OffsetAndScale(-50, -3),
        SensorError.Noise(10, 1),
        SensorError.Noise(50, 5),
        RateError.Of(3),
        RateError.Of(-3),
        .. MissingPercents.SelectMany(percent => Fillings.Select(filling => MissingSamples.Singly(percent, filling))),
        .. BurstMilliseconds.SelectMany(length => Fillings.Select(filling => MissingSamples.InBursts(length, filling))),
    ];
}
