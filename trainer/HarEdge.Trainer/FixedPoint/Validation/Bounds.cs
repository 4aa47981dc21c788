using HarEdge.Core;

namespace HarEdge.Trainer.FixedPoint.Validation;

/// <summary>Smallest and largest value of something; both can occur as far as is known.</summary>
internal readonly record struct Bounds(long Low, long High)
{
    public long Magnitude => Math.Max(Math.Abs(Low), Math.Abs(High));

    /// <summary>Bounds of a feature as the layout states them.</summary>
    public static Bounds Of(Feature feature) => new(feature.Lowest, feature.Highest);

    /// <summary>Bounds of a linear stage's input; every step of the way is monotone, so the ends map to the ends.</summary>
    public Bounds Through(LinearInput input) =>
        new(StageScorer.Input(input, (int)Low), StageScorer.Input(input, (int)High));
}
