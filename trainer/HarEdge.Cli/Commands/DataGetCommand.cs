using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge data get</c>: fetches a public data set.</summary>
internal static class DataGetCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("NAME")
        {
            Description = "The data set: hapt.",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => "hapt",
        };
        name.AcceptOnly("hapt");
        var folder = new Option<string>("--out", "-o") { Description = "Folder for the download.", HelpName = "FOLDER", DefaultValueFactory = _ => "." };
        var verb = new Verb("get", "Downloads HAPT from the UCI archive, takes up what was begun, and verifies every recording.")
        {
            Examples = [new("into the current folder, about 80 MB", "haredge data get hapt")],
        };
        verb.Arguments.Add(name);
        verb.Options.Add(folder);
        verb.Does((parsed, cancellation) => Execute(Path.Combine(parsed.GetRequiredValue(folder), "hapt.zip"), terminal, cancellation));
        return verb;
    }

    private static int Execute(string path, Terminal terminal, CancellationToken cancellation)
    {
        // The download resumes after each fault by itself; a limit on the whole would only cut off slow lines.
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var verified = ProgressDisplay.Run(
            terminal, progress => new HaptDownload(client).GetAsync(path, progress, cancellation).GetAwaiter().GetResult());
        terminal.Out.WriteLine(path);
        terminal.Say(verified);
        terminal.Say(HaptReader.Attribution);
        terminal.Next($"haredge train --data {path}");
        return 0;
    }
}
