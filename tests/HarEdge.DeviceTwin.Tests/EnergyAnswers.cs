using HarEdge.Core;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>Known answers for <see cref="EnergyModel"/>, one of them spoilt on request.</summary>
internal sealed class EnergyAnswers(string spoilt = "") : KnownAnswerSet
{
    public override int Count => 3;

    public override short[] Samples(int index)
    {
        var samples = new short[128 * 6];
        for (var i = 0; i < 128; i++)
        {
            NoisyMotion.SampleAt(index, 650 + i, samples.AsSpan(i * 6, 6));
        }

        return spoilt == "Samples" && index == 2 ? samples[6..] : samples;
    }

    public override int[] Features(int index) => Spoil(Solve(index).Features, "Features", index);

    public override int[] Scores(int index) => Spoil(Solve(index).Scores, "Scores", index);

    public override int Stage(int index) => Solve(index).Stage + (spoilt == "Stage" && index == 2 ? 1 : 0);

    public override int WindowClass(int index) => Solve(index).WindowClass ^ (spoilt == "WindowClass" && index == 2 ? 1 : 0);

    private int[] Spoil(int[] values, string what, int index)
    {
        int[] copy = [.. values];
        copy[^1] += spoilt == what && index == 2 ? 1 : 0;
        return copy;
    }

    private static Pipeline Solve(int index)
    {
        var pipeline = new Pipeline(new EnergyModel());
        var samples = new EnergyAnswers().Samples(index);
        for (var at = 0; at < samples.Length; at += 6)
        {
            pipeline.Step(samples[at], samples[at + 1], samples[at + 2], samples[at + 3], samples[at + 4], samples[at + 5]);
        }

        return pipeline;
    }
}
