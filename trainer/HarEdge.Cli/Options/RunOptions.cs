using System.CommandLine;
using System.Diagnostics;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Training;

namespace HarEdge.Cli.Options;

/// <summary>Seed, run folder and form of the output of a training run.</summary>
internal sealed class RunOptions
{
    private readonly Option<int> seed = NumberOption.Whole("--seed", "Seed of every random choice: same seed, same bytes.", 1, 0, int.MaxValue);

    private readonly Option<string?> folder = new("--out", "-o")
    {
        Description = "Folder for the model, the metrics, the generated code, the log and report.html. Without it, a new one under runs/.",
        HelpName = "FOLDER",
    };

    private readonly Option<bool> force = new("--force") { Description = "Replace the folder of an earlier run." };

    private readonly Option<bool> json = new("--json") { Description = "Print metrics.json instead of tables." };

    private readonly ReportOption report = new();

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(seed);
        verb.Options.Add(folder);
        verb.Options.Add(force);
        verb.Options.Add(json);
        report.AddOpenTo(verb);
    }

    /// <summary>The seed.</summary>
    public int Seed(ParseResult parsed) => parsed.GetValue(seed);

    /// <summary>Whether JSON is printed instead of tables.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(json);

    /// <summary>Claims the folder before any work.</summary>
    public RunFolder Reserve(ParseResult parsed, string name) =>
        parsed.GetValue(folder) is { } path ? RunFolder.Reserve(path, parsed.GetValue(force)) : RunFolder.ReserveFree(name);

    /// <summary>Says where the page of a run is, and opens it when asked to.</summary>
    public void Shown(ParseResult parsed, Terminal terminal, string path) => report.WrittenInto(parsed, terminal, path);

    /// <summary>Makes sure the result can be written, before any work.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="name">Names the folder when the user does not.</param>
    public RecordedRun Begin(ParseResult parsed, string name) =>
        new(Reserve(parsed, name), parsed.GetValue(json), (terminal, path) => Shown(parsed, terminal, path));
}

/// <summary>A training run from its options to its folder and its tables. The clock starts when it is made.</summary>
/// <param name="folder">Where it goes.</param>
/// <param name="asJson">Whether metrics.json is printed instead of tables.</param>
/// <param name="written">Told the folder when it is there.</param>
internal sealed class RecordedRun(RunFolder folder, bool asJson, Action<Terminal, string> written) : IDisposable
{
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>Trains, and publishes the run unless device and desktop disagree.</summary>
    /// <returns>The exit code.</returns>
    public int Execute(TrainingOptions options, Terminal terminal, CancellationToken cancellation)
    {
        var result = ProgressDisplay.Run(terminal, progress => TrainingRun.Execute(options, progress, cancellation));
        cancellation.ThrowIfCancellationRequested();
        var measured = ProgressDisplay.Run(terminal, progress => ModelMeasurements.Of(result, progress, cancellation));
        var metrics = MetricsFile.Of(result, measured) with { FilesRead = [.. options.Data.SelectMany(DataTables.ReadAlike)] };
        Print(result, metrics, terminal);
        var exitCode = ParityVerdict.Tell(terminal, result.Parity);
        if (exitCode != 0)
        {
            return exitCode;
        }

        folder.Publish(RunFiles.Of(result, metrics));
        terminal.Say($"Wrote {folder.Path} in {clock.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", RunFolder.FileNames)}.");
        written(terminal, folder.Path);
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    /// <summary>Where the run was written.</summary>
    public string Path => folder.Path;

    private void Print(TrainingResult result, TrainingMetrics metrics, Terminal terminal)
    {
        if (asJson)
        {
            terminal.Out.Write(ReportJson.Format(metrics));
        }
        else
        {
            TableWriter.Write(terminal, [.. DataTables.Read(metrics.FilesRead), .. TrainingTables.Of(result)]);
            terminal.Out.WriteLine(ParityTables.Line(result.Parity));
        }

        foreach (var note in result.Notes)
        {
            terminal.Say("note: " + note);
        }
    }
}
