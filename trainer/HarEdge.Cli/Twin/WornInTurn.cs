using HarEdge.DeviceTwin.Simulation;
using HarEdge.Trainer;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Cli.Twin;

/// <summary>The runs of all recordings one after another, as if one wearer did all of it; from the beginning again when endless.</summary>
internal sealed class WornInTurn : IMotionSource
{
    private readonly List<(short[][] Channels, Run Run)> stretches = [];
    private readonly List<long> ends = [];
    private readonly bool endless;
    private int current;

    /// <param name="recordings">What is worn.</param>
    /// <param name="endless">Whether the last sample is followed by the first.</param>
    /// <exception cref="InputException">There is no sample.</exception>
    public WornInTurn(IReadOnlyList<Recording> recordings, bool endless)
    {
        this.endless = endless;
        long end = 0;
        foreach (var (recording, run) in recordings.SelectMany(recording => recording.Runs.Select(run => (recording, run))).Where(pair => pair.run.Length > 0))
        {
            end += run.Length;
            stretches.Add((recording.Channels, run));
            ends.Add(end);
        }

        if (end == 0)
        {
            throw new InputException("The data has no samples to wear.", "haredge data check tells what is in it.");
        }
    }

    /// <inheritdoc/>
    public bool TryRead(long index, Span<short> counts)
    {
        if (index >= ends[^1] && !endless)
        {
            return false;
        }

        index %= ends[^1];
        if (index >= ends[current] || index < ends[current] - stretches[current].Run.Length)
        {
            var found = ends.BinarySearch(index + 1);
            current = found < 0 ? ~found : found;
        }

        var (channels, run) = stretches[current];
        var sample = run.End - (int)(ends[current] - index);
        for (var channel = 0; channel < channels.Length; channel++)
        {
            counts[channel] = channels[channel][sample];
        }

        return true;
    }
}
