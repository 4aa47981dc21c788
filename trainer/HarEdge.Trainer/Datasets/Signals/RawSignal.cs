using HarEdge.Core;

namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>
/// One recording as its file gives it, on a regular grid of slots at the file's rate: acceleration in g, rotation in °/s,
/// NaN where a value is missing. A slot without a row has the label <see cref="NoRow"/>.
/// </summary>
internal sealed record RawSignal
{
    /// <summary>Label of a slot for which the file has no row (a dropped timestamp).</summary>
    public const short NoRow = -2;

    /// <summary>Label of a row that belongs to no class.</summary>
    public const short Unlabeled = -1;

    public required string Name { get; init; }

    public required string Subject { get; init; }

    public required double RateHz { get; init; }

    /// <summary>What the values were read in.</summary>
    public required FileUnits Units { get; init; }

    /// <summary>Where it comes from.</summary>
    public required RecordingOrigin Origin { get; init; }

    /// <summary>Six channels of equal length: ax ay az in g, gx gy gz in °/s, which are 0 without a gyroscope.</summary>
    public required double[][] Values { get; init; }

    public required short[] Labels { get; init; }

    public int SlotCount => Labels.Length;

    /// <summary>Six channels of <paramref name="slots"/> missing values.</summary>
    public static double[][] MissingValues(int slots)
    {
        var values = new double[SensorScale.ChannelCount][];
        for (var channel = 0; channel < values.Length; channel++)
        {
            values[channel] = new double[slots];
            Array.Fill(values[channel], double.NaN);
        }

        return values;
    }
}

/// <summary>Rows of one recording as they are read: six values in the file's own units and a time in the file's unit, NaN where missing, and a class.</summary>
internal sealed class SignalRows(string subject, string? recording, long firstLine)
{
    public string Subject { get; } = subject;

    public string? Recording { get; } = recording;

    /// <summary>Line of the first row, for messages and names.</summary>
    public long FirstLine { get; } = firstLine;

    public List<double>[] Values { get; } = [.. Enumerable.Range(0, SensorScale.ChannelCount).Select(_ => new List<double>())];

    public List<double> Times { get; } = [];

    public List<short> Labels { get; } = [];

    public int Count => Labels.Count;
}
