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

    /// <summary>Six channels ax ay az gx gy gz, each of <see cref="SampleCount"/> counts; gx gy gz are 0 where <see cref="HasGyroscope"/> is false.</summary>
    public required short[][] Channels { get; init; }

    /// <summary>Whether the sensor had a gyroscope, or the recording still has its values.</summary>
    public bool HasGyroscope { get; init; } = true;

    /// <summary>For each sample the index of its class in the data set's class list, or −1 where it is not labelled.</summary>
    public required short[] Labels { get; init; }

    /// <summary>The runs, ascending and disjoint; samples outside every run are padding and must not be read.</summary>
    public required IReadOnlyList<Run> Runs { get; init; }

    /// <summary>What was understood of the file it was read from; null for what is generated.</summary>
    internal RecordingOrigin? Origin { get; init; }

    /// <summary>Samples per channel, padding included.</summary>
    public int SampleCount => Labels.Length;

    /// <summary>What an accelerometer alone would have recorded.</summary>
    internal Recording WithoutGyroscope()
    {
        if (!HasGyroscope)
        {
            return this;
        }

        var silent = new short[SampleCount];
        return this with { HasGyroscope = false, Channels = [Channels[0], Channels[1], Channels[2], silent, silent, silent] };
    }
}

/// <summary>What was understood of the rows that a recording was made of, and what happened to them on the way.</summary>
internal sealed record RecordingOrigin
{
    /// <summary>The file, as messages name it.</summary>
    public required string FileName { get; init; }

    /// <summary>Line of the first row; 0 where the file has no lines.</summary>
    public long FirstLine { get; init; }

    /// <summary>Which columns were taken for what, as <c>time=t ax=accX …</c>; null where the layout has no columns to choose from.</summary>
    public string? Columns { get; init; }

    /// <summary>Units the values were read in, as they are typed, with the ranges of counts; null where the layout fixes them.</summary>
    public string? Units { get; init; }

    /// <summary>Rows of the recording in the file.</summary>
    public long Rows { get; init; }

    /// <summary>Samples per second taken: the stated rate, otherwise that of the timestamps.</summary>
    public double RateHz { get; init; }

    /// <summary>Samples per second that the timestamps show; null without timestamps.</summary>
    public double? StampRateHz { get; init; }

    /// <summary>Unit that the timestamps were taken to be in; null without timestamps.</summary>
    public TimeUnit? TimeUnit { get; init; }

    /// <summary>Rows without a timestamp, placed between their neighbors.</summary>
    public long RowsWithoutTime { get; init; }

    /// <summary>How often the clock was set back; each ends a run.</summary>
    public int ClockSetBack { get; init; }

    /// <summary>Rows that the timestamps show to be missing in gaps of at most 200 ms.</summary>
    public long RowsDropped { get; init; }

    /// <summary>Rows in which the sensor was dead: exact zeros, or no change at all for a second or more.</summary>
    public long RowsDead { get; init; }

    /// <summary>The first of them, counted from 1; 0 for none.</summary>
    public long FirstDeadRow { get; init; }

    /// <summary>Whether the file has a gyroscope's columns and nothing but 0 in them.</summary>
    public bool IsGyroscopeSilent { get; init; }

    /// <summary>Samples at the file's rate with at least one interpolated value.</summary>
    public long SamplesInterpolated { get; init; }

    /// <summary>Gaps longer than 200 ms, each of which ends a run.</summary>
    public int LongGaps { get; init; }

    /// <summary>Samples at 50 Hz.</summary>
    public long SamplesWritten { get; init; }

    /// <summary>Channel values limited to the sensor's full scale.</summary>
    public long ValuesClipped { get; init; }
}
