using System.CommandLine;
using System.CommandLine.Parsing;
using System.ComponentModel;
using System.Diagnostics;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Reports.Page;

namespace HarEdge.Cli.Options;

/// <summary>The page of results: where it is written, and whether the browser opens it.</summary>
internal sealed class ReportOption
{
    // Where results go and how they are shown does not decide them.
    private static readonly string[] NotRepeated = ["--report", "--open", "--json", "--out", "-o", "--force", "--jobs", "--log"];

    private readonly Option<string?> file = new("--report")
    {
        Description = "Write the results as one page, too, that opens in any browser without a network.",
        HelpName = "FILE.html",
    };

    private readonly Option<bool> open = new("--open") { Description = $"Open {ReportPage.FileName} in the browser." };

    /// <summary>Adds both options to a verb that has no folder of its own.</summary>
    public void AddTo(Command verb)
    {
        file.Validators.Add(result =>
        {
            if (result.GetValue(file) is { } path && !path.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
            {
                result.AddError($"--report wants a file that ends in .html, not '{path}'.");
            }
        });
        verb.Options.Add(file);
        verb.Options.Add(open);
    }

    /// <summary>Adds --open to a verb whose folder always has the page.</summary>
    public void AddOpenTo(Command verb) => verb.Options.Add(open);

    /// <summary>Writes the page if it was asked for; with --open alone into a new folder under runs/.</summary>
    public void Write(ParseResult parsed, Terminal terminal, Func<ReportPage> page)
    {
        if (parsed.GetValue(file) is { } path)
        {
            var full = Path.GetFullPath(path);
            WholeFiles.Write(Path.GetDirectoryName(full)!, new Dictionary<string, string> { [Path.GetFileName(full)] = page().Format() });
            terminal.Say($"Wrote {path}.");
            Open(parsed, terminal, full);
        }
        else if (parsed.GetValue(open))
        {
            using var folder = RunFolder.ReserveFree(parsed.CommandResult.Command.Name);
            folder.Publish(new Dictionary<string, string> { [ReportPage.FileName] = page().Format() });
            WrittenInto(parsed, terminal, folder.Path);
        }
    }

    /// <summary>Writes the page into a verb's folder.</summary>
    public void WriteInto(ParseResult parsed, Terminal terminal, string folder, ReportPage page)
    {
        WholeFiles.Write(folder, new Dictionary<string, string> { [ReportPage.FileName] = page.Format() });
        WrittenInto(parsed, terminal, folder);
    }

    /// <summary>Says where the page is, and opens it when asked to.</summary>
    public void WrittenInto(ParseResult parsed, Terminal terminal, string folder)
    {
        var path = Path.Combine(folder, ReportPage.FileName);
        terminal.Say($"The results as a page: {path}");
        Open(parsed, terminal, Path.GetFullPath(path));
    }

    /// <summary>The command line as anyone can repeat it: what decides the result, files without their folders.</summary>
    public static string Repeatable(ParseResult parsed)
    {
        List<string> words = ["haredge"];
        var isLeftOut = false;
        foreach (var token in parsed.Tokens)
        {
            isLeftOut = token.Type == TokenType.Option ? NotRepeated.Contains(token.Value) : isLeftOut && token.Type == TokenType.Argument;
            if (!isLeftOut)
            {
                words.Add(Path.Exists(token.Value) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(token.Value)) : token.Value);
            }
        }

        return CommandWords.Join(words);
    }

    private void Open(ParseResult parsed, Terminal terminal, string path)
    {
        if (!parsed.GetValue(open))
        {
            return;
        }

        try
        {
            Process.Start(new ProcessStartInfo(path) { UseShellExecute = true })?.Dispose();
        }
        catch (Win32Exception)
        {
            terminal.Say($"note: this machine has no browser to open it with: open {path} in one.");
        }
    }
}
