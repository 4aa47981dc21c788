using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Learning.Learners;
using HarEdge.Trainer.Teachers;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Teachers;

public sealed class TeacherTests
{
    private static readonly InputTransform[] Transforms =
        [.. Enumerable.Range(0, SmallTable.Columns).Select(c => c == 3 ? InputTransform.SignedLog2Q8 : InputTransform.Identity)];

    public static TheoryData<string> Kinds => ["linear", "boosting", "blend", "forest", "logistic", "fourier"];

    private static Teacher Make(string kind) => kind switch
    {
        "linear" => new LinearTeacher(Transforms),
        "boosting" => new LightGbmTeacher(),
        "forest" => new FeatureTeacher(new ForestLearner(isExtra: false, 60), Transforms),
        "logistic" => new FeatureTeacher(new LogisticLearner(), Transforms),
        "fourier" => new FourierTeacher(Transforms),
        _ => new BlendedTeacher([new LinearTeacher(Transforms), new LightGbmTeacher()]),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_names_most_labels_of_people_it_never_saw(string kind)
    {
        using var trained = Make(kind).Train(SmallTable.Make(1), seed: 1);
        var others = SmallTable.Make(2);
        var probabilities = trained.Probabilities(others);
        Assert.All(probabilities, p => Assert.Equal(1f, p.Sum(), 1e-5f));
        Assert.InRange(SmallTable.Accuracy(others, probabilities), 0.75, 1);
        Assert.Equal(
            SmallTable.Accuracy(others, probabilities),
            trained.Classify(others).Zip(others.Labels).Count(p => p.First == p.Second) / (double)others.Rows,
            1e-9);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_rows_and_seed_give_the_same_probabilities(string kind)
    {
        var table = SmallTable.Make(1);
        var folds = new CrossFitFolds(table, 3, 1);
        var first = Make(kind).TrainAndCrossFit(table, folds, seed: 5);
        var second = Make(kind).TrainAndCrossFit(table, folds, seed: 5);
        using var one = first.Teacher;
        using var two = second.Teacher;
        Assert.Equal(first.SoftLabels, second.SoftLabels);
        Assert.Equal(one.Probabilities(table), two.Probabilities(table));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_cross_fitted_label_does_not_depend_on_the_labels_of_its_own_wearer(string kind)
    {
        var table = SmallTable.Make(1);
        var folds = new CrossFitFolds(table, 3, 1);
        var wearer = 4;
        int[] shuffled = [.. table.Labels.Select((label, row) => folds.FoldOf(table, row) == folds.FoldOf(table, FirstRowOf(table, wearer)) ? (label + 1) % 3 : label)];
        var before = Make(kind).TrainAndCrossFit(table, folds, seed: 5);
        var after = Make(kind).TrainAndCrossFit(With(table, shuffled), folds, seed: 5);
        using var one = before.Teacher;
        using var two = after.Teacher;

        // A blend's weights for a fold come from members that did see it, on other people's rows: only those may move, a little.
        var tolerance = kind == "blend" ? 0.35f : 0f;
        for (var row = FirstRowOf(table, wearer); row < table.Rows && table.SubjectOfRow[row] == wearer; row++)
        {
            for (var c = 0; c < 3; c++)
            {
                Assert.Equal(before.SoftLabels[row][c], after.SoftLabels[row][c], tolerance);
            }
        }

        Assert.NotEqual(one.Probabilities(table), two.Probabilities(table));
    }

    [Fact]
    public void Rows_without_label_are_labelled_but_not_learned_from()
    {
        var table = SmallTable.Make(1);
        var labels = (int[])table.Labels.Clone();
        for (var row = 0; row < labels.Length; row += 3)
        {
            labels[row] = -1;
        }

        var partly = With(table, labels);
        var teacher = new LinearTeacher(Transforms);
        using var trained = teacher.Train(partly, seed: 1);
        using var onSelected = teacher.Train(table.Select([.. Enumerable.Range(0, table.Rows).Where(row => row % 3 != 0)]), seed: 1);
        Assert.Equal(onSelected.Probabilities(table), trained.Probabilities(table));
        var fitted = teacher.TrainAndCrossFit(partly, new CrossFitFolds(partly, 3, 1), seed: 1);
        using var ofAll = fitted.Teacher;
        Assert.InRange(SmallTable.Accuracy(table, fitted.SoftLabels), 0.75, 1);
    }

    [Fact]
    public void Further_windows_get_the_label_their_wearers_fold_gives()
    {
        var table = SmallTable.Make(1);
        var every = table.Select([.. Enumerable.Range(0, table.Rows).Where(row => row % 2 == 1)]);
        var fitted = new LinearTeacher(Transforms).TrainAndCrossFit(table, new CrossFitFolds(table, 3, 1), seed: 1, further: every);
        using var ofAll = fitted.Teacher;
        Assert.Equal([.. fitted.SoftLabels.Where((_, row) => row % 2 == 1)], fitted.FurtherSoftLabels);
    }

    [Fact]
    public void One_activity_alone_cannot_be_taught()
    {
        var table = SmallTable.Make(1);
        var error = Assert.Throws<InputException>(() => new LinearTeacher(Transforms).Train(With(table, [.. table.Labels.Select(_ => 1)]), 1));
        Assert.Contains("B", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fold_that_fails_gives_its_own_reason()
    {
        var table = SmallTable.Make(1, subjects: 2);

        // Only the second person does anything but A: without that person one activity is left.
        var labels = table.Labels.Select((label, row) => table.SubjectOfRow[row] == 0 ? 0 : label).ToArray();
        var oneSided = With(table, labels);
        Assert.Throws<InputException>(() => new LinearTeacher(Transforms).TrainAndCrossFit(oneSided, new CrossFitFolds(oneSided, 2, 1), seed: 1));
    }

    [Fact]
    public void A_class_that_only_one_person_shows_leaves_the_blend_usable()
    {
        var table = SmallTable.Make(1);
        var labels = table.Labels.Select((label, row) => label == 2 && table.SubjectOfRow[row] != 0 ? 1 : label).ToArray();
        var rare = With(table, labels);
        var fitted = Make("blend").TrainAndCrossFit(rare, new CrossFitFolds(rare, 3, 1), seed: 1);
        using var ofAll = fitted.Teacher;
        Assert.All(fitted.SoftLabels, p => Assert.All(p, v => Assert.True(float.IsFinite(v))));
        Assert.Contains(fitted.SoftLabels, p => p.Max() > 0.9f);
    }

    private static int FirstRowOf(WindowTable table, int subject) => Array.IndexOf(table.SubjectOfRow, subject);

    private static WindowTable With(WindowTable table, int[] labels) => new()
    {
        Features = table.Features,
        Columns = table.Columns,
        Labels = labels,
        SubjectOfRow = table.SubjectOfRow,
        RecordingOfRow = table.RecordingOfRow,
        StartSample = table.StartSample,
        Subjects = table.Subjects,
        Classes = table.Classes,
    };
}
