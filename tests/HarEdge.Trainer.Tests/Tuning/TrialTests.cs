using HarEdge.Trainer.Experiments;

namespace HarEdge.Trainer.Tests.Tuning;

public class TrialTests
{
    private static readonly Goal Small = new(20_000, 512);

    [Fact]
    public void The_front_holds_exactly_the_trials_nobody_beats() =>
        Gen.Select(Gen.Int[0, 10], Gen.Int[1, 10], Gen.Int[1, 10]).List[1, 30].Sample(points =>
        {
            var trials = points.Select((p, i) => Make(i, Small, [p.Item1 / 10.0], 1000 * p.Item2, 100 * p.Item3)).ToList();
            var front = ParetoFront.Of(trials);
            bool IsBeaten(Trial t) => trials.Any(o => o.Accuracy >= t.Accuracy && o.Instructions <= t.Instructions && o.Bytes <= t.Bytes
                && (o.Accuracy > t.Accuracy || o.Instructions < t.Instructions || o.Bytes < t.Bytes));
            Assert.Equal(
                trials.Where(t => !IsBeaten(t)).Select(t => (t.Accuracy, t.Instructions, t.Bytes)).Distinct().Order(),
                front.Select(t => (t.Accuracy, t.Instructions, t.Bytes)).Order());
        });

    [Fact]
    public void A_profile_takes_the_most_accurate_trial_made_for_no_more_than_its_budget()
    {
        Trial[] trials =
        [
            Make(0, Small, [0.90], 19_000, 400),
            Make(1, Small, [0.92], 18_000, 400),
            Make(2, new Goal(50_000, 2048), [0.96], 48_000, 900),
            Make(3, Small, [0.99], 10_000, 300) with { IsPruned = true },
        ];
        Assert.Equal(1, ParetoFront.Best(trials, Profile.Tiny.Budget)!.Number);
        Assert.Equal(2, ParetoFront.Best(trials, Profile.Best.Budget)!.Number);
        Assert.Null(ParetoFront.Best(trials, new Goal(1000, 64)));
    }

    [Fact]
    public void A_trial_below_the_median_of_complete_ones_is_hopeless_once_there_are_four()
    {
        var earlier = Enumerable.Range(0, 4).Select(i => Make(i, Small, [0.90 + 0.01 * i, 0.95], 1, 1)).ToList();
        Assert.False(MedianStopping.IsHopeless([0.5], earlier.Take(3)));
        Assert.True(MedianStopping.IsHopeless([0.91], earlier));
        Assert.False(MedianStopping.IsHopeless([0.93], earlier));
        Assert.True(MedianStopping.IsHopeless([0.93, 0.90], earlier));
    }

    [Fact]
    public void A_search_goes_on_from_its_log_and_drops_a_line_it_could_not_finish()
    {
        var folder = Directory.CreateTempSubdirectory("haredge-search-");
        try
        {
            var path = Path.Combine(folder.FullName, "trials.jsonl");
            var log = TrialLog.Open(path, "data");
            log.Add(Make(0, Small, [0.9, 0.8], 19_000, 400) with { Values = SearchPoint.Defaults });
            File.AppendAllText(path, "{\"number\":1,\"goal\"");

            var again = TrialLog.Open(path, "data");
            Assert.Equal([0], again.Trials.Select(trial => trial.Number));
            Assert.Equal(log.Trials[0].FoldAccuracies, again.Trials[0].FoldAccuracies);
            again.Add(Make(1, Small, [0.9], 1, 1));
            Assert.Equal(2, TrialLog.Open(path, "data").Trials.Count);
            Assert.Contains("another search", Assert.Throws<InputException>(() => TrialLog.Open(path, "other data")).Message, StringComparison.Ordinal);

            File.AppendAllText(path, "nonsense\n");
            Assert.Contains("line 4", Assert.Throws<InputException>(() => TrialLog.Open(path, "data")).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_default_recipe_is_a_point_of_the_space()
    {
        var point = SearchPoint.Of(SearchPoint.Defaults);
        Assert.Equal(new HarEdge.Trainer.Training.StudentRecipe().Linear, point.Recipe.Linear);
        Assert.Equal(new HarEdge.Trainer.Training.StudentRecipe().Variation, point.Recipe.Variation);
        Assert.Equal(SearchPoint.Parameters.Count, SearchPoint.Defaults.Count);
        Assert.Empty(point.Recipe.WithoutKernels);
    }

    private static Trial Make(int number, Goal goal, double[] folds, double instructions, double bytes) => new()
    {
        Number = number, Goal = goal, Values = [], FoldAccuracies = folds, Instructions = instructions, Bytes = bytes, IsPruned = false,
    };
}
