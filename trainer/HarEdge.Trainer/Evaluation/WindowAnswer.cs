using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Evaluation;

/// <summary>What one leg of the comparison says about one window. The arrays belong to the answer.</summary>
/// <param name="StartSample">First sample of the window within its recording.</param>
/// <param name="Features">One value for each of the model's features.</param>
/// <param name="Scores">One score a class.</param>
/// <param name="Stage">The stage the gate chose.</param>
/// <param name="WindowClass">Best class of the window alone.</param>
/// <param name="ConfidencePercent">Calibrated probability of <paramref name="WindowClass"/>.</param>
/// <param name="Decision">Class after the temporal filter, or Classifier.Unknown.</param>
internal sealed record WindowAnswer(
    int StartSample, int[] Features, int[] Scores, int Stage, int WindowClass, int ConfidencePercent, int Decision);
