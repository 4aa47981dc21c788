namespace HarEdge.Trainer.Training;

/// <summary>What a run found, line by line; free of times and paths, so that the same run gives the same log.</summary>
/// <param name="beginning">A log that this one goes on from, or null.</param>
internal sealed class TrainingLog(TrainingLog? beginning = null)
{
    private readonly List<string> lines = [.. beginning?.Lines ?? []];

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>Appends a line.</summary>
    public void Add(string line) => lines.Add(line);
}
