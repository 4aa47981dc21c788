namespace HarEdge.Trainer;

/// <summary>How far a long step has come: its name, the share done in 0..1 and, where useful, the best so far.</summary>
public readonly record struct StepProgress(string Step, double Fraction, string? Detail = null)
{
    /// <summary>Number of the step in its run, from 1; 0 where steps are not counted.</summary>
    public int Number { get; init; }

    /// <summary>Steps of the run; 0 where they are not counted.</summary>
    public int Count { get; init; }

    /// <summary>The step's name with its number, for a person.</summary>
    public string Title => Count == 0 ? Step : $"Step {Number} of {Count}: {Step}";
}

/// <summary>The progress of one run of a known number of steps: numbers whatever its stages report.</summary>
internal sealed class RunProgress(IProgress<StepProgress>? listener, int count) : IProgress<StepProgress>
{
    private int number;

    /// <summary>The next step begins: what is reported from now on belongs to it.</summary>
    public void BeginStep() => number++;

    /// <inheritdoc/>
    public void Report(StepProgress value) => listener?.Report(value with { Number = number, Count = count });
}
