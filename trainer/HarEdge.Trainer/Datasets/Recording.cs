namespace HarEdge.Trainer.Datasets;

/// <summary>Contiguous samples [Start, End) at the nominal rate; between two runs samples are missing.</summary>
public readonly record struct Run(int Start, int End)
{
    /// <summary>Samples in the run.</summary>
    public int Length => End - Start;
}

/// <summary>
/// One person wearing one sensor once, already in the sensor's own counts at <see cref="HarEdge.Core.SensorScale.SampleRateHz"/>.
/// </summary>
public sealed record Recording
{
    /// <summary>Name of the data set it came from, as every table prints it.</summary>
    public required string DataSet { get; init; }

    /// <summary>Name within the data set, for messages: the file or experiment.</summary>
    public required string Name { get; init; }

    /// <summary>The wearer; unique within the data set.</summary>
    public required string Subject { get; init; }

    /// <summary>Six channels ax ay az gx gy gz, each of <see cref="SampleCount"/> counts.</summary>
    public required short[][] Channels { get; init; }

    /// <summary>For each sample the index of its class in the data set's class list, or −1 where it is not labelled.</summary>
    public required short[] Labels { get; init; }

    /// <summary>The runs, ascending and disjoint; samples outside every run are padding and must not be read.</summary>
    public required IReadOnlyList<Run> Runs { get; init; }

    /// <summary>What was understood of the file it was read from; null for what is generated.</summary>
    public RecordingOrigin? Origin { get; init; }

    /// <summary>Samples per channel, padding included.</summary>
    public int SampleCount => Labels.Length;
}
