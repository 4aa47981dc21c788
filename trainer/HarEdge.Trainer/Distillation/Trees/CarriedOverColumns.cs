using HarEdge.Trainer.Distillation.Linear;

namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>
/// Columns a single tree may choose from: those a large linear student selects, because they did well on halves of the people they were
/// not fitted on. A tree that looks through a thousand columns finds some that only fit its people.
/// </summary>
internal static class CarriedOverColumns
{
    // Fewer columns than this need no shortlist; a shorter shortlist would leave a tree too little.
    private const int FewColumns = 120;
    private const int ShortestList = 20;

    // A student for these finds a hundred features on HAPT.
    private static readonly StudentBudget Budget = new(Bytes: 8192, Instructions: 110_000);

    /// <summary>The lessons with all other columns left out, or as they are when there is little to choose from.</summary>
    public static DistillationInput Of(DistillationInput input)
    {
        if (input.Table.Columns <= FewColumns)
        {
            return input;
        }

        var kept = new LinearStudent().Distil(input with { Budget = Budget }).Model.Features.ToHashSet();
        return kept.Count < ShortestList
            ? input
            : input with { LeftOut = Enumerable.Range(0, input.Table.Columns).Where(column => !kept.Contains(input.FeatureNames[column])).ToHashSet() };
    }
}
