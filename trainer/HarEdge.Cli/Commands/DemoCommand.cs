using System.CommandLine;
using System.Globalization;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Training;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge demo</c>: the whole pipeline on invented people, with nothing to prepare.</summary>
internal static class DemoCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var run = new RunOptions();
        var verb = new Verb("demo", "Runs the whole pipeline on the built-in synthetic wearer, in about a minute.")
        {
            Examples =
            [
                new("everything from recordings to a checked model, on invented people", "haredge demo"),
                new("other invented people, and the numbers for a script", "haredge demo --seed 7 --json"),
            ],
        };
        run.AddTo(verb);
        verb.Does((parsed, cancellation) => Execute(parsed, run, terminal, cancellation));
        return verb;
    }

    private static int Execute(ParseResult parsed, RunOptions run, Terminal terminal, CancellationToken cancellation)
    {
        using var recorded = run.Begin(parsed, "demo");
        var seed = run.Seed(parsed);
        terminal.Say("The demo invents people (SYNTHETIC data), trains on some of them and tests on the others. Its numbers speak for invented people only.");
        var exitCode = recorded.Execute(
            new TrainingOptions
            {
                Data = [SyntheticWearer.Create(new SyntheticOptions { Seed = seed })],
                Seed = seed,
                Command = "haredge demo --seed " + seed.ToString(CultureInfo.InvariantCulture),
            },
            terminal,
            cancellation);
        if (exitCode == 0)
        {
            terminal.Next($"haredge simulate --model {recorded.Path} shows the device deciding; haredge train --data hapt.zip learns from real people.");
        }

        return exitCode;
    }
}
