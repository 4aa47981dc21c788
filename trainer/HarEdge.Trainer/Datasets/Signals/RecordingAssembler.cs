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
    private readonly CountConverter _converter = new(range);
    private readonly List<SignalEvidence> _evidence = [];

    /// <summary>All recordings of a set are assembled: judges their units and tells what they have in common.</summary>
    /// <exception cref="InputException">The units are wrong for most of them, or too many values lie beyond full scale.</exception>
    public List<Recording> Finish(List<Recording> recordings)
    {
        InputException? problem = UnitVerdict.Of(_evidence, tally) ?? ClippingVerdict.Of(_converter, range, _evidence, tally);
        if (problem is not null && !asStated)
        {
            throw problem;
        }

        if (problem is not null)
        {
            tally.Warn(problem.Message + " It was read as stated.");
        }

        foreach (string note in ImportNotes.Of([.. recordings.Select(recording => recording.Origin!)]))
        {
            tally.Warn(note);
        }

        return recordings;
    }

    /// <summary>One recording of the signal.</summary>
    public Recording Assemble(RawSignal signal)
    {
        signal = DeadStretches.WithoutSilentGyroscope(signal);
        (long dead, long firstDead) = DeadStretches.Cut(signal);
        tally.RowsDead += dead;
        _evidence.Add(new SignalEvidence(signal));
        long clippedBefore = _converter.ValuesClipped;
        long interpolatedBefore = tally.SamplesInterpolated;
        int gapsBefore = tally.LongGaps;
        List<Run> sourceRuns = GapFiller.Fill(signal, tally);
        bool isSameRate = Resampler.IsSameRate(signal.RateHz, SensorScale.SampleRateHz);
        Recording recording = isSameRate ? Convert(signal, sourceRuns) : Resample(signal, sourceRuns);
        int samples = recording.Runs.Sum(run => run.Length);
        tally.SamplesWritten += samples;
        tally.ValuesClipped = _converter.ValuesClipped;
        return recording with
        {
            Origin = signal.Origin with
            {
                RowsDead = dead,
                FirstDeadRow = firstDead,
                SamplesInterpolated = tally.SamplesInterpolated - interpolatedBefore,
                LongGaps = tally.LongGaps - gapsBefore,
                SamplesWritten = samples,
                ValuesClipped = _converter.ValuesClipped - clippedBefore,
            },
        };
    }

    private Recording Convert(RawSignal signal, List<Run> runs)
    {
        Recording recording = Empty(signal, signal.SlotCount, runs);
        foreach (Run run in runs)
        {
            Array.Copy(signal.Labels, run.Start, recording.Labels, run.Start, run.Length);
            for (int channel = 0; channel < signal.Values.Length; channel++)
            {
                double[] values = signal.Values[channel];
                short[] counts = recording.Channels[channel];
                for (int sample = run.Start; sample < run.End; sample++)
                {
                    counts[sample] = _converter.FromChannel(channel, values[sample]);
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
        int samples = pairs.Count == 0 ? 0 : pairs[^1].Target.End;
        Recording recording = Empty(signal, samples, [.. pairs.Select(pair => pair.Target)]);
        var values = new double[SensorScale.ChannelCount];
        foreach ((Run source, Run target) in pairs)
        {
            for (int sample = target.Start; sample < target.End; sample++)
            {
                resampler.SampleInto(values, signal.Values, sample, source);
                recording.Labels[sample] = signal.Labels[resampler.NearestSlot(sample, source)];
                for (int channel = 0; channel < values.Length; channel++)
                {
                    recording.Channels[channel][sample] = _converter.FromChannel(channel, values[channel]);
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
        for (int channel = 0; channel < channels.Length; channel++)
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
