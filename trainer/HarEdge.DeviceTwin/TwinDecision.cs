namespace HarEdge.DeviceTwin
{
    /// <summary>One decision of the twin with everything it was made from; the arrays are copies.</summary>
    /// <param name="StartSample">First sample of the window within the recording.</param>
    /// <param name="Features">Features in the model's own numbering; 0 where the stage needed none.</param>
    /// <param name="Scores">Class scores, or Classifier.NotScored.</param>
    /// <param name="Stage">The stage the gate chose.</param>
    /// <param name="WindowClass">Best class of this window alone.</param>
    /// <param name="Decision">The activity after the temporal filter, or Classifier.Unknown.</param>
    /// <param name="Margin">Best score minus second best.</param>
    /// <param name="ConfidencePercent">Calibrated probability of WindowClass.</param>
    /// <param name="ElapsedMs">Time since power-on when the decision was printed.</param>
    public sealed record TwinDecision(
        int StartSample,
        int[] Features,
        int[] Scores,
        int Stage,
        int WindowClass,
        int Decision,
        int Margin,
        int ConfidencePercent,
        long ElapsedMs);
}
