namespace HarEdge.Trainer.Cost;

/// <summary>Adds up what steps of one kind executed.</summary>
internal sealed class StepTally(CountedAssembly code)
{
    private const double Thousandths = 1000;

    private readonly long[] executions = new long[code.Blocks.Count];
    private readonly List<(long Instructions, long Weight, int Stage)> steps = [];

    /// <summary>Takes in the step that ran since the counters were reset.</summary>
    public void Add(int stage)
    {
        ReadOnlySpan<long> step = code.Executions;
        for (int i = 0; i < executions.Length; i++)
        {
            executions[i] += step[i];
        }

        steps.Add((code.Instructions(), code.Weight(), stage));
    }

    /// <summary>The figures; <paramref name="stageName"/> names a stage, or null where steps have none.</summary>
    /// <param name="worst">Proven instructions and weight in thousandths.</param>
    /// <param name="stageName">Of a stage's index.</param>
    public StepCost Summarize((long Instructions, long Weight) worst, Func<int, string>? stageName)
    {
        long[] sorted = [.. steps.Select(step => step.Instructions).Order()];
        double weight = sorted.Length == 0 ? 0 : steps.Average(step => step.Weight) / Thousandths;
        return new StepCost
        {
            Steps = sorted.Length,
            Mean = sorted.Length == 0 ? 0 : sorted.Average(),
            P99 = sorted.Length == 0 ? 0 : sorted[(int)Math.Ceiling(0.99 * sorted.Length) - 1],
            Max = sorted.Length == 0 ? 0 : sorted[^1],
            StaticWorst = worst.Instructions,
            Weight = weight,
            MaxWeight = sorted.Length == 0 ? 0 : steps.Max(step => step.Weight) / Thousandths,
            StaticWorstWeight = worst.Weight / Thousandths,
            ByStage = stageName is null ? [] : [.. ByStage(stageName)],
            ByKernel = [.. ByMethod(weight)],
        };
    }

    private IEnumerable<PartCost> ByStage(Func<int, string> stageName) =>
        from step in steps
        group step by step.Stage into stage
        orderby stage.Key
        select new PartCost(
            stageName(stage.Key),
            (double)stage.Count() / steps.Count,
            stage.Average(step => step.Instructions),
            stage.Average(step => step.Weight) / Thousandths);

    private IEnumerable<PartCost> ByMethod(double weight) =>
        from part in executions.Select((count, i) => (Block: code.Blocks[i], Count: count))
        group part by part.Block.Method into method
        let ofMethod = method.Sum(part => part.Count * part.Block.Weight) / Thousandths / Math.Max(1, steps.Count)
        where ofMethod > 0
        orderby ofMethod descending, method.Key
        select new PartCost(
            method.Key,
            ofMethod / weight,
            (double)method.Sum(part => part.Count * part.Block.Instructions) / Math.Max(1, steps.Count),
            ofMethod);
}
