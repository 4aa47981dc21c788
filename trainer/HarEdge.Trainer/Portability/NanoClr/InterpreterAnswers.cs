using System.Globalization;

namespace HarEdge.Trainer.Portability.NanoClr;

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
        string[] lines = text.Split('\n', StringSplitOptions.TrimEntries);
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

        foreach (string[] words in lines.Select(line => line.Split(' ')).Where(words => words.Length > FirstNumber))
        {
            if (words[0] is "STAGE" or "CLASS" or "FEATURE" or "SCORE"
                && TryParse(words[1], out int window)
                && TryParse(words[2], out int first))
            {
                for (int i = FirstNumber; i < words.Length && TryParse(words[i], out int value); i++)
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
        numbers.TryGetValue((kind, window, index), out int value) ? value : null;

    private static bool TryParse(string word, out int value) => int.TryParse(word, CultureInfo.InvariantCulture, out value);
}
