using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Distillation.Linear;

/// <summary>
/// Forward selection of features that carry over to people never seen: least squares onto the targets is fitted on one half of
/// the people and judged on the other, over several halvings, all from Gram matrices (one pass over the windows). A feature's
/// worth is the judged error it removes for the instructions it adds.
/// </summary>
internal sealed class FeatureSelection
{
    private readonly SplitHalf[] halves;
    private readonly int ones;

    /// <summary>Prepares the Gram matrices.</summary>
    /// <param name="inputs">Rows × (columns + 1), last column ones.</param>
    /// <param name="targets">Rows × outputs.</param>
    /// <param name="subjects">For each row its person.</param>
    /// <param name="rowWeights">For each row its weight.</param>
    /// <param name="halvings">Random halvings of the people; each is used both ways.</param>
    /// <param name="penalty">Ridge penalty per row.</param>
    /// <param name="seed">Seed of the halvings.</param>
    public FeatureSelection(
        Matrix<double> inputs, Matrix<double> targets, int[] subjects, double[] rowWeights, int halvings, double penalty, int seed)
    {
        ones = inputs.ColumnCount - 1;
        var people = subjects.Distinct().Order().ToArray();
        var grams = people.Select(person => Gram.Of(inputs, targets, rowWeights, RowsOf(subjects, person))).ToArray();
        var all = Gram.Sum(grams);
        var random = new Random(seed);
        halves = [.. Enumerable.Range(0, halvings).SelectMany(_ =>
        {
            var order = Enumerable.Range(0, people.Length).ToArray();
            random.Shuffle(order);
            var first = Gram.Sum(order.Take(people.Length / 2).Select(i => grams[i]));
            var second = all - first;
            return new[] { new SplitHalf(first, second, penalty), new SplitHalf(second, first, penalty) };
        })];
    }

    /// <summary>Selects until nothing affordable lowers the judged error any more.</summary>
    /// <param name="start">Columns that are there anyway.</param>
    /// <param name="candidates">Columns to choose from.</param>
    /// <param name="marginalPrice">For the columns chosen so far, the instructions each further one adds.</param>
    /// <param name="mostInstructions">Most instructions in all, those of <paramref name="start"/> not counted.</param>
    /// <param name="mostFeatures">Most features in all.</param>
    /// <returns>Chosen columns in the order of choice, <paramref name="start"/> first.</returns>
    public List<int> Select(
        IReadOnlyList<int> start,
        IReadOnlyList<int> candidates,
        Func<IReadOnlyCollection<int>, Func<int, double>> marginalPrice,
        double mostInstructions,
        int mostFeatures)
    {
        var chosen = new List<int>(start);
        double spent = 0;
        while (chosen.Count < mostFeatures)
        {
            var gains = Gains([.. chosen, ones], candidates);
            var priceOf = marginalPrice(chosen);
            var best = -1;
            double bestWorth = 0, bestPrice = 0;
            for (var i = 0; i < candidates.Count; i++)
            {
                if (gains[i] <= 0 || chosen.Contains(candidates[i]))
                {
                    continue;
                }

                var price = priceOf(candidates[i]);
                var worth = gains[i] / price;
                if (spent + price <= mostInstructions && worth > bestWorth)
                {
                    (best, bestWorth, bestPrice) = (candidates[i], worth, price);
                }
            }

            if (best < 0)
            {
                break;
            }

            chosen.Add(best);
            spent += bestPrice;
        }

        return chosen;
    }

    // For each candidate the drop of the judged squared error, summed over the halves, when it joins the columns.
    private double[] Gains(int[] columns, IReadOnlyList<int> candidates)
    {
        var gains = new double[candidates.Count];
        foreach (var half in halves)
        {
            var step = half.Fitted(columns);
            Parallel.For(0, candidates.Count, i =>
            {
                var gain = step.Gain(candidates[i]);
                gains[i] += gain;
            });
        }

        return gains;
    }

    private static int[] RowsOf(int[] subjects, int person) => [.. Enumerable.Range(0, subjects.Length).Where(i => subjects[i] == person)];
}
