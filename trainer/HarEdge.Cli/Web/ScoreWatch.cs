using HarEdge.Core;
using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Watching;

namespace HarEdge.Cli.Web;

/// <summary>
/// Scores do not travel on the wire. In recording mode the raw samples do, and the trainer's model makes the scores of them; the CRCs in
/// the device's decisions show that the device had the very same.
/// </summary>
/// <param name="models">The trainer's models; a device with another one gets no scores. Until the banner tells which it is, it counts as the first.</param>
/// <param name="link">Of the reader the records come from.</param>
internal sealed class ScoreWatch(IReadOnlyList<FixedPointModel> models, LinkStatistics link)
{
    private FixedPointModel model = models[0];
    private LiveComparison live = new(models[0], link);
    private bool isOther;

    /// <summary>Takes the next record, after the watch has.</summary>
    public void Take(TelemetryRecord record, DeviceWatch watch)
    {
        var carried = watch.Banner is { } banner ? models.FirstOrDefault(known => known.Id == banner.Model) : model;
        if (carried is not null && (isOther || carried != model))
        {
            model = carried;
            live = new LiveComparison(model, link);
        }

        isOther = carried is null;
        if (isOther)
        {
            return;
        }

        live.Take(record);
    }

    /// <summary>Device and desktop do not agree; null as long as they do.</summary>
    public PictureAlarm? Alarm => live.First is null || isOther
        ? null
        : new PictureAlarm($"{live.Divergences} of {live.Windows} windows differ between device and desktop.", "haredge compare with the device's port tells where.");

    /// <summary>The scores of the last window; null without raw samples, or when the device has another model.</summary>
    public PictureScores? Picture()
    {
        var scores = live.LastScores;
        if (scores.Count == 0 || isOther)
        {
            return null;
        }

        var best = scores.Max();
        var likelihoods = scores.Select(score => score == Classifier.NotScored ? 0 : Math.Exp((double)(score - best) / Classifier.ScoreOne)).ToList();
        var total = likelihoods.Sum();
        return new PictureScores(
            [
                .. model.Classes.Select((name, c) => new PictureScore(
                    name,
                    c,
                    scores[c] == Classifier.NotScored ? null : Math.Round((double)(scores[c] - best) / Classifier.ScoreOne, 2),
                    Math.Round(100 * likelihoods[c] / total, 1))),
            ],
            live.Windows,
            live.Divergences);
    }
}
