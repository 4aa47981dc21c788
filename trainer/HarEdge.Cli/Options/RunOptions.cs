using System.CommandLine;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Options;

/// <summary>Seed, run folder and form of the output of a training run.</summary>
internal sealed class RunOptions
{
    private readonly Option<int> seed = NumberOption.Whole("--seed", "Seed of every random choice: same seed, same bytes.", 1, 0, int.MaxValue);

    private readonly Option<string?> folder = new("--out", "-o")
    {
        Description = "Folder for the model, the metrics, the generated code and the log. Without it, a new one under runs/.",
        HelpName = "FOLDER",
    };

    private readonly Option<bool> force = new("--force") { Description = "Replace the folder of an earlier run." };

    private readonly Option<bool> json = new("--json") { Description = "Print metrics.json instead of tables." };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(seed);
        verb.Options.Add(folder);
        verb.Options.Add(force);
        verb.Options.Add(json);
    }

    /// <summary>The seed.</summary>
    public int Seed(ParseResult parsed) => parsed.GetValue(seed);

    /// <summary>Makes sure the result can be written, before any work.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="name">Names the folder when the user does not.</param>
    public RecordedRun Begin(ParseResult parsed, string name) => new(
        parsed.GetValue(folder) is { } path ? RunFolder.Reserve(path, parsed.GetValue(force)) : RunFolder.ReserveFree(name), parsed.GetValue(json));
}
