using HarEdge.Core;
using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Web;

/// <summary>
/// Scores do not travel on the wire. In recording mode the raw samples do, and the trainer's model makes features and scores of them; the CRCs
/// in the device's decisions show that the device had the very same.
/// </summary>
/// <param name="models">
/// The trainer's models; the banner says which of them the device carries. Before it, only a single one is taken for the device's: the user has
/// named it.
/// </param>
/// <param name="link">Of the reader the records come from.</param>
internal sealed class ScoreWatch(IReadOnlyList<FixedPointModel> models, LinkStatistics link)
{
    private LiveComparison? live;

    /// <summary>Receives every decision of the device once, in order, while a model is known.</summary>
    public event Action<JudgedDecision>? Judged;

    /// <summary>The model the device carries; null when it is none of ours, or not known yet.</summary>
    public FixedPointModel? Model { get; private set; }

    /// <summary>Windows compared bit for bit.</summary>
    public int Windows => live?.Windows ?? 0;

    /// <summary>Of them, those that differ.</summary>
    public int Divergences => live?.Divergences ?? 0;

    /// <summary>The first that differs, in words; null as long as none does.</summary>
    public string? First => Model is null ? null : live?.First?.Describe(Model.Classes);

    /// <summary>Device and desktop do not agree; null as long as they do.</summary>
    public SnapshotAlarm? Alarm => First is null ? null : new SnapshotAlarm(
        $"{Divergences} of {Windows} windows differ between device and desktop.", "haredge compare with the device's port shows where.");

    /// <summary>Takes the next record, after the watch has.</summary>
    public void Take(TelemetryRecord record, DeviceWatch watch)
    {
        var carried = watch.Banner is { } banner ? models.FirstOrDefault(known => known.Id == banner.Model) : models.Count == 1 ? models[0] : null;
        if (carried != Model)
        {
            Model = carried;
            live = carried is null ? null : new LiveComparison(carried, link);
            if (live is not null)
            {
                live.Judged += judged => Judged?.Invoke(judged);
            }
        }

        live?.Take(record);
    }

    /// <summary>The scores of a window's answer.</summary>
    public static IReadOnlyList<SnapshotScore> ScoresOf(FixedPointModel model, IReadOnlyList<int> scores)
    {
        var best = scores.Max();
        var likelihoods = scores.Select(score => score == Classifier.NotScored ? 0 : Math.Exp((double)(score - best) / Classifier.ScoreOne)).ToList();
        var total = likelihoods.Sum();
        return
        [
            .. model.Classes.Select((name, c) => new SnapshotScore(
                name,
                c,
                scores[c] == Classifier.NotScored ? null : Math.Round((double)(scores[c] - best) / Classifier.ScoreOne, 2),
                Math.Round(100 * likelihoods[c] / total, 1))),
        ];
    }
}
