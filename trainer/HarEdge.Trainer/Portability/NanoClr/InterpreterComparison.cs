using HarEdge.Core;
using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Portability.NanoClr;

/// <summary>Counts where the interpreter's answers differ from those of the same code on the desktop.</summary>
internal sealed class InterpreterComparison(Classifier desktop)
{
    private readonly SampleWindow window = new(desktop.WindowSamples, desktop.HopSamples);
    private readonly int[] features = new int[desktop.FeatureCount];
    private readonly int[] scores = new int[desktop.ClassCount];
    private int windows;
    private int featureMismatches;
    private int scoreMismatches;
    private int labelMismatches;
    private string? first;

    /// <summary>Takes in one program's windows and what it said about them.</summary>
    public void Add(IReadOnlyList<short[]> samples, InterpreterOutput said)
    {
        for (int i = 0; i < samples.Count; i++)
        {
            int stage = Classify(samples[i]);
            labelMismatches += Differs("stage", stage, said.Stage(i)) + Differs("class", ArgMax.Of(scores), said.WindowClass(i));
            for (int f = 0; f < features.Length; f++)
            {
                featureMismatches += Differs($"feature {f}", features[f], said.Feature(i, f));
            }

            for (int c = 0; c < scores.Length; c++)
            {
                scoreMismatches += Differs($"score of {desktop.ClassName(c)}", scores[c], said.Score(i, c));
            }

            windows++;
        }
    }

    /// <summary>The counts.</summary>
    public ParityReport Report() =>
        new(["desktop", "nanoFramework interpreter"], windows, featureMismatches, scoreMismatches, labelMismatches, first);

    private int Classify(short[] samples)
    {
        window.Restart();
        for (int at = 0; at < samples.Length; at += SensorScale.ChannelCount)
        {
            window.Push(samples[at], samples[at + 1], samples[at + 2], samples[at + 3], samples[at + 4], samples[at + 5]);
        }

        return desktop.Classify(window, features, scores);
    }

    private int Differs(string what, int expected, int? actual)
    {
        if (expected == actual)
        {
            return 0;
        }

        first ??= $"window {windows}: {what} is {expected} on the desktop and {actual?.ToString() ?? "missing"} on the interpreter";
        return 1;
    }
}
