namespace HarEdge.Trainer.Training;

/// <summary>What a run found, line by line; free of times and paths, so that the same run gives the same log.</summary>
internal sealed class TrainingLog
{
    private readonly List<string> lines = [];

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>Appends a line.</summary>
    public void Add(string line) => lines.Add(line);
}
