using HarEdge.Trainer.Tables;
using HarEdge.Trainer.Learning.Learners;

namespace HarEdge.Trainer.Exploration;

/// <summary>How much a group of features matters, over many forests of other people and other seeds.</summary>
/// <param name="Feature">The group's first feature.</param>
/// <param name="Members">All of them.</param>
/// <param name="Gain">Mean share of all decreases of impurity.</param>
/// <param name="Loss">Mean loss of accuracy on people not learned from when the group's values are shuffled; null where it was never among those shuffled.</param>
/// <param name="RankLow">5th percentile of its rank by gain.</param>
/// <param name="RankMedian">Median rank.</param>
/// <param name="RankHigh">95th percentile.</param>
/// <param name="Frequency">Share of the runs in which it was among the selected.</param>
/// <param name="Singles">The members' own ranks among all features, where there are several.</param>
internal sealed record GroupImportance(
    string Feature, IReadOnlyList<string> Members, double Gain, double? Loss, double RankLow, double RankMedian, double RankHigh, double Frequency, IReadOnlyList<SingleRank> Singles)
{
    /// <summary>Whether the intervals of all members have a rank in common: which of them comes first is chance.</summary>
    public bool IsInterchangeable => Singles.Count > 1 && Singles.Max(single => single.Low) <= Singles.Min(single => single.High);
}

/// <summary>A feature's own rank over the runs: 5th percentile, median, 95th; and the mean loss of accuracy when it alone is shuffled, null where that was not tried.</summary>
internal sealed record SingleRank(string Feature, double Low, double Median, double High, double? Loss);

/// <summary>
/// Importance that says how sure it is. Complementary halves of the people, drawn again and again, each with a seed of its own (Shah and Samworth, JRSS B 75, 2013):
/// a forest learns from one half, the other half judges what shuffling a group costs. The groups selected in most runs are the consensus, with the bound of
/// stability selection on those selected in error (Meinshausen and Bühlmann, JRSS B 72, 2010).
/// </summary>
internal sealed record ImportanceStudy
{
    /// <summary>Share of runs that makes a group one of the consensus.</summary>
    public const double Threshold = 0.75;

    /// <summary>Groups of the consensus that may be expected to be there in error.</summary>
    public const double AllowedErrors = 1;

    private const int Pairs = 15;
    private const int Trees = 50;
    private const int PlainTrees = 100;
    private const int PlainSeeds = 5;
    private const int MostLearned = 1500;
    private const int MostJudged = 600;
    private const int MostShuffled = 30;
    private const int MostSelected = 10;

    // Shuffling single features of the first groups, in every third run: enough to see that one alone costs nothing.
    private const int MostSingles = 8;
    private const int SinglesEvery = 3;

    /// <summary>Runs made.</summary>
    public required int Runs { get; init; }

    /// <summary>Groups selected in a run: as many as the bound on errors allows, ten at most.</summary>
    public required int Selected { get; init; }

    /// <summary>What was halved: people, or blocks of rows.</summary>
    public required string Halved { get; init; }

    /// <summary>Groups, the most selected first.</summary>
    public required IReadOnlyList<GroupImportance> Groups { get; init; }

    /// <summary>Nogueira's stability of the selections over the runs: 1 always the same, 0 as by chance.</summary>
    public required double Stability { get; init; }

    /// <summary>Groups of the consensus.</summary>
    public required IReadOnlyList<string> Consensus { get; init; }

    /// <summary>At most so many of the consensus are expected to be there in error.</summary>
    public required double ErrorBound { get; init; }

    /// <summary>Share of the consensus of half of the runs that is in that of the other half, of the larger set.</summary>
    public required double HalvesAgree { get; init; }

    /// <summary>What a notebook does: the first features of a plain forest of all rows, once for each of five seeds.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> PlainRankings { get; init; }

    /// <summary>Nogueira's stability of these.</summary>
    public required double PlainStability { get; init; }

    /// <summary>The same for groups, each ranking of a fifth of the runs.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> GroupRankings { get; init; }

    /// <summary>Nogueira's stability of these.</summary>
    public required double GroupStability { get; init; }

