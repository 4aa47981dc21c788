using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Reports;

/// <summary>What a bit-exact comparison found.</summary>
internal static class ParityTables
{
    /// <summary>Counts by kind.</summary>
    public static ReportTable Of(string about, ParityReport parity) => new(
        $"{string.Join(", ", parity.Legs)}: {about}",
        ["compared", "windows", "mismatches"],
        [
            ["every feature", ScoreTables.Number(parity.Windows), ScoreTables.Number(parity.FeatureMismatches)],
            ["every class score", ScoreTables.Number(parity.Windows), ScoreTables.Number(parity.ScoreMismatches)],
            ["stage, class, confidence, decision", ScoreTables.Number(parity.Windows), ScoreTables.Number(parity.LabelMismatches)],
        ]);

    /// <summary>The same in one line.</summary>
    public static string Line(ParityReport parity) =>
        $"Parity: {parity.Mismatches} mismatches in {parity.Windows} windows ({string.Join(", ", parity.Legs)}; every feature, score and label).";
}
