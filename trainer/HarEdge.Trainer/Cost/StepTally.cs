namespace HarEdge.Trainer.Cost;

/// <summary>Adds up what steps of one kind executed.</summary>
internal sealed class StepTally(CountedAssembly code)
{
    private readonly long[] executions = new long[code.Blocks.Count];
    private readonly List<(long Instructions, int Stage)> steps = [];

    /// <summary>Takes in the step that ran since the counters were reset.</summary>
    public void Add(int stage)
    {
        ReadOnlySpan<long> step = code.Executions;
        for (int i = 0; i < executions.Length; i++)
        {
            executions[i] += step[i];
        }

        steps.Add((code.Instructions(), stage));
    }

    /// <summary>The figures; <paramref name="stageName"/> names a stage, or null where steps have none.</summary>
    public StepCost Summarize(long staticWorst, Func<int, string>? stageName)
    {
        long[] sorted = [.. steps.Select(step => step.Instructions).Order()];
        double mean = sorted.Length == 0 ? 0 : sorted.Average();
        double calls = executions.Select((count, i) => (double)count * code.Blocks[i].Calls).Sum() / Math.Max(1, steps.Count);
        return new StepCost
        {
            Steps = sorted.Length,
            Mean = mean,
            P99 = sorted.Length == 0 ? 0 : sorted[(int)Math.Ceiling(0.99 * sorted.Length) - 1],
            Max = sorted.Length == 0 ? 0 : sorted[^1],
            StaticWorst = staticWorst,
            EstimatedMicroseconds = InstructionCost.EstimatedMicroseconds(mean, calls),
            ByStage = stageName is null ? [] : [.. ByStage(stageName)],
            ByKernel = [.. ByMethod(mean)],
        };
    }

    private IEnumerable<PartCost> ByStage(Func<int, string> stageName) =>
        from step in steps
        group step.Instructions by step.Stage into stage
        orderby stage.Key
        select new PartCost(stageName(stage.Key), (double)stage.Count() / steps.Count, stage.Average());

    private IEnumerable<PartCost> ByMethod(double mean) =>
        from part in executions.Select((count, i) => (code.Blocks[i].Method, Instructions: count * code.Blocks[i].Instructions))
        group part.Instructions by part.Method into method
        let perStep = (double)method.Sum() / Math.Max(1, steps.Count)
        where perStep > 0
        orderby perStep descending, method.Key
        select new PartCost(method.Key, perStep / mean, perStep);
}
