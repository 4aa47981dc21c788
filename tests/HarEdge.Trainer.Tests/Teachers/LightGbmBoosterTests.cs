using HarEdge.Trainer.Learning.LightGbm;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Teachers;

public sealed class LightGbmBoosterTests
{
    private static LightGbmParameters Multiclass(int seed) =>
        new LightGbmParameters(seed, classes: 3)
            .Set("objective", "multiclass").Set("num_leaves", 7).Set("min_data_in_leaf", 5).Set("feature_fraction", 0.5)
            .Set("bagging_fraction", 0.7).Set("bagging_freq", 1).Set("extra_trees", true);

    private static string Train(WindowTable table, int seed)
    {
        using var booster = Boost(table, Multiclass(seed), out var dataset);
        using (dataset)
        {
            return booster.ModelText();
        }
    }

    private static LightGbmBooster Boost(WindowTable table, LightGbmParameters parameters, out LightGbmDataset dataset)
    {
        dataset = LightGbmDataset.FromTable(table, parameters);
        dataset.SetLabels([.. table.Labels.Select(l => (float)l)]);
        var booster = new LightGbmBooster(dataset, parameters);
        for (var i = 0; i < 20; i++)
        {
            Assert.True(booster.Update());
        }

        return booster;
    }

    [Fact]
    public void The_same_seed_gives_the_same_text()
    {
        var table = SmallTable.Make(1, rowsPerSubject: 1000);
        var one = Train(table, 7);
        Assert.Equal(one, Train(table, 7));
        Assert.NotEqual(one, Train(table, 8));
    }

    [Fact]
    public void Boosters_trained_and_asked_at_the_same_time_do_not_disturb_each_other()
    {
        var table = SmallTable.Make(3, rowsPerSubject: 400);
        var alone = Train(table, 7);
        Parallel.For(0, 12, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            using var booster = Boost(table, Multiclass(7), out var dataset);
            using var owned = dataset;
            booster.Predict(table, raw: true);
            Assert.Equal(alone, booster.ModelText());
        });
    }

    [Fact]
    public void A_number_of_threads_for_one_booster_is_refused() =>
        Assert.Throws<ArgumentException>(() => Multiclass(1).Set("num_threads", 2));

    [Fact]
    public void Probabilities_sum_to_one_and_name_most_labels()
    {
        var table = SmallTable.Make(2);
        using var booster = Boost(table, Multiclass(1), out var dataset);
        using var owned = dataset;
        var probabilities = booster.Predict(table, raw: false).Chunk(3).Select(p => p.Select(v => (float)v).ToArray()).ToList();
        Assert.All(probabilities, p => Assert.Equal(1f, p.Sum(), 1e-5f));
        Assert.InRange(SmallTable.Accuracy(table, probabilities), 0.8, 1);
    }

    [Fact]
    public void Parsed_trees_give_the_raw_scores_the_library_gives()
    {
        var table = SmallTable.Make(3);
        using var booster = Boost(table, Multiclass(1), out var dataset);
        using var owned = dataset;
        var trees = booster.Trees();
        var raw = booster.Predict(table, raw: true);
        Assert.Equal(20 * 3, trees.Count);
        for (var row = 0; row < table.Rows; row++)
        {
            for (var c = 0; c < 3; c++)
            {
                var sum = 0.0;
                for (var t = c; t < trees.Count; t += 3)
                {
                    sum += trees[t].Leaves[trees[t].LeafOf(table.Row(row))];
                }

                Assert.Equal(raw[(row * 3) + c], sum, 1e-9);
            }
        }
    }

    [Fact]
    public void Gradients_of_the_squared_error_lead_the_scores_to_the_targets()
    {
        double[] values = [1, 2, 3, 4, 5, 6, 7, 8];
        float[] targets = [-1, -1, -1, -1, 3, 3, 3, 3];
        var parameters = new LightGbmParameters(1)
            .Set("objective", "none").Set("min_data_in_leaf", 1).Set("min_data_in_bin", 1).Set("min_sum_hessian_in_leaf", 0).Set("learning_rate", 0.5);
        using var dataset = LightGbmDataset.FromRows(values, 1, parameters);
        using var booster = new LightGbmBooster(dataset, parameters);
        var scores = new double[8];
        var hessian = Enumerable.Repeat(1f, 8).ToArray();
        for (var i = 0; i < 20; i++)
        {
            booster.TrainingScoresInto(scores);
            booster.Update([.. scores.Zip(targets, (s, t) => (float)s - t)], hessian);
        }

        booster.TrainingScoresInto(scores);
        Assert.All(scores.Zip(targets), p => Assert.Equal(p.Second, p.First, 1e-4));
    }

    [Fact]
    public void Boosting_goes_on_from_initial_scores()
    {
        var parameters = new LightGbmParameters(1).Set("objective", "none").Set("min_data_in_leaf", 1).Set("min_data_in_bin", 1);
        using var dataset = LightGbmDataset.FromRows([1, 2, 3, 4], 1, parameters);
        dataset.SetInitialScores([10, 20, 30, 40]);
        using var booster = new LightGbmBooster(dataset, parameters);
        var scores = new double[4];
        booster.TrainingScoresInto(scores);
        Assert.Equal([10, 20, 30, 40], scores);
    }

    [Fact]
    public void A_row_of_higher_weight_pulls_harder()
    {
        static double Mean(float weight)
        {
            var parameters = new LightGbmParameters(1)
                .Set("objective", "regression").Set("min_data_in_leaf", 1).Set("min_data_in_bin", 1).Set("num_leaves", 2);
            using var dataset = LightGbmDataset.FromRows([1, 2], 1, parameters);
            dataset.SetLabels([0, 1]);
            dataset.SetWeights([1, weight]);
            using var booster = new LightGbmBooster(dataset, parameters);
            booster.Update();
            return booster.Trees()[0].Leaves.Average();
        }

        Assert.True(Mean(9) > Mean(1) + 0.2);
    }

    [Fact]
    public void A_failed_call_names_itself_and_the_reason()
    {
        var parameters = new LightGbmParameters(1).Set("objective", "no_such_objective");
        using var dataset = LightGbmDataset.FromRows([1, 2, 3, 4], 1, parameters);
        var error = Assert.Throws<LightGbmException>(() => new LightGbmBooster(dataset, parameters));
        Assert.Equal("LGBM_BoosterCreate", error.Call);
        Assert.Contains("no_such_objective", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_of_the_wrong_length_never_reach_the_library()
    {
        var parameters = new LightGbmParameters(1).Set("objective", "none");
        Assert.Throws<ArgumentException>(() => LightGbmDataset.FromRows([1, 2, 3], 2, parameters));
        using var dataset = LightGbmDataset.FromRows([1, 2, 3, 4], 2, parameters);
        Assert.Throws<ArgumentException>(() => LightGbmDataset.FromRows([1, 2, 3], 1, parameters, dataset));
        Assert.Throws<ArgumentException>(() => dataset.SetLabels([1]));
        Assert.Throws<ArgumentException>(() => dataset.SetInitialScores([1]));
        using var booster = new LightGbmBooster(dataset, parameters);
        Assert.Throws<ArgumentException>(() => booster.Update([1], [1, 1]));
        Assert.Throws<ArgumentException>(() => booster.TrainingScoresInto(new double[1]));
        Assert.Throws<ArgumentException>(() => booster.Predict(SmallTable.Make(1), raw: true));
    }
}
