namespace HarEdge.Trainer.Evaluation;

/// <summary>Bit-exact comparison of the ways a model can run, summed over recordings.</summary>
/// <param name="Legs">What was compared, for example "trainer", "generated code", "device twin".</param>
/// <param name="Windows">Windows compared.</param>
/// <param name="FeatureMismatches">Single feature values that differ.</param>
/// <param name="ScoreMismatches">Single class scores that differ.</param>
/// <param name="LabelMismatches">Windows whose class, stage or filtered decision differs, and windows one leg lacks.</param>
/// <param name="FirstMismatch">Recording, sample and both sides of the first difference, in words; null when there is none.</param>
public sealed record ParityReport(
    IReadOnlyList<string> Legs, int Windows, int FeatureMismatches, int ScoreMismatches, int LabelMismatches, string? FirstMismatch)
{
    /// <summary>All kinds together; anything but 0 is a failure.</summary>
    public int Mismatches => FeatureMismatches + ScoreMismatches + LabelMismatches;
}
