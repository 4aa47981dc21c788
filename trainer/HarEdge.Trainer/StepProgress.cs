namespace HarEdge.Trainer;

/// <summary>How far a long step has come: its name, the share done in 0..1 and, where useful, what is at work.</summary>
public readonly record struct StepProgress(string Step, double Fraction, string? Detail = null)
{
    /// <summary>Number of the step in its run, from 1; 0 where steps are not counted.</summary>
    public int Number { get; init; }

    /// <summary>Steps of the run; 0 where they are not counted.</summary>
    public int Count { get; init; }

    /// <summary>The best accuracy found so far by cross-validation, 0..1; null where nothing is compared.</summary>
    public double? Best { get; init; }

    /// <summary>The step's name with its number, for a person.</summary>
    public string Title => Count == 0 ? Step : $"Step {Number} of {Count}: {Step}";
}

/// <summary>The progress of one run of a known number of steps: numbers whatever its stages report.</summary>
/// <param name="listener">Receives everything.</param>
/// <param name="count">Steps of the run.</param>
/// <param name="begun">Steps that were done elsewhere.</param>
internal sealed class RunProgress(IProgress<StepProgress>? listener, int count, int begun = 0) : IProgress<StepProgress>
{
    // A step is done when the next one begins: a part more than was foreseen must not look like the end.
    private const double AlmostDone = 0.99;

    private readonly Lock gate = new();
    private int number = begun;
    private int parts = 1;
    private int part;
    private string? name;
    private double? best;

    /// <summary>The next step begins: what is reported from now on belongs to it.</summary>
    /// <param name="partsOfStep">Jobs it has, one after another; each reports under a name of its own, from 0 to 1.</param>
    public void BeginStep(int partsOfStep = 1)
    {
        lock (gate)
        {
            number++;
            (parts, part, name) = (partsOfStep, 0, null);
        }
    }

    /// <summary>Something has been tried: its accuracy by cross-validation.</summary>
    public void Reached(double accuracy)
    {
        lock (gate)
        {
            best = best > accuracy ? best : accuracy;
        }
    }

    /// <inheritdoc/>
    public void Report(StepProgress value)
    {
        lock (gate)
        {
            if (value.Step != name)
            {
                (name, part) = (value.Step, part + 1);
            }

            var share = (Math.Min(part, parts) - 1 + Math.Clamp(value.Fraction, 0, 1)) / parts;
            listener?.Report(value with { Number = number, Count = count, Fraction = Math.Min(share, AlmostDone), Best = value.Best ?? best });
        }
    }
}

/// <summary>A run that has more steps than its main job knows of: they are counted from the beginning, and begin when it is done.</summary>
/// <param name="listener">Receives everything.</param>
/// <param name="more">Steps that come after those reported here.</param>
internal sealed class LongerRun(IProgress<StepProgress> listener, int more) : IProgress<StepProgress>
{
    private StepProgress last;

    /// <inheritdoc/>
    public void Report(StepProgress value)
    {
        last = value;
        listener.Report(value with { Count = value.Count + more });
    }

    /// <summary>For the steps that come after.</summary>
    public RunProgress Rest()
    {
        var rest = new RunProgress(listener, last.Count + more, last.Count);
        if (last.Best is { } best)
        {
            rest.Reached(best);
        }

        return rest;
    }
}

/// <summary>A job within one step: whatever it reports moves the step from one share to another, and its own words are the detail.</summary>
/// <param name="listener">Receives the step.</param>
/// <param name="step">Where the job begins.</param>
/// <param name="share">Of the step that the job is.</param>
internal sealed class JobProgress(IProgress<StepProgress>? listener, StepProgress step, double share) : IProgress<StepProgress>
{
    /// <inheritdoc/>
    public void Report(StepProgress value)
    {
        var words = value.Step.Length > 0 ? value.Step : value.Detail;
        var done = value.Count > 0 ? (value.Number - 1 + value.Fraction) / value.Count : value.Fraction;
        listener?.Report(step with
        {
            Fraction = step.Fraction + (share * Math.Clamp(done, 0, 1)),
            Detail = step.Detail is { } detail && words is not null ? $"{detail}: {words}" : step.Detail ?? words,
        });
    }
}
