namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>
/// Accelerometer and gyroscope from separate tables, or at different rates, on the rows of the accelerometer. Each sensor's rows are first put where its own
/// clock has them, because loggers hand rows over in bursts; then the gyroscope is drawn straight between its two rows around an accelerometer's. Where these are far
/// apart its value is missing, and gap filling decides.
/// </summary>
internal static class SensorJoin
{
    /// <summary>Rows of the gyroscope further apart than this many of its usual steps have a gap between them.</summary>
    private const double MostSteps = 3;

    /// <summary>Less of the accelerometer's rows within the gyroscope's time is two recordings, not one.</summary>
    private const double LeastOverlap = 0.5;

    /// <summary>Share of a stretch's rows that come earlier than its clock is taken to have them: the rows that waited least, without the odd one that is wrong.</summary>
    private const double EarlyShare = 0.05;

    private const int FewestRows = 2;

    /// <summary>Rows of each sensor alone, as a share of all, in a table where they stand by turns.</summary>
    private const double LeastInterleaved = 0.1;

    /// <summary>The accelerometer's rows with six values.</summary>
    /// <param name="accel">Rows with a time in every row and values in channels 0 to 2.</param>
    /// <param name="gyro">Rows on the same clock and in the same unit, values in channels 3 to 5.</param>
    /// <param name="secondsPerUnit">Seconds in a unit of the times.</param>
    /// <param name="fileName">Name for the message.</param>
    /// <exception cref="InputException">The two hardly overlap in time.</exception>
    public static SignalRows Join(SignalRows accel, SignalRows gyro, double secondsPerUnit, string fileName) =>
        TryJoin(accel, gyro, secondsPerUnit) ?? throw new InputException(
            $"'{fileName}': less than half of the accelerometer's {accel.Count} rows lie within the time of the gyroscope.",
            "Give files of the same recording whose timestamps come from the same clock.");

    /// <summary>The same; null when the two hardly overlap in time.</summary>
    public static SignalRows? TryJoin(SignalRows accel, SignalRows gyro, double secondsPerUnit)
    {
        var accelRows = Timed(accel);
        var gyroRows = Timed(gyro);
        if (accelRows.Length < FewestRows || gyroRows.Length < FewestRows)
        {
            return null;
        }

        var origin = accel.Times[accelRows[0]];
        var accelTimes = Steady([.. accelRows.Select(row => (accel.Times[row] - origin) * secondsPerUnit)]);
        var gyroTimes = Steady([.. gyroRows.Select(row => (gyro.Times[row] - origin) * secondsPerUnit)]);
        int[] order = [.. Enumerable.Range(0, gyroTimes.Length).OrderBy(row => gyroTimes[row])];
        double[] times = [.. order.Select(row => gyroTimes[row])];
        var longest = MostSteps * Timestamps.PeriodOf(times);
        var joined = new SignalRows(accel.Subject, accel.Recording, accel.FirstLine);
        var within = 0;
        for (var i = 0; i < accelRows.Length; i++)
        {
            var row = accelRows[i];
            joined.Times.Add(accel.Times[row]);
            joined.Labels.Add(accel.Labels[row]);
            (var before, var after, var share) = Around(times, accelTimes[i], longest);
            within += before < 0 ? 0 : 1;
            for (var axis = 0; axis < 3; axis++)
            {
                var values = gyro.Values[axis + 3];
                joined.Values[axis].Add(accel.Values[axis][row]);
                joined.Values[axis + 3].Add(before < 0 ? double.NaN
                    : values[gyroRows[order[before]]] + share * (values[gyroRows[order[after]]] - values[gyroRows[order[before]]]));
            }
        }

        return within >= LeastOverlap * accelRows.Length ? joined : null;
    }

    /// <summary>Whether rows hold one sensor each, by turns, as loggers write them that store whatever arrives.</summary>
    public static bool IsInterleaved(SignalRows rows)
    {
        var accelOnly = 0;
        var gyroOnly = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            var hasAccel = !double.IsNaN(rows.Values[0][row]);
            var hasGyro = !double.IsNaN(rows.Values[3][row]);
            accelOnly += hasAccel && !hasGyro ? 1 : 0;
            gyroOnly += hasGyro && !hasAccel ? 1 : 0;
        }

        return accelOnly > LeastInterleaved * rows.Count && gyroOnly > LeastInterleaved * rows.Count && accelOnly + gyroOnly > 0.9 * rows.Count;
    }

    /// <summary>Such rows taken apart and joined.</summary>
    /// <exception cref="InputException">The two sensors hardly overlap in time.</exception>
    public static SignalRows JoinInterleaved(SignalRows rows, double secondsPerUnit, string fileName) =>
        Join(RowsWith(rows, 0), RowsWith(rows, 3), secondsPerUnit, fileName);

    private static SignalRows RowsWith(SignalRows rows, int channel)
    {
        var some = new SignalRows(rows.Subject, rows.Recording, rows.FirstLine);
        for (var row = 0; row < rows.Count; row++)
        {
            if (!double.IsNaN(rows.Values[channel][row]))
            {
                some.Times.Add(rows.Times[row]);
                some.Labels.Add(rows.Labels[row]);
                for (var one = 0; one < some.Values.Length; one++)
                {
                    some.Values[one].Add(rows.Values[one][row]);
                }
            }
        }

        return some;
    }

    private static int[] Timed(SignalRows rows) => [.. Enumerable.Range(0, rows.Count).Where(row => !double.IsNaN(rows.Times[row]))];

    /// <summary>Times as the sensor's own clock has them: a stretch without a long gap is a straight line through the rows that waited least.</summary>
    private static double[] Steady(double[] seconds)
    {
        var clock = SampleClock.Fit(seconds);
        var period = 1 / clock.RateHz;
        var longest = (int)(GapFiller.LongestFilledMs / 1000.0 / period) + 1;
        var steady = new double[seconds.Length];
        for (var start = 0; start < seconds.Length;)
        {
            var end = start + 1;
            while (end < seconds.Length && clock.Slots[end] - clock.Slots[end - 1] <= longest)
            {
                end++;
            }

            double[] offsets = [.. Enumerable.Range(start, end - start).Select(row => seconds[row] - period * clock.Slots[row]).Order()];
            var offset = offsets[(int)(EarlyShare * (offsets.Length - 1))];
            for (var row = start; row < end; row++)
            {
                steady[row] = offset + period * clock.Slots[row];
            }

            start = end;
        }

        return steady;
    }

    /// <summary>The rows before and after a time and where between them it lies; −1 when there are none, or they are too far apart.</summary>
    private static (int Before, int After, double Share) Around(double[] times, double time, double longest)
    {
        var after = Array.BinarySearch(times, time);
        if (after >= 0)
        {
            return (after, after, 0);
        }

        after = ~after;

        // Two clocks of one session begin and end within half a step of each other.
        var slack = longest / MostSteps / 2;
        if (after == 0 || after >= times.Length)
        {
            var edge = after == 0 ? 0 : times.Length - 1;
            return Math.Abs(times[edge] - time) <= slack ? (edge, edge, 0) : (-1, -1, 0);
        }

        if (times[after] - times[after - 1] > longest)
        {
            var nearest = times[after] - time <= slack ? after : after - 1;
            return Math.Abs(times[nearest] - time) <= slack ? (nearest, nearest, 0) : (-1, -1, 0);
        }

        return (after - 1, after, (time - times[after - 1]) / (times[after] - times[after - 1]));
    }
}
