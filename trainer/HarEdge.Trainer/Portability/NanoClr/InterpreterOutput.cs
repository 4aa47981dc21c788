using System.Globalization;

namespace HarEdge.Trainer.Portability.NanoClr;

/// <summary>What the program on the interpreter printed about its windows.</summary>
internal sealed class InterpreterOutput
{
    private const int CheckFailed = 3;

    private readonly Dictionary<(string Kind, int Window, int Index), int> numbers = [];

    /// <summary>Reads the output.</summary>
    /// <param name="text">All of it; lines of the runtime itself are skipped.</param>
    /// <param name="modelId">The model it must name.</param>
    /// <param name="windows">Windows it must have classified.</param>
    /// <exception cref="InputException">It said nothing, broke off, or ran another model: the check failed, exit code 3.</exception>
    public InterpreterOutput(string text, string modelId, int windows)
    {
        string[] lines = text.Split('\n', StringSplitOptions.TrimEntries);
        if (!lines.Contains("BEGIN " + modelId))
        {
            throw new InputException(
                "The interpreter printed no line of the program: it did not run, whatever the interpreter's exit code.",
                "Check that the .pe files in the reference folder belong to this interpreter; its own output may name a missing method.",
                CheckFailed);
        }

        if (!lines.Contains(LastLine(windows)))
        {
            throw new InputException(
                $"The program broke off on the interpreter after {lines.Count(line => line.StartsWith("STAGE ", StringComparison.Ordinal))} of {windows} windows.",
                "Look at the interpreter's own output for an exception; report it with the model.",
                CheckFailed);
        }

        foreach (string[] words in lines.Select(line => line.Split(' ')).Where(words => words.Length == 4))
        {
            if (words[0] is "STAGE" or "FEATURE" or "SCORE"
                && int.TryParse(words[1], CultureInfo.InvariantCulture, out int window)
                && int.TryParse(words[2], CultureInfo.InvariantCulture, out int index)
                && int.TryParse(words[3], CultureInfo.InvariantCulture, out int value))
            {
                // STAGE window stage class; the others: kind window index value.
                if (words[0] == "STAGE")
                {
                    numbers[("STAGE", window, 0)] = index;
                    numbers[("CLASS", window, 0)] = value;
                }
                else
                {
                    numbers[(words[0], window, index)] = value;
                }
            }
        }
    }

    /// <summary>The line with which the program ends.</summary>
    public static string LastLine(int windows) => $"END {windows}";

    /// <summary>The stage of a window; null when it was not printed.</summary>
    public int? Stage(int window) => Number("STAGE", window, 0);

    /// <summary>The best class of a window.</summary>
    public int? WindowClass(int window) => Number("CLASS", window, 0);

    /// <summary>A feature of a window.</summary>
    public int? Feature(int window, int index) => Number("FEATURE", window, index);

    /// <summary>A score of a window.</summary>
    public int? Score(int window, int index) => Number("SCORE", window, index);

    private int? Number(string kind, int window, int index) => numbers.TryGetValue((kind, window, index), out int value) ? value : null;
}
