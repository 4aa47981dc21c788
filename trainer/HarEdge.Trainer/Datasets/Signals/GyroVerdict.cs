using System.Globalization;

namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>Whether the gyroscope's unit fits how recordings turn, rest and move; see <see cref="UnitVerdict"/>. For recordings with a gyroscope.</summary>
internal static class GyroVerdict
{
    /// <summary>Turns, and correlation of the gyroscope with gravity's direction, from which on the scale is known.</summary>
    private const int FewestTurns = 30;

    private const double LeastCorrelation = 0.5;

    /// <summary>Scales within these bounds are right: the two sensors of a watch err by some percent, moving arms by more.</summary>
    private const double ScaleTolerance = 1.5;

    /// <summary>A scale further off than this is no range taken for another, but a wrong unit.</summary>
    private const double UnitTolerance = 6;

    /// <summary>A still wearer does not rotate; gyroscope offsets reach some 10 °/s.</summary>
    private const double HighestStillDps = 40;

    /// <summary>A walking wearer's waist or wrist rotates by tens of °/s.</summary>
    private const double LowestMovingDps = 4;

    /// <summary>Twice the widest range of such sensors, in °/s.</summary>
    private const double HighestDps = 4000;

    private const int FewestSeconds = 3;

    /// <summary>A wrong unit, or null; a wrong range becomes a warning.</summary>
    public static InputException? Of(SignalEvidence[] same, ImportTally tally)
    {
        var units = same[0].Units;
        var name = same[0].Origin.FileName;
        (var scale, var correlation, var pairs) = TurnEvidence.Of(same.Select(one => one.Turning));
        if (pairs >= FewestTurns && Math.Abs(correlation) >= LeastCorrelation && scale > 0)
        {
            return ByTurning(units, name, scale, correlation, tally);
        }

        var stillDps = Median(same.Select(one => one.RestDps));
        var movingDps = Median(same.Select(one => one.MovingDps));
        var largest = same.Max(one => one.LargestDps);
        if (stillDps > HighestStillDps || largest > HighestDps)
        {
            (var value, var when) = stillDps > HighestStillDps ? (Text(stillDps), "at rest") : (Text(largest), "at most");
            var unit = Fitting(units, 1 / Math.Max(double.IsNaN(stillDps) ? 0 : stillDps / HighestStillDps, largest / HighestDps));
            return unit is { } fits ? Wrong(units, name, $"{when} the gyroscope shows {value} °/s", fits) : null;
        }

        return movingDps < LowestMovingDps && units.Gyro == GyroUnit.DegreesPerSecond
            ? Wrong(units, name, $"in motion the gyroscope shows only {movingDps:0.##} °/s", GyroUnit.RadiansPerSecond)
            : null;
    }

    private static InputException? ByTurning(FileUnits units, string name, double scale, double correlation, ImportTally tally)
    {
        if (correlation < 0)
        {
            tally.Warn("The gyroscope turns against the direction of gravity: the signs or the order of its axes do not fit those of the accelerometer. "
                + "Give both sensors the same axes with --columns, where a minus turns a sign.");
        }

        if (scale is > 1 / ScaleTolerance and < ScaleTolerance)
        {
            return null;
        }

        var seen = $"gravity turns {Text(scale)} times as fast as the gyroscope says";
        if (scale is < 1 / UnitTolerance or > UnitTolerance && Nearest(units, scale) is { } unit)
        {
            return Wrong(units, name, seen, unit);
        }

        var range = (int)Math.Round(units.Range.GyroDps * scale);
        var known = new[] { 250, 500, 1000, 2000 }.MinBy(dps => Math.Abs(Math.Log((double)dps / range)));
        tally.Warn(units.Gyro == GyroUnit.Counts
            ? $"'{name}': {seen}: its counts look like those of ±{known} °/s, and were taken for ±{units.Range.GyroDps} °/s."
            : $"'{name}': {seen}: the range or unit of the gyroscope in it may be wrong.");
        return null;
    }

