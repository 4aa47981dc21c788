using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace HarEdge.Trainer.Portability.NanoClr;

/// <summary>A command line with placeholders in braces; words are split at spaces outside double quotes. No shell is involved.</summary>
internal sealed class CommandTemplate
{
    // A runtime that idles after the program's end is not waited for longer.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<string> words;

    private CommandTemplate(string name, IReadOnlyList<string> words)
    {
        Name = name;
        this.words = words;
    }

    /// <summary>For messages: the tool, or the environment variable the command came from.</summary>
    public string Name { get; }

    /// <summary>A command of given words.</summary>
    /// <param name="name">The tool, for messages.</param>
    /// <param name="words">Program and arguments.</param>
    public static CommandTemplate Of(string name, IReadOnlyList<string> words) => new(name, words);

    /// <summary>Reads a template: program and arguments with placeholders, or a program alone, which gets the usual arguments.</summary>
    /// <param name="variable">The environment variable it came from, for messages.</param>
    /// <param name="text">Program and arguments.</param>
    /// <param name="usualArguments">The arguments of the tool as its makers distribute it; their placeholders must occur.</param>
    /// <exception cref="InputException">Some placeholders occur and others do not.</exception>
    public static CommandTemplate Parse(string variable, string text, params string[] usualArguments)
    {
        string[] placeholders = [.. usualArguments.Where(argument => argument.StartsWith('{'))];
        string[] missing = [.. placeholders.Where(placeholder => !text.Contains(placeholder, StringComparison.Ordinal))];
        if (missing.Length == placeholders.Length)
        {
            // A path may hold spaces without being quoted.
            return new CommandTemplate(variable, [.. File.Exists(text) ? [text] : Split(text), .. usualArguments]);
        }

        return missing.Length == 0
            ? new CommandTemplate(variable, Split(text))
            : throw new InputException(
                $"{variable} has no {missing[0]}: {text}",
                $"Write it as program and arguments with {string.Join(", ", placeholders)}, or as a program alone.",
                2);
    }

    /// <summary>Program and arguments with the placeholders filled in; a word that is a placeholder becomes as many words as it has values.</summary>
    public IReadOnlyList<string> Fill(IReadOnlyDictionary<string, IReadOnlyList<string>> values) => [.. words.SelectMany(word =>
        values.TryGetValue(word, out var whole)
            ? whole
            : [values.Aggregate(word, (text, value) => text.Replace(value.Key, string.Join(' ', value.Value), StringComparison.Ordinal))])];

    /// <summary>Runs the command and returns what it wrote to its output.</summary>
    /// <param name="values">For each placeholder its values.</param>
    /// <param name="folder">Working folder.</param>
    /// <param name="limit">After this long it is ended.</param>
    /// <param name="lastLine">A line after which it has nothing more to say: it is ended then if it does not end by itself. Null for none.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <exception cref="InputException">It cannot be started, does not end in time, or fails.</exception>
    public string Run(
        IReadOnlyDictionary<string, IReadOnlyList<string>> values, string folder, TimeSpan limit, string? lastLine, CancellationToken cancellation)
    {
        var command = Fill(values);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            using var finished = new CancellationTokenSource();
            var output = ReadLines(process, lastLine, finished);
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            var ended = WaitFor(process, command[0], limit, finished.Token, cancellation);
            var said = output.GetAwaiter().GetResult();
            return !ended || process.ExitCode == 0
                ? said
                : throw Failed($"ended with code {process.ExitCode}", errors.GetAwaiter().GetResult() + "\n" + said);
        }
        catch (Win32Exception exception)
        {
            throw new InputException($"{Name}: {command[0]} cannot be started: {exception.Message}.", "Name a program that exists, with its full path.", 1, exception);
        }
    }

    private static async Task<string> ReadLines(Process process, string? lastLine, CancellationTokenSource finished)
    {
        var said = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            said.Append(line).Append('\n');
            if (line.Trim() == lastLine)
            {
                finished.CancelAfter(TimeToEnd);
            }
        }

        return said.ToString();
    }

    // True when it ended by itself, false when it was ended after its last line.
    private bool WaitFor(Process process, string program, TimeSpan limit, CancellationToken finished, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(finished, cancellation);
        end.CancelAfter(limit);
        try
        {
            process.WaitForExitAsync(end.Token).GetAwaiter().GetResult();
            return true;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            return finished.IsCancellationRequested ? false : throw Failed($"did not end within {limit.TotalSeconds:0} s", program);
        }
    }

    private InputException Failed(string how, string said)
    {
        var line = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "it said nothing";
        return new InputException($"{Name} {how}: {line}", "Run it by hand to see more; check its paths and versions.");
    }

    private static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quoted = false;
        var started = false;
        foreach (var c in text)
        {
            if (c == '"')
            {
                quoted = !quoted;
                started = true;
            }
            else if (char.IsWhiteSpace(c) && !quoted)
            {
                if (started)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    started = false;
                }
            }
            else
            {
                word.Append(c);
                started = true;
            }
        }

        if (started)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
