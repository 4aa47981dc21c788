using HarEdge.Trainer.Experiments;

namespace HarEdge.Trainer.Tests.Tuning;

public class TreeParzenEstimatorTests
{
    private static readonly Parameter[] Parameters =
        [new("even", -5, 5), new("ratio", 1e-4, 1, IsLogarithmic: true), Parameter.Choice("choice", 4)];

    // Best at even = 2, ratio = 0.01, choice 3.
    private static double Score(double[] v) => -Math.Pow(v[0] - 2, 2) - Math.Pow(Math.Log10(v[1]) + 2, 2) - (v[2] == 3 ? 0 : 2);

    [Fact]
    public void It_comes_closer_to_the_best_than_an_even_draw()
    {
        double Best(int seed, bool learns)
        {
            var estimator = new TreeParzenEstimator(Parameters);
            var history = new List<(IReadOnlyList<double>, double)>();
            for (var trial = 0; trial < 60; trial++)
            {
                var values = estimator.Propose(learns ? history : [], seed, trial);
                history.Add((values, Score(values)));
            }

            return history.Max(entry => entry.Item2);
        }

        var seeds = Enumerable.Range(1, 30).ToList();
        var learned = seeds.Average(seed => Best(seed, learns: true));
        var drawn = seeds.Average(seed => Best(seed, learns: false));
        Assert.True(learned > 0.7 * drawn, $"{learned:F2} with learning, {drawn:F2} without; 0 is the best there is");
    }

    [Fact]
    public void The_same_history_seed_and_number_give_the_same_proposal_and_another_number_another()
    {
        var history = Enumerable.Range(0, 20).Select(i => ((IReadOnlyList<double>)[i / 4.0 - 2.5, 0.01 * (i + 1), i % 4], (double)i)).ToList();
        var estimator = new TreeParzenEstimator(Parameters);
        Assert.Equal(estimator.Propose(history, 1, 20), estimator.Propose(history, 1, 20));
        Assert.NotEqual(estimator.Propose(history, 1, 20), estimator.Propose(history, 1, 21));
    }

    [Fact]
    public void Every_proposal_lies_within_its_parameter() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Double[0, 1].Array[3].List[0, 30]).Sample((seed, trial, units) =>
        {
            var history = units.Select((unit, i) =>
                ((IReadOnlyList<double>)[.. unit.Select((u, p) => Parameters[p].At(Math.Min(u, 0.999)))], (double)i)).ToList();
            var values = new TreeParzenEstimator(Parameters).Propose(history, seed, trial);
            for (var p = 0; p < values.Length; p++)
            {
                Assert.InRange(values[p], Parameters[p].Low, Parameters[p].High);
            }
        },
        iter: 200);

    [Fact]
    public void A_value_comes_back_from_its_position() => Gen.Double[0, 0.999].Sample(unit =>
        Assert.All(Parameters, parameter => Assert.Equal(parameter.At(unit), parameter.At(parameter.UnitOf(parameter.At(unit))), 9)));
}