    private static InputException Wrong(FileUnits units, string name, string seen, GyroUnit unit)
    {
        var spelled = UnitNames.Of(unit);
        var looks = unit == GyroUnit.MilliDegreesPerSecond ? "thousandths of deg/s" : spelled;
        return new InputException(
            $"'{name}': {seen}, read in {UnitNames.Of(units.Gyro!.Value)}; the values look like {looks}.", $"Read the data with --gyro-unit {spelled}.");
    }

    /// <summary>The unit that changes the values by about <paramref name="scale"/>.</summary>
    private static GyroUnit? Nearest(FileUnits units, double scale)
    {
        var nearest = Enum.GetValues<GyroUnit>().MinBy(unit => Math.Abs(Math.Log(ScaleTo(units, unit) / scale)));
        return nearest == units.Gyro ? null : nearest;
    }

    /// <summary>The unit that makes the values smaller by as little as is needed; nobody writes one sensor in counts and the other in a unit.</summary>
    private static GyroUnit? Fitting(FileUnits units, double mostScale)
    {
        GyroUnit[] fitting = [.. Enum.GetValues<GyroUnit>()
            .Where(unit => ScaleTo(units, unit) <= mostScale && unit is GyroUnit.Counts == units.Accel is AccelUnit.Counts)];
        return fitting.Length == 0 ? null : fitting.MaxBy(unit => ScaleTo(units, unit));
    }

    private static double ScaleTo(FileUnits units, GyroUnit unit) => (units with { Gyro = unit }).ToDps / units.ToDps;

    private static double Median(IEnumerable<IReadOnlyList<double>> seconds)
    {
        double[] all = [.. seconds.SelectMany(one => one)];
        return all.Length < FewestSeconds ? double.NaN : SignalEvidence.Median(all);
    }

    private static string Text(double value) => value.ToString(value < 10 ? "G2" : "0", CultureInfo.InvariantCulture);
}

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
    private double changes;
    private double turns;
    private double products;

    public TurnEvidence(RawSignal signal)
    {
        var length = Math.Max(1, (int)Math.Round(WindowSeconds * signal.RateHz));
        var windows = signal.SlotCount / length;
        var means = new double[windows][];
        for (var window = 0; window < windows; window++)
        {
            Run run = new(window * length, (window + 1) * length);
            means[window] = [.. signal.Values.Select(channel => Mean(channel.AsSpan(run.Start, run.Length)))];
            if (!(Deviation(signal.Values, means[window], run) < MostDeviation * Norm(means[window][0], means[window][1], means[window][2])))
            {
                means[window][0] = double.NaN;
            }
        }

        var typical = SignalEvidence.Median(means.Select(mean => Norm(mean[0], mean[1], mean[2])).Where(double.IsFinite));
        var radians = length / signal.RateHz * Math.PI / 180;
        for (var window = 0; window + 1 < windows; window++)
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
        var pairs = 0;
        foreach (var one in all)
        {
            changes += one.changes;
            turns += one.turns;
            products += one.products;
            pairs += one.Pairs;
        }

        return (Math.Abs(products) / turns, products / Math.Sqrt(changes * turns), pairs);
    }

    private void Add(double[] before, double[] after, double typical, double radians)
    {
        var normBefore = Norm(before[0], before[1], before[2]);
        var normAfter = Norm(after[0], after[1], after[2]);
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
        var size = Norm(change[0], change[1], change[2]);
        if (size is < LeastTurn or > MostTurn || !double.IsFinite(turn[0] + turn[1] + turn[2]))
        {
            return;
        }

        Pairs++;
        changes += size * size;
        turns += turn[0] * turn[0] + turn[1] * turn[1] + turn[2] * turn[2];
        products += change[0] * turn[0] + change[1] * turn[1] + change[2] * turn[2];
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static double Deviation(double[][] values, double[] means, Run run)
    {
        double squares = 0;
        for (var axis = 0; axis < 3; axis++)
        {
            foreach (var value in values[axis].AsSpan(run.Start, run.Length))
            {
                squares += (value - means[axis]) * (value - means[axis]);
            }
        }

        return Math.Sqrt(squares / run.Length);
    }

    private static double Norm(double x, double y, double z) => Math.Sqrt(x * x + y * y + z * z);
}
