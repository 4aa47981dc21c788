using HarEdge.Core;

namespace HarEdge.Trainer.Datasets.Signals;

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
