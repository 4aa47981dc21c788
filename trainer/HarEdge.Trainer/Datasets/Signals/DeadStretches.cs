namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>
/// Rows that a working sensor on a body cannot give: an accelerometer at exactly zero on all axes (free fall without noise), −1 in all raw channels (a bus
/// that answers all ones), all six channels unchanged for a second, or one sensor unchanged while the other moves. They become missing values.
/// </summary>
internal static class DeadStretches
{
    /// <summary>Noise of the quietest sensors, and rounding to two decimals, repeats for a few rows, not for these.</summary>
    private const double LeastSeconds = 1;

    private const int LeastRows = 20;

    /// <summary>Changes of one sensor, in g and °/s, in which the other cannot stand still.</summary>
    private const double MovingG = 0.3;

    private const double MovingDps = 60;

    private const int Accel = 0;

    private const int Gyro = 3;

    /// <summary>Takes the values of dead rows out.</summary>
    /// <returns>How many, and the first of them, counted in rows from 1; 0 for none.</returns>
    public static (long Rows, long FirstRow) Cut(RawSignal signal)
    {
        var isDead = new bool[signal.SlotCount];
        MarkWorthless(signal, isDead);
        MarkFrozen(signal, Accel, 6, isDead, _ => true);
        if (signal.Units.Gyro is not null)
        {
            MarkFrozen(signal, Accel, 3, isDead, run => Range(signal, Gyro, run) > MovingDps);
            MarkFrozen(signal, Gyro, 3, isDead, run => Range(signal, Accel, run) > MovingG);
        }

        long rows = 0;
        long row = 0;
        long first = 0;
        for (int slot = 0; slot < isDead.Length; slot++)
        {
            row += signal.Labels[slot] == RawSignal.NoRow ? 0 : 1;
            if (isDead[slot])
            {
                rows++;
                first = first == 0 ? row : first;
                foreach (double[] channel in signal.Values)
                {
                    channel[slot] = double.NaN;
                }
            }
        }

        return (rows, first);
    }

    /// <summary>The signal, as an accelerometer's alone where its gyroscope never gives anything but 0: noise makes that impossible for one that works.</summary>
    public static RawSignal WithoutSilentGyroscope(RawSignal signal)
    {
        if (signal.Units.Gyro is null || signal.Values[Gyro..].Any(channel => channel.Any(value => value != 0 && !double.IsNaN(value))))
        {
            return signal;
        }

        var silent = new double[signal.SlotCount];
        FileUnits units = signal.Units with { Gyro = null };
        return signal with
        {
            Units = units,
            Values = [.. signal.Values[..Gyro], silent, silent, silent],
            Origin = signal.Origin with { IsGyroscopeSilent = true, Units = signal.Origin.Units is null ? null : units.Names },
        };
    }

    private static void MarkWorthless(RawSignal signal, bool[] isDead)
    {
        int channels = signal.Units.Gyro is null ? Gyro : signal.Values.Length;
        for (int slot = 0; slot < isDead.Length; slot++)
        {
            bool isZero = true;
            bool isAllOnes = true;
            for (int channel = 0; channel < channels; channel++)
            {
                double value = signal.Values[channel][slot];
                isZero &= channel >= Gyro || value == 0;
                isAllOnes &= value == -signal.Units.Factor(channel);
            }

            isDead[slot] = isZero || isAllOnes;
        }
    }

    /// <summary>Marks runs in which channels repeat the row before; the first row of a run is the last good one.</summary>
    private static void MarkFrozen(RawSignal signal, int firstChannel, int channels, bool[] isDead, Func<Run, bool> isImpossible)
    {
        int leastRows = Math.Max(LeastRows, (int)Math.Ceiling(LeastSeconds * signal.RateHz));
        int start = 0;
        int last = 0;
        int rows = 0;
        for (int slot = 0; slot <= isDead.Length; slot++)
        {
            if (slot < isDead.Length && double.IsNaN(signal.Values[firstChannel][slot]))
            {
                continue;
            }

            bool repeats = slot > 0 && slot < isDead.Length;
            for (int channel = firstChannel; repeats && channel < firstChannel + channels; channel++)
            {
                repeats = signal.Values[channel][slot] == signal.Values[channel][last];
            }

            if (!repeats)
            {
                if (rows >= leastRows && isImpossible(new Run(start, last + 1)))
                {
                    MarkRows(signal, isDead, start + 1, last + 1);
                }

                start = slot;
                rows = 0;
            }

            rows++;
            last = slot;
        }
    }

    private static void MarkRows(RawSignal signal, bool[] isDead, int start, int end)
    {
        for (int slot = start; slot < end; slot++)
        {
            isDead[slot] |= signal.Labels[slot] != RawSignal.NoRow;
        }
    }

    /// <summary>The largest difference within one channel of a sensor.</summary>
    private static double Range(RawSignal signal, int firstChannel, Run run)
    {
        double largest = 0;
        for (int channel = firstChannel; channel < firstChannel + 3; channel++)
        {
            double least = double.PositiveInfinity;
            double most = double.NegativeInfinity;
            foreach (double value in signal.Values[channel].AsSpan(run.Start, run.Length))
            {
                least = value < least ? value : least;
                most = value > most ? value : most;
            }

            largest = Math.Max(largest, most - least);
        }

        return largest;
    }
}
