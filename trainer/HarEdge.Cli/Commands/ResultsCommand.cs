using System.CommandLine;
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
                new("from files of your own", "haredge results --runs my-runs --out my-results.md"),
            ],
        };
        verb.Options.Add(command.runs);
        verb.Options.Add(command.page);
        verb.Does((parsed, _) => command.Execute(parsed, terminal));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal)
    {
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
}
