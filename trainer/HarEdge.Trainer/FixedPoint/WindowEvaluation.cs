namespace HarEdge.Trainer.FixedPoint;

/// <summary>What a model says about one window, before the temporal filter.</summary>
/// <param name="Features">One value for each of the model's features; 0 where the stage needed none.</param>
/// <param name="Scores">One score a class, in 1/256 natural logarithms, or Classifier.NotScored.</param>
/// <param name="Stage">The stage the gate chose.</param>
/// <param name="WindowClass">The best class, the lowest index on ties.</param>
/// <param name="Margin">Best score minus second best.</param>
/// <param name="IsKnown">False when the unknown rule rejects the window.</param>
/// <param name="ConfidencePercent">Calibrated probability that the best class is right.</param>
internal sealed record WindowEvaluation(int[] Features, int[] Scores, int Stage, int WindowClass, int Margin, bool IsKnown, int ConfidencePercent);
