using HarEdge.Trainer.Learning.Learners;

namespace HarEdge.Trainer.Tables.Sequences;

/// <summary>
/// Rows that are steps of sequences become one row a sequence: put in order of their steps, gaps filled, then summed up by <see cref="SequenceStatistics"/>. One row a step says little
/// where only the course of time separates classes.
/// </summary>
internal static class SequenceTable
{
    private const double MixedShare = 0.01;

    /// <summary>The table of sequences.</summary>
    /// <param name="steps">One row a step.</param>
    /// <param name="treatment">What to do with missing values.</param>
    /// <param name="progress">Receives the share done.</param>
    /// <exception cref="InputException">Labels change within sequences.</exception>
    public static FeatureTable Of(FeatureTable steps, MissingTreatment treatment, IProgress<StepProgress>? progress = null)
    {
        var account = steps.Account;
        var rowsOf = InOrder(steps, account);
        TellMissing(steps, rowsOf, treatment, account);
        RefuseMixed(steps, rowsOf);
        var statistics = new SequenceStatistics([.. steps.Columns.Select(column => column.Name)]);
        var count = rowsOf.Length;
        var values = statistics.Names.Select(_ => new float[count]).ToArray();
        var done = 0;
        Parallel.For(0, count, sequence =>
        {
            var filled = GapFilling.Fill(steps, rowsOf[sequence], treatment);
            var row = statistics.Of(filled);
            for (var column = 0; column < row.Length; column++)
            {
                values[column][sequence] = row[column];
            }

            if (Interlocked.Increment(ref done) % 200 == 0)
            {
                progress?.Report(new StepProgress("summing up sequences", (double)done / count));
            }
        });
        int[] first = [.. rowsOf.Select((rows, sequence) => rows.FirstOrDefault(row => steps.Labels[row] >= 0, rows[0]))];
        var kept = Enumerable.Range(0, statistics.Names.Count).Where(column => values[column].Any(value => !float.IsNaN(value))).ToArray();
        var names = statistics.Names;
        var table = steps.With([.. kept.Select(column => new TableColumn(names[column], names[column]))], [.. kept.Select(column => values[column])], first);
        account.Add("sequences", $"{TableAccount.Count(count)} of {Lengths(rowsOf)} steps, one example each, summed up in {kept.Length} statistics of {steps.Columns.Count} columns");
        if (steps.Classes.Count > 0)
        {
            account.Add("classes of sequences", string.Join(", ", steps.ClassNames.Select((name, c) => $"{name} {TableAccount.Count(table.Labels.Count(label => label == c))}")));
        }

        return new FeatureTable
        {
            Columns = table.Columns,
            Values = table.Values,
            Labels = table.Labels,
            Classes = table.Classes,
            ClassNames = table.ClassNames,
            GroupOfRow = table.GroupOfRow,
            Groups = table.Groups,
            Ids = [.. Enumerable.Range(0, count).Select(sequence => steps.Sequences[steps.SequenceOfRow![first[sequence]]])],
            SequenceOfRow = table.SequenceOfRow,
            Sequences = table.Sequences,
            IsTest = table.IsTest,
            Lines = table.Lines,
            Roles = steps.Roles with { Id = steps.Roles.Sequence },
            Account = account,
        };
    }

    // For each sequence its rows in order of time.
    private static int[][] InOrder(FeatureTable steps, TableAccount account)
    {
        var rowsOf = Enumerable.Range(0, steps.Sequences.Count).Select(_ => new List<int>()).ToArray();
        for (var row = 0; row < steps.Rows; row++)
        {
            rowsOf[steps.SequenceOfRow![row]].Add(row);
        }

        if (steps.Steps is null)
        {
            account.Warn("No --step names the column that orders the steps of a sequence: they are taken in the order of the file.");
            return [.. rowsOf.Select(rows => rows.ToArray())];
        }

        var unordered = 0;
        var repeated = 0;
        var ordered = rowsOf.Select(rows =>
        {
            int[] sorted = [.. rows.OrderBy(row => steps.Steps[row])];
            unordered += sorted.SequenceEqual(rows) ? 0 : 1;
            repeated += Enumerable.Range(1, sorted.Length - 1).Any(i => steps.Steps[sorted[i]] == steps.Steps[sorted[i - 1]]) ? 1 : 0;
            return sorted;
        }).ToArray();
        if (unordered > 0)
        {
            account.Add("order of steps", $"steps of {TableAccount.Count(unordered)} sequences stand out of order in the file and were put in order by {steps.Roles.Step}");
        }

        if (repeated > 0)
        {
            account.Warn($"{TableAccount.Count(repeated)} sequences have a step twice; both rows count.");
        }

        return ordered;
    }

    // The contest's trap: what dropping would cost is reported before anything is learned.
    private static void TellMissing(FeatureTable steps, int[][] rowsOf, MissingTreatment treatment, TableAccount account)
    {
        bool HasGap(int row) => Array.Exists(steps.Values, column => float.IsNaN(column[row]));
        var touched = new bool[steps.Rows];
        Parallel.For(0, steps.Rows, row => touched[row] = HasGap(row));
        var rows = touched.Count(gap => gap);
        if (rows == 0)
        {
            return;
        }

        var whole = rowsOf.Count(of => of.Any(row => !touched[row]));
        var sequences = rowsOf.Count(of => of.Any(row => touched[row]));
        var what = $"{TableAccount.Count(rows)} of {TableAccount.Count(steps.Rows)} rows ({100.0 * rows / steps.Rows:0.#} %) have a missing value, in {TableAccount.Count(sequences)} of {TableAccount.Count(rowsOf.Length)} sequences";
        var left = $"{TableAccount.Count(steps.Rows - rows)} of {TableAccount.Count(steps.Rows)} rows and {TableAccount.Count(whole)} of {TableAccount.Count(rowsOf.Length)} sequences";
        account.Warn(treatment switch
        {
            MissingTreatment.Drop => $"{what}. Dropping them, as asked, leaves {left}; --missing interpolate keeps all.",
            MissingTreatment.Hold => $"{what}. Dropping them would leave {left}; the last value is held instead, and all {rowsOf.Length} sequences are kept.",
            _ => $"{what}. Dropping them would leave {left}; they are interpolated instead, and all {rowsOf.Length} of {rowsOf.Length} sequences are kept.",
        });
    }

    private static void RefuseMixed(FeatureTable steps, int[][] rowsOf)
    {
        var mixed = rowsOf.Count(rows => rows.Select(row => steps.Labels[row]).Where(label => label >= 0).Distinct().Count() > 1);
        if (mixed > MixedShare * rowsOf.Length)
        {
            throw new InputException(
                $"The label changes within {TableAccount.Count(mixed)} of {TableAccount.Count(rowsOf.Length)} sequences, so that a sequence is no example of one class.",
                "Name a finer sequence column with --sequence, or leave --sequence out to take each row for itself.");
        }
    }

    private static string Lengths(int[][] rowsOf)
    {
        var (least, most) = (rowsOf.Min(rows => rows.Length), rowsOf.Max(rows => rows.Length));
        return least == most ? $"{least}" : $"{least} to {most}";
    }
}

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
            return Array.ConvertAll(steps.Values, column => whole.Length == 0 ? [float.NaN] : RowSample.Pick(column, whole));
        }

        double[] times = [.. rows.Select((row, place) => steps.Steps?[row] ?? place)];
        var grid = Grid(times);
        return Array.ConvertAll(steps.Values, column => OnGrid(times, RowSample.Pick(column, rows), grid, treatment == MissingTreatment.Hold));
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