    /// <summary>Runs it.</summary>
    /// <param name="table">Rows that all have labels.</param>
    /// <param name="groups">Columns by group, the leader first.</param>
    /// <param name="seed">Seed of halves, forests and shuffles.</param>
    /// <param name="progress">Receives the share of runs done.</param>
    /// <param name="cancellation">Checked between runs.</param>
    public static ImportanceStudy Run(FeatureTable table, List<List<int>> groups, int seed, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var units = table.GroupOfRow is { } people && people.Distinct().Count() >= 4 ? people : [.. TableFolds.Of(table.With(table.Columns, table.Values, [.. Enumerable.Range(0, table.Rows)]), 20, seed).FoldOfRow];
        var runs = new List<ImportanceOfRun>();
        for (var pair = 0; pair < Pairs; pair++)
        {
            var random = new Random(unchecked((seed * 7919) + pair));
            var order = units.Distinct().Order().Select(unit => (unit, Key: random.Next())).OrderBy(unit => unit.Key).Select(unit => unit.unit).ToList();
            var half = order.Take(order.Count / 2).ToHashSet();
            foreach (var first in new[] { true, false })
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new StepProgress("importance", (double)runs.Count / (2 * Pairs), $"run {runs.Count + 1} of {2 * Pairs}"));
                runs.Add(Once(
                    table, groups, [.. units.Select(unit => half.Contains(unit) == first)], unchecked((seed * 104729) + runs.Count), runs.Count % SinglesEvery == 0 ? MostSelected : 0, cancellation));
            }
        }

        var plain = Enumerable.Range(0, PlainSeeds).Select(i => Plain(table, seed + i, cancellation)).ToList();
        return Summarized(table, groups, runs, plain) with { Halved = units == table.GroupOfRow ? "people" : "blocks of neighbouring rows" };
    }

    /// <summary>
    /// Stability of selections (Nogueira, Sechidis, Brown, JMLR 18, 2018): 1 less the mean variance of being selected over that of selections by chance of the same size.
    /// </summary>
    /// <param name="selections">Each a set of numbers below <paramref name="of"/>.</param>
    /// <param name="of">Number of things to select from.</param>
    public static double StabilityOf(IReadOnlyList<IReadOnlyCollection<int>> selections, int of)
    {
        double runs = selections.Count;
        var mean = selections.Average(selection => selection.Count) / of;
        var variance = Enumerable.Range(0, of).Average(item =>
        {
            var share = selections.Count(selection => selection.Contains(item)) / runs;
            return runs / (runs - 1) * share * (1 - share);
        });
        return mean is 0 or 1 ? 1 : 1 - (variance / (mean * (1 - mean)));
    }

    private static ImportanceOfRun Once(FeatureTable table, List<List<int>> groups, bool[] isLearned, int seed, int singlesOf, CancellationToken cancellation)
    {
        var learned = Sample(table, [.. Enumerable.Range(0, table.Rows).Where(row => isLearned[row])], MostLearned, seed);
        var judged = Sample(table, [.. Enumerable.Range(0, table.Rows).Where(row => !isLearned[row])], MostJudged, seed);
        using var forest = (ForestModel)new ForestLearner(isExtra: false, Trees).Learn(
            RowSample.PickColumns(table.Values, learned), RowSample.Pick(table.Labels, learned), table.Classes.Count, seed, cancellation);
        double[] gain = [.. groups.Select(group => group.Sum(column => forest.Importance[column]))];
        var loss = new double?[groups.Count];
        Dictionary<int, double> singles = [];
        var place = 0;
        var columns = RowSample.PickColumns(table.Values, judged);
        var labels = RowSample.Pick(table.Labels, judged);
        var errors = forest.Score(columns).Errors(labels);
        var random = new Random(seed);
        int[] shuffled = [.. Enumerable.Range(0, judged.Length)];
        foreach (var group in Enumerable.Range(0, groups.Count).OrderByDescending(group => gain[group]).Take(MostShuffled))
        {
            random.Shuffle(shuffled);
            loss[group] = Loss(groups[group]);
            foreach (var column in groups[group].Count > 1 && place++ < singlesOf ? groups[group].Take(MostSingles) : [])
            {
                singles[column] = Loss([column]);
            }
        }

        return new ImportanceOfRun(gain, loss, RanksOf(forest.Importance), singles);

        double Loss(List<int> of)
        {
            var mixed = (float[][])columns.Clone();
            foreach (var column in of)
            {
                mixed[column] = RowSample.Pick(columns[column], shuffled);
            }

            return (double)(forest.Score(mixed).Errors(labels) - errors) / judged.Length;
        }
    }

    private static double[] Plain(FeatureTable table, int seed, CancellationToken cancellation)
    {
        var rows = Sample(table, [.. Enumerable.Range(0, table.Rows)], MostLearned, 0);
        using var forest = (ForestModel)new ForestLearner(isExtra: false, PlainTrees).Learn(
            RowSample.PickColumns(table.Values, rows), RowSample.Pick(table.Labels, rows), table.Classes.Count, seed, cancellation);
        return forest.Importance;
    }

    private static int[] Sample(FeatureTable table, int[] rows, int most, int seed) =>
        RowSample.Pick(rows, RowSample.Of(RowSample.Pick(table.Labels, rows), table.Classes.Count, most, seed));

    private static ImportanceStudy Summarized(FeatureTable table, List<List<int>> groups, List<ImportanceOfRun> runs, List<double[]> plain)
    {
        var ranks = runs.Select(run => RanksOf(run.Gain)).ToList();

        // E[V] ≤ q² / ((2π − 1) p), turned round.
        var most = Math.Clamp((int)Math.Sqrt(AllowedErrors * ((2 * Threshold) - 1) * groups.Count), 1, MostSelected);
        var q = CutAtGap([.. Enumerable.Range(0, groups.Count).Select(group => runs.Average(run => run.Gain[group])).OrderDescending()], most);
        string NameOf(int group) => table.Columns[groups[group][0]].Name;

        // Among the first, and worth something to people not learned from.
        var selections = runs.Select((run, i) => (IReadOnlyCollection<int>)Enumerable.Range(0, groups.Count).Where(group => ranks[i][group] < q && run.Loss[group] > 0).ToHashSet()).ToList();
        List<int> Chosen(IEnumerable<IReadOnlyCollection<int>> of) =>
            [.. Enumerable.Range(0, groups.Count).Where(group => of.Average(selection => selection.Contains(group) ? 1.0 : 0) >= Threshold)];
        var even = Chosen(selections.Where((_, i) => i / 2 % 2 == 0));
        var odd = Chosen(selections.Where((_, i) => i / 2 % 2 == 1));
        var batches = runs.Chunk(runs.Count / PlainSeeds).Select(batch => TopOf([.. Enumerable.Range(0, groups.Count).Select(group => batch.Average(run => run.Gain[group]))], q)).ToList();
        var tops = plain.Select(gain => TopOf(gain, q)).ToList();
        return new ImportanceStudy
        {
            Runs = runs.Count,
            Selected = q,
            Halved = "",
            Groups =
            [
                .. Enumerable.Range(0, groups.Count).Select(group => OfGroup(table, group, groups[group], runs, ranks, selections))
                    .OrderByDescending(group => group.Frequency).ThenByDescending(group => group.Gain),
            ],
            Stability = StabilityOf(selections, groups.Count),
            Consensus = [.. Chosen(selections).OrderBy(group => ranks.Average(rank => rank[group])).Select(NameOf)],
            ErrorBound = q * q / ((2 * Threshold) - 1) / groups.Count,
            HalvesAgree = Math.Max(even.Count, odd.Count) == 0 ? 1 : (double)even.Intersect(odd).Count() / Math.Max(even.Count, odd.Count),
            PlainRankings = [.. tops.Select(top => top.Select(column => table.Columns[column].Name).ToList())],
            PlainStability = StabilityOf([.. tops.Select(top => (IReadOnlyCollection<int>)top)], table.Columns.Count),
            GroupRankings = [.. batches.Select(top => top.Select(NameOf).ToList())],
            GroupStability = StabilityOf([.. batches.Select(top => (IReadOnlyCollection<int>)top)], groups.Count),
        };
    }

    // Between two thirds of what the bound allows and all of it, where gain falls most: a cut through equals would select another of them in every run.
    private static int CutAtGap(double[] gains, int most) => Enumerable.Range(((2 * most) + 2) / 3, most - (((2 * most) + 2) / 3) + 1)
        .MaxBy(q => q < gains.Length ? gains[q - 1] / Math.Max(gains[q], 1e-9) : double.PositiveInfinity);

    private static GroupImportance OfGroup(
        FeatureTable table, int group, List<int> columns, List<ImportanceOfRun> runs, List<int[]> ranks, List<IReadOnlyCollection<int>> selections)
    {
        int[] sorted = [.. ranks.Select(rank => rank[group] + 1).Order()];
        var losses = runs.Select(run => run.Loss[group]).OfType<double>().ToList();
        return new GroupImportance(
            table.Columns[columns[0]].Name,
            [.. columns.Select(column => table.Columns[column].Name)],
            Math.Round(runs.Average(run => run.Gain[group]), 6),
            losses.Count == 0 ? null : Math.Round(losses.Average(), 6),
            sorted[sorted.Length / 20],
            sorted[sorted.Length / 2],
            sorted[^(1 + (sorted.Length / 20))],
            Math.Round((double)selections.Count(selection => selection.Contains(group)) / selections.Count, 6),
            columns.Count == 1 ? [] : [.. columns.Select(Single)]);

        SingleRank Single(int column)
        {
            int[] own = [.. runs.Select(run => run.SingleRanks[column] + 1).Order()];
            var alone = runs.Where(run => run.SingleLosses.ContainsKey(column)).Select(run => run.SingleLosses[column]).ToList();
            return new SingleRank(
                table.Columns[column].Name, own[own.Length / 20], own[own.Length / 2], own[^(1 + (own.Length / 20))], alone.Count == 0 ? null : Math.Round(alone.Average(), 6));
        }
    }

    private static List<int> TopOf(double[] importance, int top) =>
        [.. Enumerable.Range(0, importance.Length).OrderByDescending(i => importance[i]).ThenBy(i => i).Take(top)];

    private static int[] RanksOf(double[] gain)
    {
        var ranks = new int[gain.Length];
        var rank = 0;
        foreach (var group in Enumerable.Range(0, gain.Length).OrderByDescending(group => gain[group]).ThenBy(group => group))
        {
            ranks[group] = rank++;
        }

        return ranks;
    }
}

/// <summary>One run.</summary>
/// <param name="Gain">For each group its share of all decreases of impurity.</param>
/// <param name="Loss">For each group the accuracy lost when it is shuffled; null where that was not tried.</param>
/// <param name="SingleRanks">For each feature its own rank by gain, from 0.</param>
/// <param name="SingleLosses">Of features that share a group the accuracy lost when they alone are shuffled, where that was tried.</param>
internal sealed record ImportanceOfRun(double[] Gain, double?[] Loss, int[] SingleRanks, IReadOnlyDictionary<int, double> SingleLosses);
