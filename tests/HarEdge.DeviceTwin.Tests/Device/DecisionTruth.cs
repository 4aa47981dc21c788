using HarEdge.Core;

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
    public bool Holds(TwinDecision decision, int lastSample)
    {
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

            motion.SampleAt(decision.StartSample + i, sample);
            truth.Step(sample[0], sample[1], sample[2], sample[3], sample[4], sample[5]);
        }

        return decision.Features.AsSpan().SequenceEqual(truth.Features) && decision.Scores.AsSpan().SequenceEqual(truth.Scores)
            && decision.Stage == truth.Stage && decision.WindowClass == truth.WindowClass;
    }

    private void TakeOff(int[] zero) => truth.Calibration.SetGyroZero(zero[0], zero[1], zero[2]);
}
