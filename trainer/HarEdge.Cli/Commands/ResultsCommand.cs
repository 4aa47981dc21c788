using System.CommandLine;
using HarEdge.Cli.Hardware;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge results</c>: run files in, docs/RESULTS.md out.</summary>
internal sealed class ResultsCommand
{
    private readonly Option<string> runs = new("--runs")
    {
        Description = "Folder of the run files.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Path.Combine("docs", "results"),
    };

    private readonly Option<string> page = new("--out", "-o")
    {
        Description = "The page to write; an existing one is replaced. Without it, or with -, the page is printed.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "-",
    };

    private readonly Option<string?> power = new("--power") { Description = "Make the tables of this page and the plot beside it anew instead: hardware/POWER.md.", HelpName = "FILE" };

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new ResultsCommand();
        var verb = new Verb("results", "Writes the page of results from the run files that other verbs printed with --json.")
        {
            Examples =
            [
                new("from the run files of this repository, to the screen", "haredge results"),
                new("the page of this repository", "haredge results --out docs/RESULTS.md"),
                new("the tables and the plot of battery life", "haredge results --power hardware/POWER.md"),
                new("from files of your own", "haredge results --runs my-runs --out my-results.md"),
            ],
        };
        verb.Options.Add(command.runs);
        verb.Options.Add(command.page);
        verb.Options.Add(command.power);
        verb.Does((parsed, _) => command.Execute(parsed, terminal));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal)
    {
        if (parsed.GetValue(power) is { } powerPage)
        {
            return WritePower(powerPage, parsed.GetRequiredValue(runs), terminal);
        }

        var text = ResultsPage.Of(parsed.GetRequiredValue(runs));
        var path = parsed.GetRequiredValue(page);
        if (path == "-")
        {
            terminal.Out.Write(text);
            return 0;
        }

        WholeFiles.Write(Path.GetDirectoryName(Path.GetFullPath(path))!, new Dictionary<string, string> { [Path.GetFileName(path)] = text });
        terminal.Say($"Wrote {path}.");
        return 0;
    }

    private static int WritePower(string path, string runs, Terminal terminal)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"'{path}' is not there.", "Name the page whose tables are to be made anew, such as hardware/POWER.md.", 2);
        }

        var (page, plot) = PowerPage.Of(File.ReadAllText(path), runs);
        WholeFiles.Write(Path.GetDirectoryName(Path.GetFullPath(path))!, new Dictionary<string, string> { [Path.GetFileName(path)] = page, ["battery.svg"] = plot });
        terminal.Say($"Wrote {path} and battery.svg beside it.");
        return 0;
    }
}
