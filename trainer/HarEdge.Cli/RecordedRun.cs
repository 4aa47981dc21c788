using System.Diagnostics;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Training;

namespace HarEdge.Cli;

/// <summary>A training run from its options to its folder and its tables. The clock starts when it is made.</summary>
internal sealed class RecordedRun(RunFolder folder, bool asJson) : IDisposable
{
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>Trains, and publishes the run unless device and desktop disagree.</summary>
    /// <returns>The exit code.</returns>
    public int Execute(TrainingOptions options, Terminal terminal, CancellationToken cancellation)
    {
        var result = ProgressDisplay.Run(terminal, progress => TrainingRun.Execute(options, progress, cancellation));
        cancellation.ThrowIfCancellationRequested();
        var metrics = MetricsFile.Of(result, clock.Elapsed.TotalSeconds);
        Print(result, metrics, terminal);
        var exitCode = ParityVerdict.Tell(terminal, result.Parity);
        if (exitCode != 0)
        {
            return exitCode;
        }

        folder.Publish(RunFiles.Of(result, metrics));
        terminal.Say($"Wrote {folder.Path} in {metrics.ElapsedSeconds:0.0} s: {string.Join(", ", RunFolder.FileNames)}.");
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
            TableWriter.Write(terminal, TrainingTables.Of(result));
            terminal.Out.WriteLine(ParityTables.Line(result.Parity));
        }

        foreach (var note in result.Notes)
        {
            terminal.Say("note: " + note);
        }
    }
}
