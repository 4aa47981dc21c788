using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training.Personal;

/// <summary>How much other people count when a model learns for one wearer.</summary>
/// <param name="Wearer">The wearer, as "data set/subject".</param>
/// <param name="PublicShare">Weight of everybody else's windows in all, 0 (the wearer alone) to 1 (everybody else alone).</param>
internal sealed record PersonalBlend(string Wearer, double PublicShare)
{
    /// <summary>The shares tried.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0, 0.3, 0.7, 0.9, 1];

    /// <summary>
    /// The share that listens to the wearer most among those within one standard error of the best: the wearer's blocks were judged by
    /// models that had heard a third less of the wearer than the last one will, so a narrow lead of the others is none.
    /// </summary>
    /// <param name="blends">The shares tried.</param>
    /// <param name="windows">Windows each was judged on.</param>
    public static double Choose(IReadOnlyList<BlendScore> blends, int windows)
    {
        // One window right and one wrong more: a perfect score of a few windows is no certainty.
        var best = blends.Max(blend => blend.Accuracy);
        var likely = ((best * windows) + 1) / (windows + 2);
        var error = Math.Sqrt(likely * (1 - likely) / (windows + 2));
        return blends.Where(blend => blend.Accuracy >= best - error).Min(blend => blend.PublicShare);
    }

    /// <summary>For each row its weight, 1 on average; null where only one side is there.</summary>
    public float[]? WeightsOf(WindowTable table)
    {
        var isOwn = Array.ConvertAll(table.SubjectOfRow, subject => table.Subjects[subject] == Wearer);
        var own = isOwn.Count(mine => mine);
        var others = isOwn.Length - own;
        return own == 0 || others == 0
            ? null
            : Array.ConvertAll(isOwn, mine => (float)(isOwn.Length * (mine ? (1 - PublicShare) / own : PublicShare / others)));
    }
}
