using HarEdge.Trainer.Distillation.Trees;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Tests.Teachers;

namespace HarEdge.Trainer.Tests.Trees;

public sealed class EnsembleConversionTests
{
    private static BoostedEnsemble Ensemble(int seed, out DistillationCase made)
    {
        var table = SmallTable.Make(seed);
        var input = SmallDistillation.Input(table);
        var targets = SoftTargets.Of(input);
        int[] columns = [3, 0, 2, 1];
        made = new DistillationCase(table.Features, table.Columns, table.Rows, targets);
        return BoostedEnsemble.Fit(new ColumnSubset(table, columns), targets, new EnsembleShape(6, 0.5), 300, null, seed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Scores_are_off_by_at_most_half_a_step_a_tree(int seed)
    {
        var ensemble = Ensemble(seed, out var made);
        var columns = ensemble.UsedColumns;
        var stage = EnsembleConversion.ToStage(ensemble, columns.Select((c, s) => (c, s)).ToDictionary(p => p.c, p => p.s));
        var scores = new int[3];
        for (var row = 0; row < made.Rows; row++)
        {
            var values = made.Features.AsSpan(row * made.Columns, made.Columns).ToArray();
            StageScorer.ScoreInto(stage, [.. columns.Select(c => values[c])], scores);
            var exact = ensemble.Score(values);
            for (var c = 0; c < 3; c++)
            {
                var terms = 1 + ensemble.Trees.Where((_, t) => t % 3 == c).Count();
                Assert.Equal(exact[c] * EnsembleConversion.ScoreOne, scores[c], terms * 0.5);
            }
        }
    }

    [Fact]
    public void Boosting_brings_the_softmax_near_the_targets()
    {
        var ensemble = Ensemble(1, out var made);
        var scores = new ClassScores(made.Rows, 3);
        for (var row = 0; row < made.Rows; row++)
        {
            ensemble.Score(made.Features.AsSpan(row * made.Columns, made.Columns)).CopyTo(scores[row]);
        }

        var probabilities = scores.Softmax();
        var distance = Enumerable.Range(0, made.Rows).Average(row => probabilities[row].Zip(made.Targets.Probabilities[row], (p, q) => Math.Abs(p - q)).Sum());
        Assert.InRange(distance, 0, 0.5);
    }

    [Fact]
    public void Gradients_and_hessians_are_the_derivatives_of_the_cross_entropy()
    {
        var targets = SoftTargets.Of(SmallDistillation.Input(SmallTable.Make(1, subjects: 1, rowsPerSubject: 4)));
        double[] scores = [.. Enumerable.Range(0, 12).Select(i => Math.Sin(i))];
        var gradient = new float[12];
        var hessian = new float[12];
        SoftmaxGradients.FillInto(gradient, hessian, scores, targets);
        for (var i = 0; i < 12; i++)
        {
            const double Step = 1e-4;
            var up = Loss(scores, i, Step, targets);
            var down = Loss(scores, i, -Step, targets);
            Assert.Equal((up - down) / (2 * Step), gradient[i], 1e-5);

            // The exact second derivative is p(1−p); LightGBM's factor k/(k−1) is 1.5 for three classes.
            Assert.Equal(1.5 * (up - (2 * Loss(scores, i, 0, targets)) + down) / (Step * Step), hessian[i], 1e-3);
        }
    }

    [Fact]
    public void Targets_mix_label_and_teacher_and_leave_unlabelled_rows_to_the_teacher()
    {
        var table = SmallTable.Make(1, subjects: 1, rowsPerSubject: 2);
        table.Labels[0] = 2;
        table.Labels[1] = -1;
        var input = SmallDistillation.Input(table) with { SoftLabels = [[0.5f, 0.5f, 0], [0.8f, 0.2f, 0]], DistillationWeight = 0.4, Temperature = 0.5 };
        var targets = SoftTargets.Of(input);
        Assert.Equal([0.2f, 0.2f, 0.6f], targets.Probabilities[0].Select(p => MathF.Round(p, 5)));

        // A temperature of one half squares the probabilities: 0.64 to 0.04.
        Assert.Equal([0.94118f, 0.05882f, 0], targets.Probabilities[1].Select(p => MathF.Round(p, 5)));
    }

    private static double Loss(double[] scores, int moved, double by, SoftTargets targets)
    {
        var at = (double[])scores.Clone();
        at[moved] += by;
        var loss = 0.0;
        for (var row = 0; row < targets.Rows; row++)
        {
            var log = Math.Log(Enumerable.Range(0, 3).Sum(c => Math.Exp(at[(c * targets.Rows) + row])));
            loss -= Enumerable.Range(0, 3).Sum(c => targets.Probabilities[row][c] * (at[(c * targets.Rows) + row] - log));
        }

        return loss;
    }

    private sealed record DistillationCase(int[] Features, int Columns, int Rows, SoftTargets Targets);
}
