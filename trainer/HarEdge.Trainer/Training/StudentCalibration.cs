using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Training;

/// <summary>
/// What a distilled model gets besides its scores, all chosen on training people by answers of students that never saw them: how
/// sure a margin is, which windows are unknown or not answered, and the temporal filter.
/// </summary>
internal static class StudentCalibration
{
    /// <summary>The model with its confidence tables, unknown rule, least margins and temporal filter.</summary>
    /// <param name="model">The student, distilled from all training people.</param>
    /// <param name="trial">Its answers to windows of training people, each by a student that never saw the person.</param>
    /// <param name="recordings">Of the training people.</param>
    /// <param name="windows">Their windows.</param>
    /// <param name="coverage">Share of windows to answer, 1 for all.</param>
    /// <param name="log">Receives what was measured and chosen.</param>
    internal static FixedPointModel Of(
        FixedPointModel model, StudentCrossValidation trial, IReadOnlyList<Recording> recordings, TrainingWindows windows, double coverage, TrainingLog log)
    {
        var device = windows.Device;
        var labelled = Enumerable.Range(0, device.Rows).Where(row => device.Labels[row] >= 0).ToList();
        var stages = model.Stages.Select((stage, index) => stage with
        {
            Confidence = ConfidenceTable.Of(labelled
                .Where(row => trial.Answers[row].Stage == index)
                .Select(row => (trial.Answers[row].Margin, trial.Answers[row].WindowClass == device.Labels[row]))),
        });
        var limited = UnknownLimits.AddTo(model with { Stages = [.. stages] }, device, windows.IsOutOfClass, windows.Layout);
        var margins = AbstentionMargins.Of(limited.Stages, [.. labelled.Select(row => (trial.Answers[row].Stage, trial.Answers[row].Margin))], coverage);
        limited = limited with { Unknown = limited.Unknown with { LeastMarginOfStage = margins } };
        var evaluator = new ModelEvaluator(limited, windows.Layout);
        bool[] isKnown = [.. Enumerable.Range(0, device.Rows).Select(row => evaluator.Evaluate(device.Row(row)).IsKnown)];
        log.Add($"unknown rule on training people: {Share(isKnown, row => device.Labels[row] >= 0):P2} of known windows rejected, "
            + $"{Share(isKnown, row => windows.IsOutOfClass[row]):P2} of those known to be none of the classes");
        if (coverage < 1)
        {
            var answered = labelled.Where(row => trial.Answers[row].Margin >= margins[trial.Answers[row].Stage]).ToList();
            log.Add($"answers the {(double)answered.Count / labelled.Count:P1} of training people's windows it is surest of, and is correct in "
                + $"{answered.Average(row => trial.Answers[row].WindowClass == device.Labels[row] ? 1.0 : 0.0):P2} of them; "
                + $"least margins {string.Join(", ", margins)}");
        }

        var filter = FilterTuning.Choose(recordings, device, windows.LeastLabelShare, trial.Answers, isKnown, limited);
        foreach (var tried in filter.Tried)
        {
            log.Add(FormattableString.Invariant(
                $"temporal filter of strength {tried.Strength}, training people: {tried.Trial.Decided.Accuracy:P2} of windows, ")
                + FormattableString.Invariant($"{tried.Trial.DecidedChangesPerMinute:F2} changes a minute, {tried.Trial.AddedDelaySeconds:F2} s later")
                + (tried == filter.Chosen ? "; chosen" : ""));
        }

        return limited with { Transitions = filter.Chosen.Transitions };

        static double Share(bool[] isKnown, Func<int, bool> counts) =>
            Enumerable.Range(0, isKnown.Length).Where(counts).Select(row => isKnown[row] ? 0.0 : 1.0).DefaultIfEmpty(0).Average();
    }
}

/// <summary>
/// Chooses how strongly the temporal filter trusts the past, on training people and models that never saw them. Weak filters
/// flicker, strong ones answer late: of all strengths that are about as accurate as the best and notice a change in time, the one
/// that changes its mind least is taken.
/// </summary>
internal static class FilterTuning
{
    /// <summary>
    /// Seconds by which unknown rule and filter together may delay a change on average, where any filter keeps to it: three quarters of the
    /// 0.6 s promised, because people never seen are less clear than the training people it is chosen on.
    /// </summary>
    public const double MostAddedDelaySeconds = 0.45;

