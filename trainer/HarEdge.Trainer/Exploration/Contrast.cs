using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Learning.Learners;
using HarEdge.Trainer.Tables;

namespace HarEdge.Trainer.Exploration;

/// <summary>What parts two sides of classes: resting and moving ones, or two that are taken for each other.</summary>
/// <param name="What">The sides.</param>
/// <param name="First">Classes of the one side.</param>
/// <param name="Second">Of the other.</param>
/// <param name="Mistakes">Rows of one side that the cross-fitted teacher takes for the other.</param>
/// <param name="OfMistakes">Its mistakes in all.</param>
/// <param name="Features">First features of their groups, the one that parts the sides best by itself first.</param>
internal sealed record Contrast(
    string What, IReadOnlyList<string> First, IReadOnlyList<string> Second, int Mistakes, int OfMistakes, IReadOnlyList<ContrastFeature> Features)
{
    private const int MostPairs = 3;
    private const int PerContrast = 5;
    private static readonly string[] Dynamic = ["WALK", "RUN", "JOG", "STAIR", "CYCL", "BIK", "JUMP", "GEHEN", "LAUF", "RENN", "TREPP"];
    private static readonly string[] Static = ["SIT", "STAND", "LAY", "LYING", "LIE", "SEAT", "REST", "STILL", "SITZ", "STEH", "LIEG"];

    /// <summary>The best feature of the first, whose classes are named, and of each pair that is most often taken for each other.</summary>
    /// <param name="table">The data.</param>
    /// <param name="leaders">First features of their groups.</param>
    /// <param name="geometry">Of <paramref name="rows"/>.</param>
    /// <param name="rows">Rows with a label.</param>
    /// <param name="scored">The cross-fitted teacher.</param>
    public static IReadOnlyList<Contrast> Of(FeatureTable table, int[] leaders, FeatureGeometry geometry, int[] rows, ClassificationScores scored)
    {
        var labels = RowSample.Pick(table.Labels, rows);
        var confusion = scored.Confusion;
        var count = table.Classes.Count;
        int Mistakes(Func<int, int, bool> counts) => Enumerable.Range(0, count).Sum(a => Enumerable.Range(0, count).Where(b => a != b && counts(a, b)).Sum(b => confusion[a][b]));
        var all = Mistakes((_, _) => true);
        var contrasts = new List<Contrast>();
        if (Sides(table, leaders, geometry, labels) is var (what, isSecond))
        {
            contrasts.Add(Best(what, c => isSecond[c] ? 1 : 0));
        }

        var pairs = Enumerable.Range(0, count).SelectMany(a => Enumerable.Range(0, a).Select(b => (A: b, B: a, Mistakes: confusion[a][b] + confusion[b][a])));
        foreach (var (a, b, _) in pairs.Where(pair => pair.Mistakes > 0).OrderByDescending(pair => pair.Mistakes).ThenBy(pair => pair.A).ThenBy(pair => pair.B).Take(MostPairs))
        {
            contrasts.Add(Best($"{table.ClassNames[a]} against {table.ClassNames[b]}", c => c == a ? 0 : c == b ? 1 : -1));
        }

        return contrasts;

        Contrast Best(string name, Func<int, int> sideOf)
        {
            var sides = Array.ConvertAll(labels, label => sideOf(label));
            string[] Named(int side) => [.. table.ClassNames.Where((_, c) => sideOf(c) == side)];
            var found = leaders.AsParallel().AsOrdered().Select(column => new ContrastFeature(
                table.Columns[column].Name, Math.Round(geometry.Separation(column, sides, 2), 6), Math.Round(Threshold.Accuracy(RowSample.Pick(table.Values[column], rows), sides), 6)));
            return new Contrast(
                name, Named(0), Named(1), Mistakes((a, b) => sideOf(a) + sideOf(b) == 1 && sideOf(a) >= 0 && sideOf(b) >= 0), all,
                [.. found.OrderByDescending(feature => feature.Alone).ThenByDescending(feature => feature.Separation).Take(PerContrast)]);
        }
    }

    /// <summary>The short of it: what mistakes remain, and which sides part.</summary>
    public static IEnumerable<string[]> Findings(IReadOnlyList<Contrast> contrasts)
    {
        var pairs = contrasts.Where(contrast => contrast.First.Count + contrast.Second.Count == 2).ToList();
        yield return ["mistakes that remain", pairs.Count == 0 ? "none" : string.Join("; ", pairs.Select(pair => $"{pair.First[0]} with {pair.Second[0]}: {pair.Mistakes} of {pair.OfMistakes}"))];
        foreach (var sides in contrasts.Except(pairs))
        {
            yield return
            [
                $"{{{string.Join(", ", sides.First)}}} against {{{string.Join(", ", sides.Second)}}}",
                $"{(sides.Mistakes == 0 ? "part completely, " : "")}{sides.Mistakes} of {sides.OfMistakes} mistakes lie across; {sides.Features[0].Feature} alone: {ReportTable.Percent(sides.Features[0].Alone ?? double.NaN)}",
            ];
        }
    }

    /// <summary>Whether an activity of that name is one of moving on; null for other names.</summary>
    public static bool? IsDynamic(string name)
    {
        var upper = name.ToUpperInvariant();
        return upper.Contains("_TO_", StringComparison.Ordinal) ? null
            : Dynamic.Any(word => upper.Contains(word, StringComparison.Ordinal)) ? true
            : Static.Any(word => upper.Contains(word, StringComparison.Ordinal)) ? false : null;
    }

    // By the names of the classes where all of them say it; otherwise the two sides, of at least two classes each, between which one feature varies most.
    private static (string What, bool[] IsSecond)? Sides(FeatureTable table, int[] leaders, FeatureGeometry geometry, int[] labels)
    {
        bool?[] moves = [.. table.ClassNames.Select(IsDynamic)];
        if (Array.TrueForAll(moves, move => move is not null) && moves.Distinct().Count() == 2)
        {
            return ("static against dynamic classes", Array.ConvertAll(moves, move => move == true));
        }

        if (table.Classes.Count < 4)
        {
            return null;
        }

        var best = leaders.AsParallel().AsOrdered().SelectMany(column =>
        {
            int[] order = [.. geometry.Means(column, labels, table.Classes.Count).Select((mean, c) => (mean, c)).OrderBy(pair => pair.mean).Select(pair => pair.c)];
            return Enumerable.Range(2, order.Length - 3).Select(cut =>
            {
                bool[] isSecond = [.. Enumerable.Range(0, order.Length).Select(c => Array.IndexOf(order, c) >= cut)];
                return (IsSecond: isSecond, Separation: geometry.Separation(column, Array.ConvertAll(labels, label => isSecond[label] ? 1 : 0), 2));
            });
        }).MaxBy(found => found.Separation);
        return ("the two sides of classes that one feature parts best", best.IsSecond[0] ? Array.ConvertAll(best.IsSecond, second => !second) : best.IsSecond);
    }
}

