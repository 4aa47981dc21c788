namespace HarEdge.Trainer.Tables.Sequences;

/// <summary>The channels of one sequence on even steps of time, without gaps where there is anything to fill them from.</summary>
internal static class GapFilling
{
    // A sequence with one wrong time stamp must not become a million steps.
    private const int MostSteps = 8192;

    // Steps whose distances differ less than this are even as they are.
    private const double EvenSteps = 0.01;

    /// <summary>Channels × steps; a channel without any value is NaN throughout.</summary>
    /// <param name="steps">The table.</param>
    /// <param name="rows">Rows of the sequence in order of time.</param>
    /// <param name="treatment">How gaps are filled; with <see cref="MissingTreatment.Drop"/> steps with a gap are taken out.</param>
    public static float[][] Fill(FeatureTable steps, int[] rows, MissingTreatment treatment)
    {
        if (treatment == MissingTreatment.Drop)
        {
            int[] whole = [.. rows.Where(row => !Array.Exists(steps.Values, column => float.IsNaN(column[row])))];
            return Array.ConvertAll(steps.Values, column => whole.Length == 0 ? [float.NaN] : FeatureTable.Pick(column, whole));
        }

        double[] times = [.. rows.Select((row, place) => steps.Steps?[row] ?? place)];
        var grid = Grid(times);
        return Array.ConvertAll(steps.Values, column => OnGrid(times, FeatureTable.Pick(column, rows), grid, treatment == MissingTreatment.Hold));
    }

    // The times themselves when they are even, otherwise even ones of the usual distance.
    private static double[] Grid(double[] times)
    {
        if (times.Length < 3)
        {
            return times;
        }

        double[] distances = [.. Enumerable.Range(1, times.Length - 1).Select(i => times[i] - times[i - 1]).Order()];
        var usual = distances[distances.Length / 2];
        if (!(usual > 0) || distances[^1] - distances[0] <= EvenSteps * usual)
        {
            return times;
        }

        var count = Math.Clamp((int)Math.Round((times[^1] - times[0]) / usual) + 1, 2, MostSteps);
        var distance = (times[^1] - times[0]) / (count - 1);
        return [.. Enumerable.Range(0, count).Select(i => times[0] + (i * distance))];
    }

    private static float[] OnGrid(double[] times, float[] values, double[] grid, bool isHeld)
    {
        int[] present = [.. Enumerable.Range(0, values.Length).Where(i => !float.IsNaN(values[i]))];
        var filled = new float[grid.Length];
        if (present.Length == 0)
        {
            Array.Fill(filled, float.NaN);
            return filled;
        }

        var next = 0;
        for (var i = 0; i < grid.Length; i++)
        {
            while (next < present.Length && times[present[next]] <= grid[i])
            {
                next++;
            }

            // next is the first present step after the grid's; before the first and behind the last value the nearest is held.
            if (next == 0)
            {
                filled[i] = values[present[0]];
            }
            else if (next == present.Length || isHeld)
            {
                filled[i] = values[present[next - 1]];
            }
            else
            {
                var (before, after) = (present[next - 1], present[next]);
                var share = (grid[i] - times[before]) / (times[after] - times[before]);
                filled[i] = (float)(values[before] + (share * (values[after] - values[before])));
            }
        }

        return filled;
    }
}