    // From no filter to one that gives way only to lasting evidence.
    private static readonly double[] Strengths = [0, 0.5, 0.75, 1, 1.25, 1.5, 2, 4, 8];

    // Accuracies this close are the same: two windows in a thousand.
    private const double Alike = 0.002;

    /// <summary>The chosen strength with its table, and what each strength does.</summary>
    /// <param name="recordings">The recordings of <paramref name="windows"/>; their labels are classes, or negative.</param>
    /// <param name="windows">The device's windows in order of time within each recording, unlabelled ones included.</param>
    /// <param name="leastLabelShare">See <see cref="WindowLabel"/>.</param>
    /// <param name="answers">What a model without their wearer says.</param>
    /// <param name="isKnown">For each window what the unknown rule says.</param>
    /// <param name="model">Any model of the same classes and window.</param>
    public static TunedFilter Choose(
        IReadOnlyList<Recording> recordings, WindowTable windows, double leastLabelShare, WindowEvaluation[] answers, bool[] isKnown, FixedPointModel model)
    {
        var runs = RunsOf(windows, model.Signal.HopSamples);
        var tried = Strengths.Select(strength =>
        {
            var table = TransitionTable.Learn(
                runs.Select(run => run.Select(row => windows.Labels[row]).ToList()), windows.Classes.Count, strength);
            var tally = new FilterTally(model.Signal.WindowSamples, model.Signal.HopSamples);
            var filter = new DecisionFilter(new InterpretedClassifier(model with { Transitions = table }));
            foreach (var recording in runs.GroupBy(run => windows.RecordingOfRow[run[0]]))
            {
                tally.Add(recordings[recording.Key].Labels, [.. recording.SelectMany(run => Decide(filter, run, windows, answers, isKnown))], leastLabelShare);
            }

            return new FilterStrength(strength, table, tally.Result);
        }).ToList();
        var most = tried.Max(filter => filter.Trial.Decided.Accuracy);
        var good = tried.Where(filter => filter.Trial.Decided.Accuracy >= most - Alike).ToList();
        var chosen = good.Where(filter => !(filter.Trial.AddedDelaySeconds > MostAddedDelaySeconds)).MinBy(filter => filter.Trial.Decided.Changes)
            ?? good.MinBy(filter => filter.Trial.AddedDelaySeconds)!;
        return new TunedFilter(chosen, tried);
    }

    private static IEnumerable<WindowAnswer> Decide(
        DecisionFilter filter, List<int> run, WindowTable windows, WindowEvaluation[] answers, bool[] isKnown)
    {
        filter.Restart();
        foreach (var row in run)
        {
            var said = answers[row];
            var decision = filter.Update(said.Scores, isKnown[row]);
            yield return new WindowAnswer(windows.StartSample[row], said.Features, said.Scores, said.Stage, said.WindowClass, said.ConfidencePercent, decision);
        }
    }

    // Windows that follow each other by exactly a hop.
    private static List<List<int>> RunsOf(WindowTable windows, int hopSamples)
    {
        var runs = new List<List<int>>();
        for (var row = 0; row < windows.Rows; row++)
        {
            var follows = row > 0
                && windows.RecordingOfRow[row] == windows.RecordingOfRow[row - 1]
                && windows.StartSample[row] == windows.StartSample[row - 1] + hopSamples;
            if (!follows)
            {
                runs.Add([]);
            }

            runs[^1].Add(row);
        }

        return runs;
    }
}

/// <summary>A temporal filter and its rivals, as they do on the continuous recordings of training people.</summary>
/// <param name="Chosen">What was taken.</param>
/// <param name="Tried">Every strength, from none upwards: the trade-off.</param>
internal sealed record TunedFilter(FilterStrength Chosen, IReadOnlyList<FilterStrength> Tried);

