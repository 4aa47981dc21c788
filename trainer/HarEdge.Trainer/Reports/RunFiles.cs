using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Reports;

/// <summary>The content of a run folder.</summary>
internal static class RunFiles
{
    /// <summary>File names and their text; all but the elapsed time in metrics.json is the same for the same run.</summary>
    public static IReadOnlyDictionary<string, string> Of(TrainingResult result, TrainingMetrics metrics) => new Dictionary<string, string>
    {
        [RunFolder.ModelFileName] = ModelFile.Format(result.Model),
        [RunFolder.MetricsFileName] = ReportJson.Format(metrics),
        [RunFolder.ModelSourceFileName] = result.ModelSource,
        [RunFolder.KnownAnswersFileName] = result.KnownAnswersSource,
        [RunFolder.LogFileName] = Log(result),
    };

    private static string Log(TrainingResult result) => string.Join('\n',
    [
        .. result.Log,
        .. result.Notes.Select(note => "note: " + note),
        "",
        .. TrainingTables.Of(result).Select(table => table.ToMarkdown()),
        ParityTables.Line(result.Parity),
        "",
    ]);
}
