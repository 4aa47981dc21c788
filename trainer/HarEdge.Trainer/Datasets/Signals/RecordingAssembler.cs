using HarEdge.Core;

namespace HarEdge.Trainer.Datasets.Signals;

/// <summary>
/// From files' signals to recordings: dead stretches taken out, gaps filled or cut, 50 Hz, counts; at the end a verdict on all of them together.
/// Every step adds to the tally. The recordings get the name of their data set when all files are read.
/// </summary>
/// <param name="range">Ranges the counts are made for.</param>
/// <param name="tally">Counts what happens.</param>
/// <param name="asStated">Whether what speaks against the units is told and not thrown.</param>
internal sealed class RecordingAssembler(SensorRange range, ImportTally tally, bool asStated)
{
    private readonly CountConverter converter = new(range);
    private readonly List<SignalEvidence> evidence = [];

    /// <summary>All recordings of a set are assembled: judges their units and tells what they have in common.</summary>
    /// <exception cref="InputException">The units are wrong for most of them, or too many values lie beyond full scale.</exception>
    public List<Recording> Finish(List<Recording> recordings)
    {
        var problem = UnitVerdict.Of(evidence, tally) ?? ClippingVerdict.Of(converter, range, evidence, tally);
        if (problem is not null && !asStated)
        {
            throw problem;
        }

        if (problem is not null)
        {
            tally.Warn(problem.Message + " It was read as stated.");
        }

        foreach (var note in ImportNotes.Of([.. recordings.Select(recording => recording.Origin!)]))
        {
            tally.Warn(note);
        }

        return recordings;
    }

    /// <summary>One recording of the signal.</summary>
    public Recording Assemble(RawSignal signal)
    {
        signal = DeadStretches.WithoutSilentGyroscope(signal);
        (var dead, var firstDead) = DeadStretches.Cut(signal);
        tally.RowsDead += dead;
        evidence.Add(new SignalEvidence(signal));
        var clippedBefore = converter.ValuesClipped;
        var interpolatedBefore = tally.SamplesInterpolated;
        var gapsBefore = tally.LongGaps;
        var sourceRuns = GapFiller.Fill(signal, tally);
        var isSameRate = Resampler.IsSameRate(signal.RateHz, SensorScale.SampleRateHz);
        var recording = isSameRate ? Convert(signal, sourceRuns) : Resample(signal, sourceRuns);
        var samples = recording.Runs.Sum(run => run.Length);
        tally.SamplesWritten += samples;
        tally.ValuesClipped = converter.ValuesClipped;
        return recording with
        {
            Origin = signal.Origin with
            {
                RowsDead = dead,
                FirstDeadRow = firstDead,
                SamplesInterpolated = tally.SamplesInterpolated - interpolatedBefore,
                LongGaps = tally.LongGaps - gapsBefore,
                SamplesWritten = samples,
                ValuesClipped = converter.ValuesClipped - clippedBefore,
            },
        };
    }

    private Recording Convert(RawSignal signal, List<Run> runs)
    {
        var recording = Empty(signal, signal.SlotCount, runs);
        foreach (var run in runs)
        {
            Array.Copy(signal.Labels, run.Start, recording.Labels, run.Start, run.Length);
            for (var channel = 0; channel < signal.Values.Length; channel++)
            {
                var values = signal.Values[channel];
                var counts = recording.Channels[channel];
                for (var sample = run.Start; sample < run.End; sample++)
                {
                    counts[sample] = converter.FromChannel(channel, values[sample]);
                }
            }
        }

        return recording;
    }

