using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

/// <summary>
/// What a window is when the windows before and after it are used, too: the forward–backward algorithm (Rabiner, Proceedings of
/// the IEEE 77, 1989) over activities that give way to each other at a constant rate. A teacher has whole recordings and all the
/// time; the device cannot wait for what comes.
/// </summary>
internal sealed class TemporalContext
{
    // A window that a teacher is quite wrong about must not outvote all its neighbors.
    private const double LeastProbability = 1e-4;

    private readonly double changesPerSample;

    private TemporalContext(double changesPerSample) => this.changesPerSample = changesPerSample;

    /// <summary>Learns how often activities change.</summary>
    /// <param name="windows">Windows of training people; those without a label do not count.</param>
    public static TemporalContext Learn(WindowTable windows)
    {
        ArgumentNullException.ThrowIfNull(windows);

        // Half a change more than there were: none in a short recording does not mean never.
        var changes = 0.5;
        var samples = 0;
        foreach (var rows in InOrder(windows, row => windows.Labels[row] >= 0))
        {
            for (var i = 1; i < rows.Length; i++)
            {
                changes += windows.Labels[rows[i]] == windows.Labels[rows[i - 1]] ? 0 : 1;
                samples += windows.StartSample[rows[i]] - windows.StartSample[rows[i - 1]];
            }
        }

        return new TemporalContext(changes / Math.Max(1, samples));
    }

    /// <summary>Probabilities in context.</summary>
    /// <param name="windows">Windows whose neighbors are in the table, too; pauses and missing windows are time in which more may change.</param>
    /// <param name="alone">Rows × classes probabilities of each window by itself.</param>
    /// <returns>Rows × classes; each row sums to 1.</returns>
    public float[][] Of(WindowTable windows, float[][] alone)
    {
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(alone);
        var inContext = new float[windows.Rows][];
        foreach (var rows in InOrder(windows, _ => true))
        {
            // Overlapping windows tell the same samples several times: together they count once.
            var spacing = rows.Skip(1).Zip(rows, (row, last) => windows.StartSample[row] - windows.StartSample[last])
                .Where(gap => gap > 0).DefaultIfEmpty(int.MaxValue).Min();
            var share = Math.Min(1, (double)spacing / Math.Max(1, windows.WindowSamples));
            var evidence = Array.ConvertAll(rows, row => Array.ConvertAll(alone[row], p => Math.Pow(Math.Max(p, LeastProbability), share)));
            var start = Array.ConvertAll(rows, row => windows.StartSample[row]);
            var before = Chain(evidence, start);
            Array.Reverse(evidence);
            Array.Reverse(start);
            var after = Chain(evidence, start);
            for (var i = 0; i < rows.Length; i++)
            {
                // Each chain holds the window's own evidence: once is enough.
                var own = evidence[^(i + 1)];
                var smoothed = Normalized([.. before[i].Select((p, c) => p * after[^(i + 1)][c] / own[c])]);
                inContext[rows[i]] = Array.ConvertAll(smoothed, p => (float)p);
            }
        }

        return inContext;
    }

    private static IEnumerable<int[]> InOrder(WindowTable windows, Func<int, bool> counts) => Enumerable.Range(0, windows.Rows)
        .Where(counts)
        .GroupBy(row => windows.RecordingOfRow[row])
        .Select(recording => recording.OrderBy(row => windows.StartSample[row]).ToArray());

    // For each window, in the order given, the probabilities from all evidence up to it.
    private double[][] Chain(double[][] evidence, int[] start)
    {
        var classes = evidence[0].Length;
        var chain = new double[evidence.Length][];
        for (var i = 0; i < chain.Length; i++)
        {
            // The chance that nothing was forgotten since the window before; what is forgotten may be any class.
            var kept = i == 0 ? 0 : Math.Exp(-changesPerSample * classes / Math.Max(1, classes - 1) * Math.Abs(start[i] - start[i - 1]));
            var last = i == 0 ? evidence[0] : chain[i - 1];
            chain[i] = Normalized([.. evidence[i].Select((p, c) => p * (kept * last[c] + (1 - kept) / classes))]);
        }

        return chain;
    }

    private static double[] Normalized(double[] values)
    {
        var sum = values.Sum();
        return Array.ConvertAll(values, value => value / sum);
    }
}
