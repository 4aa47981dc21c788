using HarEdge.Core;
using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Portability.NanoClr;

/// <summary>Counts where the interpreter's answers differ from those of the same code on the desktop.</summary>
internal sealed class InterpreterComparison(Classifier desktop)
{
    private readonly SampleWindow window = new(desktop);
    private readonly int[] features = new int[desktop.FeatureCount];
    private readonly int[] scores = new int[desktop.ClassCount];
    private int windows;
    private int featureMismatches;
    private int scoreMismatches;
    private int labelMismatches;
    private string? first;

    /// <summary>Takes in one program's stretches of samples and what it said about their windows.</summary>
    public void Add(IReadOnlyList<short[]> stretches, InterpreterAnswers said)
    {
        int inProgram = 0;
        foreach (short[] samples in stretches)
        {
            window.Restart();
            for (int at = 0; at < samples.Length; at += SensorScale.ChannelCount)
            {
                if (window.Push(samples[at], samples[at + 1], samples[at + 2], samples[at + 3], samples[at + 4], samples[at + 5]))
                {
                    Compare(inProgram++, said);
                    window.Slide();
                }
            }
        }
    }

    /// <summary>The counts.</summary>
    public ParityReport Report() =>
        new(["desktop", "nanoFramework interpreter"], windows, featureMismatches, scoreMismatches, labelMismatches, first);

    private void Compare(int index, InterpreterAnswers said)
    {
        int stage = desktop.Classify(window, features, scores);
        labelMismatches += Differs("stage", stage, said.Number("STAGE", index)) + Differs("class", ArgMax.Of(scores), said.Number("CLASS", index));
        for (int f = 0; f < features.Length; f++)
        {
            featureMismatches += Differs($"feature {f}", features[f], said.Number("FEATURE", index, f));
        }

        for (int c = 0; c < scores.Length; c++)
        {
            scoreMismatches += Differs($"score of {desktop.ClassName(c)}", scores[c], said.Number("SCORE", index, c));
        }

        windows++;
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
