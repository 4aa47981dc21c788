using HarEdge.Trainer.Experiments;

namespace HarEdge.Trainer.Reports;

/// <summary>The folder of a search: its log, and what it found so far as table, JSON and pictures.</summary>
internal static class SearchFiles
{
    /// <summary>Every trial, one line each.</summary>
    public const string TrialsFileName = "trials.jsonl";

    /// <summary>The front and the profiles' best, for people.</summary>
    public const string TablesFileName = "front.md";

    /// <summary>The front, for programs.</summary>
    public const string FrontFileName = "front.json";

    /// <summary>Accuracy against instructions.</summary>
    public const string InstructionsPlotFileName = "front-instructions.png";

    /// <summary>Accuracy against bytes.</summary>
    public const string BytesPlotFileName = "front-bytes.png";

    /// <summary>The front as JSON.</summary>
    public static string FrontOf(IReadOnlyList<Trial> trials, string subject) => ReportJson.Format(new
    {
        subject,
        front = ParetoFront.Of(trials).Select(trial => new { trial.Number, trial.Accuracy, trial.Instructions, trial.Bytes, point = SearchPoint.Of(trial.Values) }),
    });

    /// <summary>Writes everything but the log, whole files only.</summary>
    /// <param name="folder">The search's folder.</param>
    /// <param name="trials">Trials so far.</param>
    /// <param name="subject">What was searched on.</param>
    public static void Write(string folder, IReadOnlyList<Trial> trials, string subject)
    {
        WholeFiles.Write(folder, new Dictionary<string, string>
        {
            [TablesFileName] = string.Join("\n", SearchTables.Of(trials, subject).Select(table => table.ToMarkdown())),
            [FrontFileName] = FrontOf(trials, subject),
        });
        if (trials.Any(trial => trial.IsComplete))
        {
            WholeFiles.Write(folder, InstructionsPlotFileName, FrontPlot.OfInstructions(trials, "Students found by search"));
            WholeFiles.Write(folder, BytesPlotFileName, FrontPlot.OfBytes(trials, "Students found by search"));
        }
    }
}
