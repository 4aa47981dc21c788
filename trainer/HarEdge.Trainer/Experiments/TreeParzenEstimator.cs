using HarEdge.Trainer.Datasets.Synthetic;
using MathNet.Numerics.Distributions;

namespace HarEdge.Trainer.Experiments;

/// <summary>
/// The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio, Kégl, NeurIPS 2011): models where good trials lie and where
/// the others do, each parameter by itself, and proposes the candidate for which good is most likely against other.
/// </summary>
internal sealed class TreeParzenEstimator
{
    // Few candidates keep some chance in every proposal: the very best of many would always be the same place.
    private const int Candidates = 8;

    // Before so many trials there is nothing to model: they are drawn evenly.
    private const int StartingTrials = 8;

    // The best tenth of trials counts as good, at least three and never more than 25: the more, the slower it closes in.
    private const double GoodShare = 0.1;
    private const int LeastGood = 3;
    private const int MostGood = 25;

    private readonly IReadOnlyList<Parameter> parameters;

    /// <param name="parameters">What is chosen.</param>
    public TreeParzenEstimator(IReadOnlyList<Parameter> parameters)
    {
        this.parameters = parameters;
    }

    /// <summary>The next trial's values, by parameter.</summary>
    /// <param name="history">Values of earlier trials and how good each was; more is better.</param>
    /// <param name="seed">Seed of the search.</param>
    /// <param name="trial">Number of the trial: the same history, seed and number give the same proposal.</param>
    public double[] Propose(IReadOnlyList<(IReadOnlyList<double> Values, double Score)> history, int seed, int trial)
    {
        var random = new RandomSource(seed, trial);
        if (history.Count < StartingTrials)
        {
            return [.. parameters.Select(parameter => parameter.At(random.Uniform()))];
        }

        var ranked = history.OrderByDescending(entry => entry.Score).Select(entry => entry.Values).ToList();
        var good = Math.Clamp((int)Math.Ceiling(GoodShare * ranked.Count), LeastGood, MostGood);
        return [.. parameters.Select((parameter, p) => Propose(
            parameter,
            [.. ranked.Take(good).Select(values => parameter.UnitOf(values[p]))],
            [.. ranked.Skip(good).Select(values => parameter.UnitOf(values[p]))],
            random))];
    }

    private static double Propose(Parameter parameter, double[] good, double[] other, RandomSource random)
    {
        var trials = good.Length + other.Length;
        Func<double, double> likelyGood = Density(parameter, good, trials), likelyOther = Density(parameter, other, trials);
        var candidates = Enumerable.Range(0, Candidates).Select(_ => Draw(parameter, good, trials, random)).ToList();
        return parameter.At(candidates.MaxBy(unit => likelyGood(unit) / likelyOther(unit)));
    }

    // From one of the good trials' kernels, or evenly: the prior counts as one more trial. Of a few choices even draws find all.
    private static double Draw(Parameter parameter, double[] points, int trials, RandomSource random)
    {
        var kernel = (int)(random.Uniform() * (points.Length + 1));
        if (kernel == points.Length || parameter.IsChoice)
        {
            return random.Uniform();
        }

        // Kernels end at the interval's ends: what falls outside is drawn again.
        double unit;
        do
        {
            unit = random.Normal(points[kernel], WidthOf(points, trials));
        }
        while (unit is < 0 or >= 1);
        return unit;
    }

    private static Func<double, double> Density(Parameter parameter, double[] points, int trials)
    {
        if (parameter.IsChoice)
        {
            // A choice that was unlucky early must keep a chance: the prior grows with the root of all trials.
            var prior = Math.Sqrt(trials);
            return unit => (prior + points.Count(point => parameter.At(point) == parameter.At(unit)) * parameter.Choices) / (points.Length + prior);
        }

        var width = WidthOf(points, trials);
        double Below(double x) => Normal.CDF(0, 1, x / width);
        return unit => (1 + points.Sum(point => Normal.PDF(point, width, unit) / (Below(1 - point) - Below(-point)))) / (points.Length + 1);
    }

    // Scott's rule on the unit interval, but never so narrow that few trials alike shut out everything between the others: one over
    // the root of all trials was better on test functions than any constant.
    private static double WidthOf(double[] points, int trials)
    {
        var mean = points.Average();
        var deviation = Math.Sqrt(points.Average(point => (point - mean) * (point - mean)));
        return Math.Max(1 / Math.Sqrt(trials + 1), 1.06 * deviation * Math.Pow(points.Length, -0.2));
    }
}