    private Recording Resample(RawSignal signal, List<Run> sourceRuns)
    {
        var resampler = new Resampler(signal.RateHz, SensorScale.SampleRateHz);
        List<(Run Source, Run Target)> pairs =
            [.. sourceRuns.Select(run => (run, resampler.TargetRun(run))).Where(pair => pair.Item2.Length > 0)];
        var samples = pairs.Count == 0 ? 0 : pairs[^1].Target.End;
        var recording = Empty(signal, samples, [.. pairs.Select(pair => pair.Target)]);
        var values = new double[SensorScale.ChannelCount];
        foreach ((var source, var target) in pairs)
        {
            for (var sample = target.Start; sample < target.End; sample++)
            {
                resampler.SampleInto(values, signal.Values, sample, source);
                recording.Labels[sample] = signal.Labels[resampler.NearestSlot(sample, source)];
                for (var channel = 0; channel < values.Length; channel++)
                {
                    recording.Channels[channel][sample] = converter.FromChannel(channel, values[channel]);
                }
            }
        }

        return recording;
    }

    private static Recording Empty(RawSignal signal, int samples, IReadOnlyList<Run> runs)
    {
        var labels = new short[samples];
        Array.Fill(labels, RawSignal.Unlabeled);
        var channels = new short[SensorScale.ChannelCount][];
        for (var channel = 0; channel < channels.Length; channel++)
        {
            channels[channel] = new short[samples];
        }

        return new Recording
        {
            DataSet = "",
            Name = signal.Name,
            Subject = signal.Subject,
            Channels = channels,
            HasGyroscope = signal.Units.Gyro is not null,
            Labels = labels,
            Runs = runs,
        };
    }
}

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
        for (var slot = 0; slot < isDead.Length; slot++)
        {
            row += signal.Labels[slot] == RawSignal.NoRow ? 0 : 1;
            if (isDead[slot])
            {
                rows++;
                first = first == 0 ? row : first;
                foreach (var channel in signal.Values)
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
        var units = signal.Units with { Gyro = null };
        return signal with
        {
            Units = units,
            Values = [.. signal.Values[..Gyro], silent, silent, silent],
            Origin = signal.Origin with { IsGyroscopeSilent = true, Units = signal.Origin.Units is null ? null : units.Names },
        };
    }

    private static void MarkWorthless(RawSignal signal, bool[] isDead)
    {
        var channels = signal.Units.Gyro is null ? Gyro : signal.Values.Length;
        for (var slot = 0; slot < isDead.Length; slot++)
        {
            var isZero = true;
            var isAllOnes = true;
            for (var channel = 0; channel < channels; channel++)
            {
                var value = signal.Values[channel][slot];
                isZero &= channel >= Gyro || value == 0;
                isAllOnes &= value == -signal.Units.Factor(channel);
            }

            isDead[slot] = isZero || isAllOnes;
        }
    }

    /// <summary>Marks runs in which channels repeat the row before; the first row of a run is the last good one.</summary>
    private static void MarkFrozen(RawSignal signal, int firstChannel, int channels, bool[] isDead, Func<Run, bool> isImpossible)
    {
        var leastRows = Math.Max(LeastRows, (int)Math.Ceiling(LeastSeconds * signal.RateHz));
        var start = 0;
        var last = 0;
        var rows = 0;
        for (var slot = 0; slot <= isDead.Length; slot++)
        {
            if (slot < isDead.Length && double.IsNaN(signal.Values[firstChannel][slot]))
            {
                continue;
            }

            var repeats = slot > 0 && slot < isDead.Length;
            for (var channel = firstChannel; repeats && channel < firstChannel + channels; channel++)
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
        for (var slot = start; slot < end; slot++)
        {
            isDead[slot] |= signal.Labels[slot] != RawSignal.NoRow;
        }
    }

    /// <summary>The largest difference within one channel of a sensor.</summary>
    private static double Range(RawSignal signal, int firstChannel, Run run)
    {
        double largest = 0;
        for (var channel = firstChannel; channel < firstChannel + 3; channel++)
        {
            var least = double.PositiveInfinity;
            var most = double.NegativeInfinity;
            foreach (var value in signal.Values[channel].AsSpan(run.Start, run.Length))
            {
                least = value < least ? value : least;
                most = value > most ? value : most;
            }

            largest = Math.Max(largest, most - least);
        }

        return largest;
    }
}
