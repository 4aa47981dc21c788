using HarEdge.Trainer.Training;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Teachers;

public sealed class TemporalContextTests
{
    private const int Window = 128;

    private static WindowTable Sequence(int[] labels, int[] start, int[]? recordings = null) => new()
    {
        Features = new int[labels.Length],
        Columns = 1,
        Labels = labels,
        SubjectOfRow = new int[labels.Length],
        RecordingOfRow = recordings ?? new int[labels.Length],
        StartSample = start,
        Subjects = ["small/1"],
        Classes = ["A", "B", "C"],
        WindowSamples = Window,
    };

    private static int[] Every(int samples, int count) => [.. Enumerable.Range(0, count).Select(i => i * samples)];

    private static TemporalContext Slow() => TemporalContext.Learn(Sequence([.. Enumerable.Repeat(0, 40), .. Enumerable.Repeat(1, 40)], Every(Window, 80)));

    private static float[] Sure(int label, float probability = 0.9f) =>
        [.. Enumerable.Range(0, 3).Select(c => c == label ? probability : (1 - probability) / 2)];

    [Fact]
    public void One_doubtful_window_among_sure_ones_is_what_they_are()
    {
        float[][] alone = [Sure(0), Sure(0), Sure(1, 0.6f), Sure(0), Sure(0)];
        var smoothed = Slow().Of(Sequence(new int[5], Every(Window, 5)), alone);
        Assert.All(smoothed, p => Assert.Equal(0, Array.IndexOf(p, p.Max())));
    }

    [Fact]
    public void A_change_stays_where_it_was()
    {
        float[][] alone = [Sure(0), Sure(0), Sure(0), Sure(2), Sure(2), Sure(2)];
        var smoothed = Slow().Of(Sequence(new int[6], Every(Window, 6)), alone);
        Assert.Equal([0, 0, 0, 2, 2, 2], smoothed.Select(p => Array.IndexOf(p, p.Max())));
    }

    [Fact]
    public void Neither_another_recording_nor_one_long_ago_says_anything()
    {
        float[][] alone = [Sure(0), Sure(0), Sure(1, 0.6f)];
        var elsewhere = Slow().Of(Sequence(new int[3], [0, Window, 2 * Window], [0, 0, 1]), alone);
        Assert.Equal(0.6, elsewhere[2][1], 1e-6);
        var later = Slow().Of(Sequence(new int[3], [0, Window, 100_000_000]), alone);
        Assert.Equal(0.6, later[2][1], 1e-6);
    }

    [Fact]
    public void It_is_the_sum_over_all_courses_of_events() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[2, 5]).Sample(
            (seed, count) =>
            {
                var random = new Random(seed);
                var start = new int[count];
                for (var i = 1; i < count; i++)
                {
                    start[i] = start[i - 1] + Window + random.Next(400);
                }

                var alone = Enumerable.Range(0, count).Select(_ => Sure(random.Next(3), 0.2f + (0.7f * random.NextSingle()))).ToArray();
                var labels = Enumerable.Range(0, count).Select(_ => random.Next(3)).ToArray();
                var table = Sequence(labels, start);
                var smoothed = TemporalContext.Learn(table).Of(table, alone);
                var expected = Enumerated(labels, start, alone);
                for (var i = 0; i < count; i++)
                {
                    for (var c = 0; c < 3; c++)
                    {
                        Assert.Equal(expected[i][c], smoothed[i][c], 1e-5);
                    }
                }
            },
            iter: 50);

    [Fact]
    public void Windows_that_overlap_by_half_count_half()
    {
        float[][] alone = [Sure(0), Sure(1)];
        var half = Slow().Of(Sequence(new int[2], [0, Window / 2]), alone);
        var apart = TemporalContext.Learn(Sequence([.. Enumerable.Repeat(0, 40), .. Enumerable.Repeat(1, 40)], Every(2 * Window, 80)))
            .Of(Sequence(new int[2], [0, Window]), [Root(alone[0]), Root(alone[1])]);
        for (var c = 0; c < 3; c++)
        {
            Assert.Equal(apart[0][c], half[0][c], 1e-5);
        }

        static float[] Root(float[] p)
        {
            var roots = Array.ConvertAll(p, MathF.Sqrt);
            return Array.ConvertAll(roots, root => root / roots.Sum());
        }
    }

    [Fact]
    public void The_order_of_the_rows_does_not_matter()
    {
        float[][] alone = [Sure(0), Sure(1), Sure(1), Sure(2)];
        var forward = Slow().Of(Sequence(new int[4], Every(Window, 4)), alone);
        int[] order = [2, 0, 3, 1];
        var shuffled = Slow().Of(Sequence(new int[4], [.. order.Select(i => i * Window)]), [.. order.Select(i => alone[i])]);
        Assert.Equal(order.Select(i => forward[i]), shuffled);
    }

    [Fact]
    public void A_teacher_that_is_better_off_without_context_goes_without()
    {
        // Activities that change with every window and a teacher that is always right: neighbors can only mislead.
        int[] labels = [.. Enumerable.Range(0, 30).Select(i => i % 3)];
        var trainingSet = Sequence(labels, Every(Window, 30));
        float[][] alone = [.. labels.Select(label => Sure(label))];
        var (kept, none) = TeacherPredictions.InContext(trainingSet, alone, new StudentRecipe());
        Assert.Null(none);
        Assert.Same(alone, kept);

        labels = [.. Enumerable.Range(0, 30).Select(i => i / 10)];
        trainingSet = Sequence(labels, Every(Window, 30));
        alone = [.. labels.Select((label, i) => i % 10 == 5 ? Sure((label + 1) % 3, 0.6f) : Sure(label))];
        var (smoothed, context) = TeacherPredictions.InContext(trainingSet, alone, new StudentRecipe());
        Assert.NotNull(context);
        Assert.Equal(labels, smoothed.Select(p => Array.IndexOf(p, p.Max())));
        Assert.Null(TeacherPredictions.InContext(trainingSet, alone, new StudentRecipe { InContext = false }).Context);
    }

    // Every sequence of classes, weighed by what the windows say and by the chance that it comes about.
    private static double[][] Enumerated(int[] labels, int[] start, float[][] alone)
    {
        var count = labels.Length;
        var changes = 0.5 + Enumerable.Range(1, count - 1).Count(i => labels[i] != labels[i - 1]);
        var rate = changes / (start[^1] - start[0]);
        var sums = alone.Select(_ => new double[3]).ToArray();
        for (var code = 0; code < (int)Math.Pow(3, count); code++)
        {
            var course = Enumerable.Range(0, count).Select(i => code / (int)Math.Pow(3, i) % 3).ToArray();
            var weight = 1.0;
            for (var i = 0; i < count; i++)
            {
                weight *= alone[i][course[i]];
                if (i > 0)
                {
                    var kept = Math.Exp(-rate * 1.5 * (start[i] - start[i - 1]));
                    weight *= (1 - kept) / 3 + (course[i] == course[i - 1] ? kept : 0);
                }
            }

            for (var i = 0; i < count; i++)
            {
                sums[i][course[i]] += weight;
            }
        }

        return [.. sums.Select(sum => Array.ConvertAll(sum, s => s / sum.Sum()))];
    }
}
