using System.Text;
using HarEdge.Core;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>
/// Writes a window as the text <see cref="AnswerText"/> reads, one character a count. Lossy: each step goes to the reachable
/// count nearest the signal, so errors do not add up; known answers are computed from what the text says.
/// </summary>
internal static class SampleEncoder
{
    /// <summary>Text of a window given sample by sample.</summary>
    public static string Encode(short[] samples)
    {
        var text = new StringBuilder(samples.Length);
        var decoded = new int[SensorScale.ChannelCount];
        for (var i = 0; i < samples.Length; i++)
        {
            ref var previous = ref decoded[i % SensorScale.ChannelCount];
            var step = BestStep(previous, samples[i]);
            previous = AnswerText.Next(previous, step);
            text.Append((char)(AnswerText.NoStep + step));
        }

        return text.ToString();
    }

    /// <summary>The window a text stands for.</summary>
    public static short[] Decode(string text)
    {
        var samples = new short[text.Length];
        AnswerText.SamplesInto(samples, 0, text);
        return samples;
    }

    // Steps grow monotonically, so the best one is the last that does not overshoot, or the next.
    private static int BestStep(int previous, int target)
    {
        var direction = target < previous ? -1 : 1;
        var step = 0;
        while (step < AnswerText.LargestStep && Error(step + 1) < Error(step))
        {
            step++;
        }

        return direction * step;

        int Error(int size) => Math.Abs(AnswerText.Next(previous, direction * size) - target);
    }
}
