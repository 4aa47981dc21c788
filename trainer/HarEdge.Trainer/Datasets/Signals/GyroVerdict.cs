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
        FileUnits units = same[0].Units;
        string name = same[0].Origin.FileName;
        (double scale, double correlation, int pairs) = TurnEvidence.Of(same.Select(one => one.Turning));
        if (pairs >= FewestTurns && Math.Abs(correlation) >= LeastCorrelation && scale > 0)
        {
            return ByTurning(units, name, scale, correlation, tally);
        }

        double stillDps = Median(same.Select(one => one.RestDps));
        double movingDps = Median(same.Select(one => one.MovingDps));
        double largest = same.Max(one => one.LargestDps);
        if (stillDps > HighestStillDps || largest > HighestDps)
        {
            (string value, string when) = stillDps > HighestStillDps ? (Text(stillDps), "at rest") : (Text(largest), "at most");
            GyroUnit? unit = Fitting(units, 1 / Math.Max(double.IsNaN(stillDps) ? 0 : stillDps / HighestStillDps, largest / HighestDps));
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

        string seen = $"gravity turns {Text(scale)} times as fast as the gyroscope says";
        if (scale is < 1 / UnitTolerance or > UnitTolerance && Nearest(units, scale) is { } unit)
        {
            return Wrong(units, name, seen, unit);
        }

        int range = (int)Math.Round(units.Range.GyroDps * scale);
        int known = new[] { 250, 500, 1000, 2000 }.MinBy(dps => Math.Abs(Math.Log((double)dps / range)));
        tally.Warn(units.Gyro == GyroUnit.Counts
            ? $"'{name}': {seen}: its counts look like those of ±{known} °/s, and were taken for ±{units.Range.GyroDps} °/s."
            : $"'{name}': {seen}: the range or unit of the gyroscope in it may be wrong.");
        return null;
    }

    private static InputException Wrong(FileUnits units, string name, string seen, GyroUnit unit)
    {
        string spelled = UnitNames.Of(unit);
        string looks = unit == GyroUnit.MilliDegreesPerSecond ? "thousandths of deg/s" : spelled;
        return new InputException(
            $"'{name}': {seen}, read in {UnitNames.Of(units.Gyro!.Value)}; the values look like {looks}.", $"Read the data with --gyro-unit {spelled}.");
    }

    /// <summary>The unit that changes the values by about <paramref name="scale"/>.</summary>
    private static GyroUnit? Nearest(FileUnits units, double scale)
    {
        GyroUnit nearest = Enum.GetValues<GyroUnit>().MinBy(unit => Math.Abs(Math.Log(ScaleTo(units, unit) / scale)));
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
