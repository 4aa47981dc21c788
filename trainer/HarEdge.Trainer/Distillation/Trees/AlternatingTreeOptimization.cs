using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Distillation.Trees;

/// <summary>
/// Chooses the splits of a grown tree again, each for the rows that reach it and with everything below as it is: tree alternating
/// optimization (Carreira-Perpiñán and Tavallali, NeurIPS 2018). Growing cannot know what comes below a split; this does.
/// </summary>
/// <param name="table">Windows.</param>
/// <param name="bins">Its columns.</param>
/// <param name="targets">What each window should be.</param>
/// <param name="leastWeight">Weight on each side of a split.</param>
internal sealed class AlternatingTreeOptimization(WindowTable table, QuantileBins bins, SoftTargets targets, double leastWeight)
{
    private const int MostPasses = 8;

    // Shares of all weight: what a pass must set right for another one to follow, and a split to be moved.
    private const double LeastGainOfPass = 1e-4;
    private const double LeastGainOfSplit = 1e-5;

    private readonly double totalWeight = targets.Weights.Sum(weight => (double)weight);

    /// <summary>Revises splits until that sets nothing more right.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="columns">Columns a split may look at.</param>
    internal void Run(DecisionTreeNode root, IReadOnlyList<int> columns)
    {
        int[] rows = [.. Enumerable.Range(0, table.Rows)];
        double right;
        var pass = 0;
        do
        {
            right = root.ExpectedRight;
            Revise(root, rows, columns);
        }
        while (++pass < MostPasses && root.ExpectedRight - right >= totalWeight * LeastGainOfPass);
    }

    // From the leaves up: a split is chosen for what its sides will say.
    private void Revise(DecisionTreeNode node, int[] rows, IReadOnlyList<int> columns)
    {
        if (node.IsLeaf)
        {
            return;
        }

        var (left, right) = Sides(node, rows);
        Revise(node.Left!, left, columns);
        Revise(node.Right!, right, columns);
        var gains = Array.ConvertAll(rows, row => GainOfLeft(node, row));
        var now = Enumerable.Range(0, rows.Length).Sum(i => node.GoesLeft(table.Row(rows[i])) ? gains[i] : 0);
        var found = new (int Bin, double Gain)[columns.Count];
        Parallel.For(0, columns.Count, c => found[c] = BestOf(columns[c], rows, gains));
        var best = Enumerable.Range(0, columns.Count).MaxBy(c => found[c].Gain);
        if (found[best].Gain > now + (totalWeight * LeastGainOfSplit))
        {
            node.Split(columns[best], bins.EdgesOf(columns[best])[found[best].Bin], node.Left!, node.Right!);
            Recount(node, rows);
        }
    }

    // Weight more to be right when the row goes left than when it goes right.
    private double GainOfLeft(DecisionTreeNode node, int row)
    {
        var values = table.Row(row);
        var (left, right) = (node.Left!.ClassOf(values), node.Right!.ClassOf(values));
        return left == right ? 0 : targets.Weights[row] * ((double)targets.Probabilities[row][left] - targets.Probabilities[row][right]);
    }

    private (int Bin, double Gain) BestOf(int column, int[] rows, double[] gains)
    {
        Span<double> gain = stackalloc double[QuantileBins.Most];
        Span<double> weight = stackalloc double[QuantileBins.Most];
        gain.Clear();
        weight.Clear();
        var binOf = bins.Of(column);
        var all = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            gain[binOf[rows[i]]] += gains[i];
            weight[binOf[rows[i]]] += targets.Weights[rows[i]];
            all += targets.Weights[rows[i]];
        }

        var best = (Bin: -1, Gain: double.NegativeInfinity);
        double sum = 0, left = 0;
        for (var bin = 0; bin < bins.EdgesOf(column).Length; bin++)
        {
            sum += gain[bin];
            left += weight[bin];
            if (left >= leastWeight && all - left >= leastWeight && sum > best.Gain)
            {
                best = (bin, sum);
            }
        }

        return best;
    }

    private void Recount(DecisionTreeNode node, int[] rows)
    {
        node.Count(targets, rows);
        if (!node.IsLeaf)
        {
            var (left, right) = Sides(node, rows);
            Recount(node.Left!, left);
            Recount(node.Right!, right);
        }
    }

    private (int[] Left, int[] Right) Sides(DecisionTreeNode node, int[] rows) =>
        (Array.FindAll(rows, row => node.GoesLeft(table.Row(row))), Array.FindAll(rows, row => !node.GoesLeft(table.Row(row))));
}
