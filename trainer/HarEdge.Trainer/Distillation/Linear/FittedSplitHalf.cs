using System.Numerics.Tensors;
using HarEdge.Trainer.FixedPoint;
using MathNet.Numerics.LinearAlgebra;

namespace HarEdge.Trainer.Distillation.Linear;

/// <summary>
/// Least squares on some columns S with weights W = (G_SS + ρI)⁻¹ B_S. A further column j changes the weights along
/// v = [−u; 1], u = (G_SS + ρI)⁻¹ G_Sj, by β = (B_j − G_jS W) / (G_jj + ρ − G_jS u) for each output; the judged error then
/// changes by −2 β·vᵀD + |β|² vᵀHv, with H the judging Gram matrix and D = XᵀT − H W there.
/// </summary>
internal sealed class FittedSplitHalf
{
    private readonly Gram fit;
    private readonly Gram judge;
    private readonly double ridge;
    private readonly int[] columns;

    // Symmetric matrices and weights by column, so that every inner loop is a dot product of spans of length k.
    private readonly double[] fitInputs;
    private readonly double[] judgeInputs;
    private readonly double[] inverse;
    private readonly double[] judgeInner;
    private readonly double[] weights;
    private readonly double[] judgedResidual;
    private readonly int outputs;

    /// <summary>Computes what all candidates share.</summary>
    public FittedSplitHalf(Gram fit, Gram judge, double ridge, int[] columns, Matrix<double> inverse, Matrix<double> weights)
    {
        this.fit = fit;
        this.judge = judge;
        this.ridge = ridge;
        this.columns = columns;
        fitInputs = fit.Inputs.AsColumnMajorArray();
        judgeInputs = judge.Inputs.AsColumnMajorArray();
        outputs = weights.ColumnCount;
        this.inverse = inverse.ToColumnMajorArray();
        this.weights = weights.ToColumnMajorArray();
        var inner = Matrix<double>.Build.Dense(columns.Length, columns.Length, (a, b) => judge.Inputs[columns[a], columns[b]]);
        var cross = Matrix<double>.Build.Dense(columns.Length, outputs, (a, c) => judge.Cross[columns[a], c]);
        judgeInner = inner.ToColumnMajorArray();
        judgedResidual = (cross - inner * weights).ToColumnMajorArray();
    }

    /// <summary>How much the judged squared error drops when column j joins, per unit of weight; negative when it rises.</summary>
    public double Gain(int j)
    {
        var k = columns.Length;
        Span<double> g = stackalloc double[k];
        Span<double> h = stackalloc double[k];
        Span<double> u = stackalloc double[k];
        var at = j * fit.Inputs.RowCount;
        for (var a = 0; a < k; a++)
        {
            g[a] = fitInputs[at + columns[a]];
            h[a] = judgeInputs[at + columns[a]];
        }

        for (var a = 0; a < k; a++)
        {
            u[a] = TensorPrimitives.Dot<double>(inverse.AsSpan(a * k, k), g);
        }

        var denominator = fitInputs[at + j] + ridge - TensorPrimitives.Dot<double>(u, g);
        if (denominator < 1e-9 * (fitInputs[at + j] + ridge))
        {
            return 0;
        }

        var curvature = judgeInputs[at + j] - 2 * TensorPrimitives.Dot<double>(u, h);
        for (var a = 0; a < k; a++)
        {
            curvature += u[a] * TensorPrimitives.Dot<double>(judgeInner.AsSpan(a * k, k), u);
        }

        double gain = 0;
        for (var c = 0; c < outputs; c++)
        {
            var w = weights.AsSpan(c * k, k);
            var beta = (fit.Cross[j, c] - TensorPrimitives.Dot<double>(g, w)) / denominator;
            var slope = judge.Cross[j, c]
                - TensorPrimitives.Dot<double>(h, w)
                - TensorPrimitives.Dot<double>(u, judgedResidual.AsSpan(c * k, k));
            gain += 2 * beta * slope - beta * beta * curvature;
        }

        return gain / judge.Weight;
    }
}

/// <summary>One half of the people to fit least squares on, the other to judge it.</summary>
internal sealed class SplitHalf(Gram fit, Gram judge, double penalty)
{
    private readonly double ridge = penalty * fit.Weight;

    /// <summary>Fits on the given columns, ready to ask what each further column would gain.</summary>
    public FittedSplitHalf Fitted(int[] columns)
    {
        var k = columns.Length;
        var normal = Matrix<double>.Build.Dense(k, k, (i, j) => fit.Inputs[columns[i], columns[j]] + (i == j ? ridge : 0));
        var cross = Matrix<double>.Build.Dense(k, fit.Cross.ColumnCount, (i, c) => fit.Cross[columns[i], c]);
        var inverse = normal.Inverse();
        return new FittedSplitHalf(fit, judge, ridge, columns, inverse, inverse * cross);
    }
}

/// <summary>A specialist in floating point.</summary>
/// <param name="Classes">Classes it separates; a single one needs no features.</param>
/// <param name="Rows">Rows it was fitted on.</param>
/// <param name="Columns">Chosen columns.</param>
/// <param name="Transforms">For each its transform.</param>
/// <param name="Design">The inputs; null for a single class.</param>
/// <param name="Weights">(inputs + 1) × classes; null for a single class.</param>
internal sealed record FittedSide(
    IReadOnlyList<int> Classes,
    int[] Rows,
    int[] Columns,
    InputTransform[] Transforms,
    DesignMatrix? Design,
    Matrix<double>? Weights);

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
    /// <param name="progress">Receives how much of the most is chosen, 0 to 1.</param>
    /// <returns>Chosen columns in the order of choice, <paramref name="start"/> first.</returns>
    public List<int> Select(
        IReadOnlyList<int> start,
        IReadOnlyList<int> candidates,
        Func<IReadOnlyCollection<int>, Func<int, double>> marginalPrice,
        double mostInstructions,
        int mostFeatures,
        Action<double>? progress = null)
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
            progress?.Invoke(Math.Max(spent / mostInstructions, (double)chosen.Count / mostFeatures));
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
