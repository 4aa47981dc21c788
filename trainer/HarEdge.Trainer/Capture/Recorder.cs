using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Capture;

/// <summary>Puts samples, gaps and labels into a file that begins with the first sample, and counts them.</summary>
internal sealed class Recorder : IDisposable
{
    private readonly Func<RecordingFile> open;
    private readonly LabelTimeline labels;
    private readonly Dictionary<string, long> samplesOf = new(StringComparer.Ordinal);

    /// <param name="capture">Where they come from.</param>
    /// <param name="labels">By the clock of its source.</param>
    /// <param name="open">Makes the file.</param>
    public Recorder(SampleCapture capture, LabelTimeline labels, Func<RecordingFile> open)
    {
        this.labels = labels;
        this.open = open;
        capture.Sampled += Take;
        capture.Interrupted += Take;
    }

    /// <summary>The file; null before the first sample.</summary>
    public RecordingFile? File { get; private set; }

    /// <summary>Samples taken.</summary>
    public long Samples { get; private set; }

    /// <summary>Gaps.</summary>
    public int Gaps { get; private set; }

    /// <summary>Samples missing in gaps of known length.</summary>
    public long Missing { get; private set; }

    /// <summary>Gaps of unknown length.</summary>
    public int UnknownGaps { get; private set; }

    /// <summary>When the last sample was taken, by the clock of the source; null before the first.</summary>
    public double? LastHostMs { get; private set; }

    /// <summary>Samples of each label, by name; those without one are not among them.</summary>
    public IReadOnlyDictionary<string, long> SamplesOf => samplesOf;

    /// <summary>Receives each gap.</summary>
    public event Action<CapturedGap>? Interrupted;

    /// <inheritdoc/>
    public void Dispose() => File?.Dispose();

    private void Take(CapturedSample sample)
    {
        File ??= open();
        var label = labels.At(sample.HostMs);
        File.Add(sample, label);
        Samples++;
        LastHostMs = sample.HostMs;
        if (label is not null)
        {
            samplesOf[label] = samplesOf.GetValueOrDefault(label) + 1;
        }
    }

    private void Take(CapturedGap gap)
    {
        File?.Add(gap);
        Gaps++;
        Missing += gap.MissingSamples ?? 0;
        UnknownGaps += gap.MissingSamples is null ? 1 : 0;
        Interrupted?.Invoke(gap);
    }
}
