namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>
/// The gyroscope's scale from the accelerometer: while someone turns, the direction of gravity u moves in the sensor's frame with du/dt = −ω × u
/// (a vector that stands still in the world, seen from a frame that turns with ω). Directions are means over a fifth of a second.
/// </summary>
internal sealed class TurnEvidence
{
    private const double WindowSeconds = 0.2;

    /// <summary>|a| of both windows may differ from their recording's typical |a| by this share: more is acceleration, not direction.</summary>
    private const double MostAcceleration = 0.05;

    /// <summary>Within a window the acceleration deviates by at most this share of it: steps do not count, turns while standing and sitting do.</summary>
    private const double MostDeviation = 0.1;

    /// <summary>Least and most change of direction looked at, in radians: noise below, no small angle above.</summary>
    private const double LeastTurn = 0.03;

    private const double MostTurn = 0.6;

    /// <summary>Squared changes of direction, squared turns of the gyroscope, and their product, summed.</summary>
    private double _changes;
    private double _turns;
    private double _products;

    public TurnEvidence(RawSignal signal)
    {
        int length = Math.Max(1, (int)Math.Round(WindowSeconds * signal.RateHz));
        int windows = signal.SlotCount / length;
        var means = new double[windows][];
        for (int window = 0; window < windows; window++)
        {
            Run run = new(window * length, (window + 1) * length);
            means[window] = [.. signal.Values.Select(channel => Mean(channel.AsSpan(run.Start, run.Length)))];
            if (!(Deviation(signal.Values, means[window], run) < MostDeviation * Norm(means[window][0], means[window][1], means[window][2])))
            {
                means[window][0] = double.NaN;
            }
        }

        double typical = SignalEvidence.Median(means.Select(mean => Norm(mean[0], mean[1], mean[2])).Where(double.IsFinite));
        double radians = length / signal.RateHz * Math.PI / 180;
        for (int window = 0; window + 1 < windows; window++)
        {
            Add(means[window], means[window + 1], typical, radians);
        }
    }

    /// <summary>Pairs of windows with a turn in them.</summary>
    public int Pairs { get; private set; }

    /// <summary>Adds what other recordings of the same units show.</summary>
    /// <returns>
    /// How many times as large as read the rates of turn are (slope of a regression: the body's own acceleration disturbs the side of gravity only), and the correlation of both sides.
    /// </returns>
    public static (double Scale, double Correlation, int Pairs) Of(IEnumerable<TurnEvidence> all)
    {
        double changes = 0;
        double turns = 0;
        double products = 0;
        int pairs = 0;
        foreach (TurnEvidence one in all)
        {
            changes += one._changes;
            turns += one._turns;
            products += one._products;
            pairs += one.Pairs;
        }

        return (Math.Abs(products) / turns, products / Math.Sqrt(changes * turns), pairs);
    }

    private void Add(double[] before, double[] after, double typical, double radians)
    {
        double normBefore = Norm(before[0], before[1], before[2]);
        double normAfter = Norm(after[0], after[1], after[2]);
        if (!(Math.Abs(normBefore / typical - 1) < MostAcceleration && Math.Abs(normAfter / typical - 1) < MostAcceleration))
        {
            return;
        }

        double[] from = [before[0] / normBefore, before[1] / normBefore, before[2] / normBefore];
        double[] to = [after[0] / normAfter, after[1] / normAfter, after[2] / normAfter];
        double[] change = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
        double[] middle = [(to[0] + from[0]) / 2, (to[1] + from[1]) / 2, (to[2] + from[2]) / 2];
        double[] rate = [.. Enumerable.Range(3, 3).Select(channel => (before[channel] + after[channel]) / 2 * radians)];
        double[] turn =
        [
            middle[1] * rate[2] - middle[2] * rate[1],
            middle[2] * rate[0] - middle[0] * rate[2],
            middle[0] * rate[1] - middle[1] * rate[0],
        ];
        double size = Norm(change[0], change[1], change[2]);
        if (size is < LeastTurn or > MostTurn || !double.IsFinite(turn[0] + turn[1] + turn[2]))
        {
            return;
        }

        Pairs++;
        _changes += size * size;
        _turns += turn[0] * turn[0] + turn[1] * turn[1] + turn[2] * turn[2];
        _products += change[0] * turn[0] + change[1] * turn[1] + change[2] * turn[2];
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static double Deviation(double[][] values, double[] means, Run run)
    {
        double squares = 0;
        for (int axis = 0; axis < 3; axis++)
        {
            foreach (double value in values[axis].AsSpan(run.Start, run.Length))
            {
                squares += (value - means[axis]) * (value - means[axis]);
            }
        }

        return Math.Sqrt(squares / run.Length);
    }

    private static double Norm(double x, double y, double z) => Math.Sqrt(x * x + y * y + z * z);
}
