using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Evaluation;

/// <summary>Collects the windows of a <see cref="ModelTrial"/>.</summary>
internal sealed class TrialTally(IReadOnlyList<string> classes, double leastLabelShare)
{
    // Lower ends of the confidence bands; calibrated models rarely say less than one half.
    private static readonly int[] BandStarts = [0, 50, 60, 70, 80, 90, 95];

    private readonly List<int> labels = [];
    private readonly List<int> predictions = [];
    private readonly List<int> decisions = [];
    private readonly List<int> confidence = [];
    private readonly List<string> subjects = [];
    private readonly SortedDictionary<string, ForeignActivity> foreign = new(StringComparer.Ordinal);
    private int withoutOneLabel;

    /// <summary>The trial; null when no window could be scored.</summary>
    public ModelTrial? Result => labels.Count == 0 ? null : new ModelTrial
    {
        Windows = ClassificationScores.Of(classes, labels, predictions, subjects),
        Decisions = DecidedScores(),
        UnknownOfScored = decisions.Count(decision => decision == Classifier.Unknown),
        Confidence = [.. Bands()],
        NotScored = foreign,
        WindowsWithoutOneLabel = withoutOneLabel,
    };

    /// <summary>Takes in one window.</summary>
    public void Add(DataSet set, Recording recording, int windowSamples, WindowAnswer window)
    {
        var labelled = WindowLabel.Of(recording.Labels.AsSpan(window.StartSample, windowSamples), leastLabelShare);
        if (labelled < 0)
        {
            withoutOneLabel++;
            return;
        }

        var name = set.Classes[labelled];
        var label = Index(name);
        if (label < 0)
        {
            var sofar = foreign.GetValueOrDefault(name, new ForeignActivity(0, 0));
            foreign[name] = new ForeignActivity(sofar.Windows + 1, sofar.CalledUnknown + (window.Decision == Classifier.Unknown ? 1 : 0));
            return;
        }

        labels.Add(label);
        predictions.Add(window.WindowClass);
        decisions.Add(window.Decision);
        confidence.Add(window.ConfidencePercent);
        subjects.Add(recording.DataSet + "/" + recording.Subject);
    }

    private int Index(string name)
    {
        for (var i = 0; i < classes.Count; i++)
        {
            if (classes[i] == name)
            {
                return i;
            }
        }

        return -1;
    }

    private ClassificationScores DecidedScores()
    {
        var decided = Enumerable.Range(0, labels.Count).Where(i => decisions[i] != Classifier.Unknown).ToList();
        return ClassificationScores.Of(
            classes, [.. decided.Select(i => labels[i])], [.. decided.Select(i => decisions[i])], [.. decided.Select(i => subjects[i])]);
    }

    private IEnumerable<ConfidenceBand> Bands()
    {
        for (var band = 0; band < BandStarts.Length; band++)
        {
            var from = BandStarts[band];
            var to = band + 1 < BandStarts.Length ? BandStarts[band + 1] - 1 : 100;
            var inside = Enumerable.Range(0, labels.Count).Where(i => confidence[i] >= from && confidence[i] <= to).ToList();
            if (inside.Count > 0)
            {
                yield return new ConfidenceBand(from, to, inside.Count, inside.Count(i => labels[i] == predictions[i]));
            }
        }
    }
}
