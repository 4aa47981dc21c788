using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Teachers;

namespace HarEdge.Trainer.Tests.Teachers;

public sealed class BlendTests
{
    [Fact]
    public void A_blend_gives_no_weight_to_a_member_that_guesses()
    {
        var random = new Random(1);
        var good = new ClassScores(300, 2);
        var guess = new ClassScores(300, 2);
        var labels = new int[300];
        for (var row = 0; row < labels.Length; row++)
        {
            labels[row] = random.Next(2);
            good[row][labels[row]] = 1 + random.NextDouble();
            guess[row][random.Next(2)] = 3;
        }

        var factors = BlendFactors.Find([guess, good], labels);
        Assert.Equal(0, BlendFactors.Blend([guess, good], factors).Errors(labels));
        Assert.True(factors[1] > 10 * factors[0]);
    }

    [Fact]
    public void On_few_rows_weights_by_log_loss_are_better_on_other_rows_than_weights_by_errors_or_the_best_member()
    {
        // Two members know as much as each other, of different rows; two know little. Weights come from 60 rows.
        int byErrors = 0, byLoss = 0, alone = 0;
        for (var seed = 1; seed <= 12; seed++)
        {
            var random = new Random(seed);
            int[] labels = [.. Enumerable.Range(0, 2000).Select(_ => random.Next(3))];
            ClassScores[] members = [.. Enumerable.Range(0, 4).Select(m =>
            {
                var scores = new ClassScores(labels.Length, 3);
                for (var row = 0; row < labels.Length; row++)
                {
                    for (var c = 0; c < 3; c++)
                    {
                        scores[row][c] = ((m < 2 ? 1.2 : 0.3) * (labels[row] == c ? 1 : 0)) + new NormalNumbers(random).Next();
                    }
                }

                return scores;
            })];
            int[] few = [.. labels.Select((label, row) => row < 60 ? label : -1)];
            int[] others = [.. labels.Select((label, row) => row < 60 ? -1 : label)];
            byErrors += BlendFactors.Blend(members, BlendFactors.Find(members, few)).Errors(others);
            byLoss += BlendFactors.Blend(members, BlendFactors.Find(members, few, byLoss: true)).Errors(others);
            alone += members.Take(2).Min(member => member.Errors(others));
        }

        Assert.True(byLoss < byErrors && byLoss < alone, $"{byLoss} errors by log-loss, {byErrors} by errors, {alone} of the best member");
    }

    [Fact]
    public void Temperature_scaling_undoes_a_temperature()
    {
        // Scores whose softmax is the truth, then made four times too sure.
        var random = new Random(1);
        var scores = new ClassScores(4000, 2);
        var labels = new int[4000];
        for (var row = 0; row < scores.Rows; row++)
        {
            var logOdds = (random.NextDouble() * 6) - 3;
            labels[row] = random.NextDouble() < 1 / (1 + Math.Exp(-logOdds)) ? 1 : 0;
            scores[row][1] = 4 * logOdds;
        }

        Assert.Equal(0.25, BlendFactors.InverseTemperature(scores, labels), 0.02);
    }

    [Fact]
    public void Classes_taken_for_each_other_form_groups()
    {
        var (first, _, labels) = TwoSpecialists();
        Assert.Equal([[0, 1], [2, 3], [4]], ClassGroups.Find(first, labels));
    }

    [Fact]
    public void Each_group_is_told_apart_by_the_member_that_knows_it()
    {
        var (first, second, labels) = TwoSpecialists();
        var blend = GroupedBlend.Find([first, second], labels).Blend([first, second]);
        Assert.InRange(blend.Errors(labels), 0, 10);
        Assert.All(blend.Softmax(), row => Assert.Equal(1f, row.Sum(), 1e-5f));
        var everywhere = BlendFactors.Blend([first, second], BlendFactors.Find([first, second], labels));
        Assert.InRange(everywhere.Errors(labels), 50, labels.Length);
    }

    // The first member knows 0 from 1 and guesses between 2 and 3, the second the other way round, and a wrong guess is loud;
    // both know class 4, and the groups apart.
    private static (ClassScores First, ClassScores Second, int[] Labels) TwoSpecialists()
    {
        var random = new Random(3);
        int[] labels = [.. Enumerable.Range(0, 1000).Select(row => row % 5)];
        var first = new ClassScores(labels.Length, 5);
        var second = new ClassScores(labels.Length, 5);
        for (var row = 0; row < labels.Length; row++)
        {
            var label = labels[row];
            var guess = label == 4 ? 4 : (label & 2) + random.Next(2);
            foreach (var member in new[] { first, second })
            {
                var knows = label == 4 || (label < 2) == (member == first);
                var other = label == 4 ? 0 : label ^ 1;
                member[row][label] = 10;
                member[row][other] = label == 4 ? 0 : 10;
                member[row][knows ? label : guess] += knows ? 0.3 : random.NextDouble() * 6;
                if (label < 2 && member == first && random.Next(50) == 0)
                {
                    // Now and then even the specialist errs: the group shows in its confusion.
                    member[row][other] = member[row][label];
                }
            }
        }

        return (first, second, labels);
    }
}
