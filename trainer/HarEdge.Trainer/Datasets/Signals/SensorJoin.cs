namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>
/// Accelerometer and gyroscope from separate tables, or at different rates, on the rows of the accelerometer. The gyroscope is drawn straight between its two
/// rows around an accelerometer's; where these are far apart its value is missing, and gap filling decides.
/// </summary>
internal static class SensorJoin
{
    /// <summary>Rows of the gyroscope further apart than this many of its usual steps have a gap between them.</summary>
    private const double MostSteps = 3;

    /// <summary>Less of the accelerometer's rows within the gyroscope's time is two recordings, not one.</summary>
    private const double LeastOverlap = 0.5;

    /// <param name="accel">Rows with a time in every row and values in channels 0 to 2.</param>
    /// <param name="gyro">Rows on the same clock, values in channels 3 to 5.</param>
    /// <param name="fileName">Name for the message.</param>
    /// <returns>The accelerometer's rows with six values.</returns>
    /// <exception cref="InputException">The two hardly overlap in time.</exception>
    public static SignalRows Join(SignalRows accel, SignalRows gyro, string fileName)
    {
        int[] order = [.. Enumerable.Range(0, gyro.Count).Where(row => !double.IsNaN(gyro.Times[row])).OrderBy(row => gyro.Times[row])];
        double[] times = [.. order.Select(row => gyro.Times[row])];
        double longest = MostSteps * Timestamps.PeriodOf(times);
        var joined = new SignalRows(accel.Subject, accel.Recording, accel.FirstLine);
        int within = 0;
        for (int row = 0; row < accel.Count; row++)
        {
            joined.Times.Add(accel.Times[row]);
            joined.Labels.Add(accel.Labels[row]);
            for (int axis = 0; axis < 3; axis++)
            {
                joined.Values[axis].Add(accel.Values[axis][row]);
            }

            (int before, int after, double share) = Around(times, accel.Times[row], longest);
            within += before < 0 ? 0 : 1;
            for (int channel = 3; channel < joined.Values.Length; channel++)
            {
                List<double> values = gyro.Values[channel];
                joined.Values[channel].Add(before < 0 ? double.NaN
                    : before == after ? values[order[before]]
                    : values[order[before]] + share * (values[order[after]] - values[order[before]]));
            }
        }

        return within >= LeastOverlap * accel.Count ? joined : throw new InputException(
            $"'{fileName}': only {within} of {accel.Count} rows of the accelerometer lie within the time of the gyroscope.",
            "Give files of the same recording whose timestamps come from the same clock.");
    }

    /// <summary>The rows before and after a time and where between them it lies; −1 when there are none, or they are too far apart.</summary>
    private static (int Before, int After, double Share) Around(double[] times, double time, double longest)
    {
        int after = Array.BinarySearch(times, time);
        if (after >= 0)
        {
            return (after, after, 0);
        }

        after = ~after;
        return after == 0 || after >= times.Length || times[after] - times[after - 1] > longest
            ? (-1, -1, 0)
            : (after - 1, after, (time - times[after - 1]) / (times[after] - times[after - 1]));
    }
}
