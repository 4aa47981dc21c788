using System.Globalization;
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
        var inProgram = 0;
        foreach (var samples in stretches)
        {
            window.Restart();
            for (var at = 0; at < samples.Length; at += SensorScale.ChannelCount)
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
        var stage = desktop.Classify(window, features, scores);
        labelMismatches += Differs("stage", stage, said.Number("STAGE", index)) + Differs("class", ArgMax.Of(scores), said.Number("CLASS", index));
        for (var f = 0; f < features.Length; f++)
        {
            featureMismatches += Differs($"feature {f}", features[f], said.Number("FEATURE", index, f));
        }

        for (var c = 0; c < scores.Length; c++)
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

/// <summary>What a program on the interpreter printed about its windows.</summary>
internal sealed class InterpreterAnswers
{
    private const int CheckFailed = 3;

    // Kind, window, index of the first number, numbers.
    private const int FirstNumber = 3;

    private readonly Dictionary<(string Kind, int Window, int Index), int> numbers = [];

    /// <summary>Reads the output.</summary>
    /// <param name="text">All of it; lines of the runtime itself are skipped.</param>
    /// <param name="modelId">The model it must name.</param>
    /// <param name="windows">Windows it must have classified.</param>
    /// <exception cref="InputException">It said nothing, broke off, or ran another model: the check failed, exit code 3.</exception>
    public InterpreterAnswers(string text, string modelId, int windows)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        if (!lines.Contains("BEGIN " + modelId))
        {
            throw new InputException(
                "The interpreter printed no line of the program: it did not run, whatever the interpreter's exit code."
                + (lines.FirstOrDefault(line => line.Contains("rror", StringComparison.Ordinal)) is { } error ? $" It said: {error}" : ""),
                "Check that mscorlib.pe belongs to this interpreter (nanoclr instance --getnativeassemblies names the version it expects).",
                CheckFailed);
        }

        if (!lines.Contains(LastLine(windows)))
        {
            throw new InputException(
                $"The program broke off on the interpreter after {lines.Count(line => line.StartsWith("STAGE ", StringComparison.Ordinal))} of {windows} windows.",
                "Look at the interpreter's own output for an exception; report it with the model.",
                CheckFailed);
        }

        foreach (var words in lines.Select(line => line.Split(' ')).Where(words => words.Length > FirstNumber))
        {
            if (words[0] is "STAGE" or "CLASS" or "FEATURE" or "SCORE"
                && TryParse(words[1], out var window)
                && TryParse(words[2], out var first))
            {
                for (var i = FirstNumber; i < words.Length && TryParse(words[i], out var value); i++)
                {
                    numbers[(words[0], window, first + i - FirstNumber)] = value;
                }
            }
        }
    }

    /// <summary>The line with which the program ends.</summary>
    public static string LastLine(int windows) => $"END {windows}";

    /// <summary>A number of a window; null when it was not printed.</summary>
    /// <param name="kind">STAGE, CLASS, FEATURE or SCORE.</param>
    /// <param name="window">Counted through the program.</param>
    /// <param name="index">Of the feature or class; else 0.</param>
    public int? Number(string kind, int window, int index = 0) =>
        numbers.TryGetValue((kind, window, index), out var value) ? value : null;

    private static bool TryParse(string word, out int value) => int.TryParse(word, CultureInfo.InvariantCulture, out value);
}