/// <summary>A feature between two sides.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Separation">Share of its variance between them (η²), or of a forest's gain.</param>
/// <param name="Alone">Mean share of both sides right by a threshold on it alone, found on the other half of the rows; null where that was not asked.</param>
internal sealed record ContrastFeature(string Feature, double Separation, double? Alone);

/// <summary>One threshold on one feature.</summary>
internal static class Threshold
{
    /// <summary>Mean share of both sides right (balanced accuracy), each half of the rows judged by the threshold of the other: 0.5 is chance.</summary>
    /// <param name="values">One a row; missing ones lie below all others.</param>
    /// <param name="sides">0 or 1; −1 does not count.</param>
    public static double Accuracy(float[] values, int[] sides)
    {
        int[] counted = [.. Enumerable.Range(0, sides.Length).Where(row => sides[row] >= 0)];
        double right = 0;
        for (var half = 0; half < 2; half++)
        {
            // Every other row of each side, so that neither half lacks one.
            var place = new int[2];
            var isJudged = Array.ConvertAll(counted, row => place[sides[row]]++ % 2 == half);
            var (threshold, isAbove) = Best(values, sides, [.. counted.Where((_, i) => !isJudged[i])]);
            int[] judged = [.. counted.Where((_, i) => isJudged[i])];
            right += Enumerable.Range(0, 2).Average(side => judged.Where(row => sides[row] == side).Select(row => (values[row] > threshold == isAbove) == (side == 1) ? 1.0 : 0).DefaultIfEmpty(0).Average());
        }

        return right / 2;
    }

    // The threshold of the highest balanced accuracy, halfway between neighbours, and whether the second side lies above it.
    private static (float Threshold, bool IsAbove) Best(float[] values, int[] sides, int[] rows)
    {
        int[] order = [.. rows.OrderBy(row => float.IsNaN(values[row]) ? float.NegativeInfinity : values[row])];
        double[] all = [rows.Count(row => sides[row] == 0), rows.Count(row => sides[row] == 1)];
        double[] below = [0, 0];
        (double Gain, float Threshold, bool IsAbove) best = (-1, float.NegativeInfinity, true);
        for (var i = 0; i + 1 < order.Length; i++)
        {
            below[sides[order[i]]]++;
            var (low, high) = (values[order[i]], values[order[i + 1]]);
            var gain = (below[0] / Math.Max(1, all[0])) - (below[1] / Math.Max(1, all[1]));
            if ((high > low || (float.IsNaN(low) && !float.IsNaN(high))) && Math.Abs(gain) > best.Gain)
            {
                best = (Math.Abs(gain), float.IsNaN(low) ? float.MinValue : (float)(((double)low + high) / 2), gain > 0);
            }
        }

        return (best.Threshold, best.IsAbove);
    }
}