/// <summary>A filter of one strength.</summary>
/// <param name="Strength">Factor on the logarithms of the table; 0 is no filter.</param>
/// <param name="Transitions">Its table.</param>
/// <param name="Trial">What it does on training people, unknown rule included.</param>
internal sealed record FilterStrength(double Strength, int[][] Transitions, FilterTrial Trial);

/// <summary>
/// How often a stage is correct at a margin, learned from windows of people the model did not train on: bins of margins,
/// small ones where margins are small, made monotone by pooling adjacent violators.
/// </summary>
internal static class ConfidenceTable
{
    private const int MostSteps = 8;
    private const int FewestWindows = 40;

    /// <summary>Steps for a stage; a single step with the overall share where there are too few windows for more.</summary>
    /// <param name="answers">For each window the margin and whether the best class was right.</param>
    public static IReadOnlyList<ConfidenceStep> Of(IEnumerable<(int Margin, bool IsRight)> answers)
    {
        var sorted = answers.OrderBy(answer => answer.Margin).ToList();
        if (sorted.Count == 0)
        {
            return [new ConfidenceStep(0, 0)];
        }

        var bins = Math.Clamp(sorted.Count / FewestWindows, 1, MostSteps);
        var pools = new List<Pool>();
        for (var bin = 0; bin < bins; bin++)
        {
            // Errors crowd at small margins: each bin has twice the windows of the one before, so that low margins are distinguished finely.
            var from = pools.Count == 0 ? 0 : pools[^1].End;
            var end = bin == bins - 1 ? sorted.Count : Cut(sorted, from + (Math.Max(FewestWindows, sorted.Count >> bins) << bin));
            if (end <= from)
            {
                break;
            }

            pools.Add(new Pool(end, sorted[end - 1].Margin, end - from, sorted.Skip(from).Take(end - from).Count(answer => answer.IsRight)));
            while (pools.Count > 1 && pools[^1].Share < pools[^2].Share)
            {
                var (last, before) = (pools[^1], pools[^2]);
                pools.RemoveRange(pools.Count - 2, 2);
                pools.Add(new Pool(last.End, last.Margin, last.Windows + before.Windows, last.Right + before.Right));
            }

            if (end == sorted.Count)
            {
                break;
            }
        }

        return [.. pools.Select(pool => new ConfidenceStep(pool.Margin, (int)Math.Round(100 * pool.Share)))];
    }

    // Windows of the same margin belong to the same bin.
    private static int Cut(List<(int Margin, bool IsRight)> sorted, int at)
    {
        at = Math.Min(at, sorted.Count);
        while (at < sorted.Count && sorted[at].Margin == sorted[at - 1].Margin)
        {
            at++;
        }

        return at;
    }

    private readonly record struct Pool(int End, int Margin, int Windows, int Right)
    {
        public double Share => (double)Right / Windows;
    }
}

/// <summary>Log probabilities of moving from one activity to another between windows, learned from labelled sequences.</summary>
internal static class TransitionTable
{
    // Counts added to every cell, so that no change is impossible.
    private const double Smoothing = 0.5;

    /// <summary>Learns a class × class table in score steps.</summary>
    /// <param name="sequences">Classes of windows in order of time, −1 where unlabelled; one sequence a run.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="strength">
    /// Factor on the logarithms: 1 takes the windows' scores at their word, more makes up for scores that are too sure of
    /// themselves or count the same samples twice, 0 switches the filter off.
    /// </param>
    public static int[][] Learn(IEnumerable<IReadOnlyList<int>> sequences, int classes, double strength)
    {
        var counts = Enumerable.Range(0, classes).Select(_ => Enumerable.Repeat(Smoothing, classes).ToArray()).ToArray();
        foreach (var sequence in sequences)
        {
            // Unlabelled windows between two activities are the change itself: from the last label to the next is one step.
            var last = -1;
            foreach (var label in sequence.Where(label => label >= 0))
            {
                if (last >= 0)
                {
                    counts[last][label]++;
                }

                last = label;
            }
        }

        return [.. counts.Select(row => Array.ConvertAll(
            row, count => Math.Max(DecisionFilter.Floor, (int)Math.Round(strength * Classifier.ScoreOne * Math.Log(count / row.Sum())))))];
    }
}
