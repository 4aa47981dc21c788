using Spectre.Console;

namespace HarEdge.Cli.Output;

/// <summary>
/// The two streams of a run: data to <see cref="Out"/>, talk and progress to <see cref="Error"/>. Colors, boxes and moving
/// bars only where a person watches; NO_COLOR is honored. Width and height in characters are the window's, where none are given.
/// </summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool outIsTerminal = false, bool errorIsTerminal = false, int? width = null, int? height = null)
{
    /// <summary>For data: tables, JSON, telemetry.</summary>
    public TextWriter Out { get; } = output;

    /// <summary>For talk: progress, notes, errors.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>True when a person reads <see cref="Out"/>.</summary>
    public bool OutIsTerminal { get; } = outIsTerminal;

    /// <summary>True when a person watches <see cref="Error"/>.</summary>
    public bool ErrorIsTerminal { get; } = errorIsTerminal;

    /// <summary>The console of this process.</summary>
    public static Terminal OfProcess() => new(Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected);

    /// <summary>Spectre's view of <see cref="Out"/>.</summary>
    internal IAnsiConsole Pretty => Ansi(Out);

    /// <summary>Spectre's view of <see cref="Error"/>.</summary>
    internal IAnsiConsole PrettyError => Ansi(Error);

    /// <summary>One line of talk.</summary>
    public void Say(string line) => Error.WriteLine(line);

    /// <summary>What the user should know, a line each.</summary>
    public void Note(IEnumerable<string> notes)
    {
        foreach (var note in notes)
        {
            Say("note: " + note);
        }
    }

    /// <summary>The closing line of a verb: what to do next. Talk, so that data stays data.</summary>
    public void Next(string line) => Error.WriteLine("Next: " + line);

    private IAnsiConsole Ansi(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width ?? console.Profile.Width;
        console.Profile.Height = height ?? console.Profile.Height;
        return console;
    }
}
