using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training.Personal;

/// <summary>How much other people count when a model learns for one wearer.</summary>
/// <param name="Wearer">The wearer, as "data set/subject".</param>
/// <param name="PublicShare">Weight of everybody else's windows in all, 0 (the wearer alone) to 1 (everybody else alone).</param>
public sealed record PersonalBlend(string Wearer, double PublicShare)
{
    /// <summary>The shares tried.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0, 0.3, 0.7, 0.9, 1];

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
