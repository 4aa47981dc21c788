using HarEdge.Core;
using HarEdge.DeviceTwin.Simulation;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>
/// Whether a decision is that of its samples: the same window of <see cref="NoisyMotion"/> through Pipeline alone, with the gyroscope bias that was taken
/// off each sample.
/// </summary>
internal sealed class DecisionTruth
{
    private readonly Classifier model;
    private readonly NoisyMotion motion;
    private readonly Pipeline truth;
    private readonly List<(int AfterSample, int[] GyroZero)> calibrations = [(int.MinValue, new int[3])];

    public DecisionTruth(Classifier model, NoisyMotion motion)
    {
        this.model = model;
        this.motion = motion;
        truth = new Pipeline(model);
    }

    /// <summary>Samples after this one have this taken off.</summary>
    public void NoteCalibration(Calibration calibration, int sample) =>
        calibrations.Add((sample, [calibration.GyroZero(0), calibration.GyroZero(1), calibration.GyroZero(2)]));

    /// <summary>After a boot samples are counted anew, and nothing is calibrated.</summary>
    public void NoteBoot() => calibrations.RemoveRange(1, calibrations.Count - 1);

    /// <param name="decision">The device's decision.</param>
    /// <param name="lastSample">The device's number of the window's last sample.</param>
    /// <param name="device">The device that has just decided, where its sensor has another rate; null for a sensor whose samples are the motion's.</param>
    public bool Holds(TwinDecision decision, int lastSample, SimulatedDevice? device = null)
    {
        var resampled = device?.Sensor is SimulatedLsm6 chip ? new ResampledMotion(motion, chip, device.Loop) : null;
        truth.Restart();
        Span<short> sample = stackalloc short[6];
        var first = lastSample - model.WindowSamples + 1;
        var at = calibrations.FindLastIndex(c => c.AfterSample < first);
        TakeOff(calibrations[at].GyroZero);
        for (var i = 0; i < model.WindowSamples; i++)
        {
            if (at + 1 < calibrations.Count && calibrations[at + 1].AfterSample < first + i)
            {
                at++;
                TakeOff(calibrations[at].GyroZero);
            }

            if (resampled is null)
            {
                motion.SampleAt(decision.StartSample + i, sample);
            }
            else
            {
                resampled.SampleAt(i, sample);
            }

            truth.Step(sample[0], sample[1], sample[2], sample[3], sample[4], sample[5]);
        }

        return decision.Features.AsSpan().SequenceEqual(truth.Features) && decision.Scores.AsSpan().SequenceEqual(truth.Scores)
            && decision.Stage == truth.Stage && decision.WindowClass == truth.WindowClass;
    }

    private void TakeOff(int[] zero) => truth.Calibration.SetGyroZero(zero[0], zero[1], zero[2]);
}

/// <summary>
/// What a window of an LSM6DS3TR-C holds, worked out anew: the sets that the simulated chip measured, each sample on the line between two of them (docs/adr/0027), in floating point, which is exact here.
/// </summary>
internal sealed class ResampledMotion
{
    private const int RateHz = 104;
    private const double Sets = 16384;

    private readonly RateSource source;
    private readonly ChipFamily family = new(SimulatedLsm6.Identity);
    private readonly long firstTick;
    private readonly int firstSample;
    private readonly int step;

    public ResampledMotion(NoisyMotion motion, SimulatedLsm6 chip, Firmware.DeviceLoop loop)
    {
        source = new RateSource(new Plain(motion), RateHz);

        // The chip's first set after the FIFO was switched on is left out.
        firstTick = chip.FirstTick + 1;
        firstSample = loop.Acquisition.SamplesSinceStart - loop.SamplesAhead - 128;
        step = ((Firmware.LsmSensor)loop.Acquisition.Sensor).Resampler.Step;
    }

    /// <summary>A sample of the window.</summary>
    public void SampleAt(int index, Span<short> counts)
    {
        var place = (long)(firstSample + index) * step;
        Span<short> before = stackalloc short[6];
        Span<short> after = stackalloc short[6];
        Measure(firstTick + (long)(place / Sets), before);
        Measure(firstTick + (long)(place / Sets) + 1, after);
        var part = place % (long)Sets;
        for (var channel = 0; channel < 6; channel++)
        {
            var between = ((before[channel] * (Sets - part)) + (after[channel] * part)) / Sets;
            counts[channel] = (short)Math.Clamp(Math.Floor((between * (channel < 3 ? 16375 : 18790) / Sets) + 0.5), short.MinValue, short.MaxValue);
        }
    }

    private void Measure(long tick, Span<short> counts)
    {
        source.TryRead(tick, counts);
        for (var channel = 0; channel < 6; channel++)
        {
            counts[channel] = (short)Math.Clamp(Math.Round(family.CountsOf(counts[channel], channel < 3)), short.MinValue, short.MaxValue);
        }
    }

    private sealed class Plain(NoisyMotion motion) : IMotionSource
    {
        public bool TryRead(long index, Span<short> counts)
        {
            motion.SampleAt(index, counts);
            return true;
        }
    }
}
