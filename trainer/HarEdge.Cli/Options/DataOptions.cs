using System.CommandLine;
using HarEdge.Cli.Output;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Cli.Options;

/// <summary>The options that say which recordings to read and what the files do not say themselves.</summary>
internal sealed class DataOptions
{
    private readonly Option<string[]> data = new("--data")
    {
        Description = "A zip or folder in HAPT's layout, the smartwatch set's zip, what record has made, samples of Edge Impulse, or other CSV (a file or a folder of files); may be given several times. "
            + "Without it, the built-in synthetic wearer (synthetic or synthetic:SEED).",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> map = new("--map")
    {
        Description = "Renames classes of the data: what the data calls OTHER counts as OURS.",
        HelpName = "OTHER=OURS",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly UnitOptions units = new();

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(data);
        verb.Options.Add(map);
        units.AddTo(verb);
    }

    /// <summary>Whether the command line names data.</summary>
    public bool IsNamed(ParseResult parsed) => Paths(parsed).Length > 0;

    /// <summary>Whether all data is the synthetic wearer's.</summary>
    public bool IsSynthetic(ParseResult parsed) =>
        Paths(parsed).All(path => path == SyntheticWearer.Name || path.StartsWith(SyntheticWearer.Name + ":", StringComparison.Ordinal));

    /// <summary>A folder name for a run on this data: the files' names without their endings.</summary>
    public string FolderName(ParseResult parsed) => Paths(parsed).Length == 0
        ? SyntheticWearer.Name
        : string.Join('+', Paths(parsed).Select(path => Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(path)).Replace(':', '-')));

    /// <summary>Reads every data set, with progress and warnings on the talk stream.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="range">Sensor ranges the counts are made for.</param>
    /// <param name="terminal">Where progress and warnings go.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <param name="syntheticSeed">Which people the synthetic wearer plays when no data is named.</param>
    public IReadOnlyList<DataSet> Read(
        ParseResult parsed, SensorRange range, Terminal terminal, CancellationToken cancellation, int syntheticSeed = 1)
    {
        var renames = ClassRenames.Parse(parsed.GetValue(map) ?? []);
        var options = units.Read(parsed, range);
        IReadOnlyList<string> paths = Paths(parsed) is { Length: > 0 } named ? named : [$"{SyntheticWearer.Name}:{syntheticSeed}"];
        IReadOnlyList<DataSet> sets = ProgressDisplay.Run(
            terminal, progress => paths.Select(path => DataSetReader.Open(path, options, progress, cancellation)).ToList());
        renames.RefuseUnused(sets);
        foreach (var set in sets)
        {
            foreach (var warning in set.Report.Warnings)
            {
                terminal.Say($"note: {set.Name}: {warning}");
            }
        }

        return [.. sets.Select(renames.Apply)];
    }

    /// <summary>
    /// Reads the recordings a model is to wear or to be scored on, and says when it was not made for them. Of the synthetic wearer, when no data is named, only
    /// people the model does not know.
    /// </summary>
    public IReadOnlyList<DataSet> ReadFor(ParseResult parsed, FixedPointModel model, Terminal terminal, CancellationToken cancellation)
    {
        var sets = Read(parsed, model.Signal.Range, terminal, cancellation);
        ModelOption.TellMismatch(terminal, model, sets);
        return IsNamed(parsed) ? sets : SeenBefore.LeftOut(model, sets);
    }

    /// <summary>The options as a command line that anyone can repeat: file names without their folders.</summary>
    public IEnumerable<string> Repeatable(ParseResult parsed) =>
    [
        .. Paths(parsed).SelectMany(path => new[] { "--data", Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) }),
        .. (parsed.GetValue(map) ?? []).SelectMany(rename => new[] { "--map", rename }),
        .. units.Repeatable(parsed),
    ];

    private string[] Paths(ParseResult parsed) => parsed.GetValue(data) ?? [];
}
