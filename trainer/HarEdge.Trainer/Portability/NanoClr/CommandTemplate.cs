using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace HarEdge.Trainer.Portability.NanoClr;

/// <summary>A command line with placeholders in braces; words are split at spaces outside double quotes. No shell is involved.</summary>
public sealed class CommandTemplate
{
    private readonly string variable;
    private readonly IReadOnlyList<string> words;

    private CommandTemplate(string variable, IReadOnlyList<string> words)
    {
        this.variable = variable;
        this.words = words;
    }

    /// <summary>Reads a template.</summary>
    /// <param name="variable">The environment variable it came from, for messages.</param>
    /// <param name="text">Program and arguments.</param>
    /// <param name="placeholders">What must occur in it.</param>
    /// <exception cref="InputException">A placeholder is missing.</exception>
    public static CommandTemplate Parse(string variable, string text, params string[] placeholders)
    {
        string? missing = placeholders.FirstOrDefault(placeholder => !text.Contains(placeholder, StringComparison.Ordinal));
        return missing is null
            ? new CommandTemplate(variable, Split(text))
            : throw new InputException($"{variable} has no {missing}: {text}", $"Write it as program and arguments with {string.Join(", ", placeholders)}.", 2);
    }

    /// <summary>Program and arguments with the placeholders filled in; a word that is a placeholder becomes as many words as it has values.</summary>
    public IReadOnlyList<string> Fill(IReadOnlyDictionary<string, IReadOnlyList<string>> values) => [.. words.SelectMany(word =>
        values.TryGetValue(word, out IReadOnlyList<string>? whole)
            ? whole
            : [values.Aggregate(word, (text, value) => text.Replace(value.Key, string.Join(' ', value.Value), StringComparison.Ordinal))])];

    /// <summary>Runs the command and returns what it wrote to its output.</summary>
    /// <param name="values">For each placeholder its values.</param>
    /// <param name="folder">Working folder.</param>
    /// <param name="limit">After this long it is ended.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <exception cref="InputException">It cannot be started, does not end in time, or fails.</exception>
    public string Run(
        IReadOnlyDictionary<string, IReadOnlyList<string>> values, string folder, TimeSpan limit, CancellationToken cancellation)
    {
        IReadOnlyList<string> command = Fill(values);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            WaitFor(process, command[0], limit, cancellation);
            string said = output.GetAwaiter().GetResult();
            return process.ExitCode == 0 ? said : throw Failed($"ended with code {process.ExitCode}", errors.GetAwaiter().GetResult() + "\n" + said);
        }
        catch (Win32Exception exception)
        {
            throw new InputException($"{variable}: {command[0]} cannot be started: {exception.Message}.", "Name a program that exists, with its full path.", 1, exception);
        }
    }

    private void WaitFor(Process process, string program, TimeSpan limit, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(limit);
        try
        {
            process.WaitForExitAsync(end.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw Failed($"did not end within {limit.TotalSeconds:0} s", program);
        }
    }

    private InputException Failed(string how, string said)
    {
        string line = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "it said nothing";
        return new InputException($"The command of {variable} {how}: {line}", "Run it by hand to see more; check its paths and versions.");
    }

    private static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool quoted = false;
        bool started = false;
        foreach (char c in text)
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
