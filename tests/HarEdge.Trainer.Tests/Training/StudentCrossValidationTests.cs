using HarEdge.Core;
using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.Distillation.Trees;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Tests.Teachers;
using HarEdge.Trainer.Tests.Trees;
using HarEdge.Trainer.Training;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Training;

public class StudentTrialTests
{
    private static readonly FeatureLayout Layout = new(128);
    private static readonly WindowTable Table = WholeLayout(SmallTable.Make(3, subjects: 8, rowsPerSubject: 30));
    private static readonly CrossFitFolds Folds = new(Table, 4, 1);

    [Fact]
    public void A_form_far_behind_on_the_first_people_is_not_tried_on_the_others()
    {
        var trials = Run(new BoostedTreesStudent(), new MisledStudent());
        Assert.True(trials[0].IsWhole);
        Assert.False(trials[1].IsWhole);
        Assert.Equal(1, trials[1].FoldsDone);
        Assert.Same(trials[0], StudentCrossValidation.BestOf(trials));
    }

    [Fact]
    public void Forms_that_are_close_are_all_tried_on_everybody()
    {
        var trials = Run(new BoostedTreesStudent(), new BoostedTreesStudent());
        Assert.All(trials, trial => Assert.Equal(Folds.Count, trial.FoldsDone));
        Assert.Equal(trials[0].Accuracy, trials[1].Accuracy);
    }

    [Fact]
    public void A_better_form_that_comes_later_is_the_best()
    {
        var trials = Run(new MisledStudent(), new BoostedTreesStudent());
        Assert.Same(trials[1], StudentCrossValidation.BestOf(trials));
    }

    [Fact]
    public void A_form_with_nothing_within_the_budget_does_not_stop_another()
    {
        var trials = Run(new PoorStudent(), new BoostedTreesStudent(), new PoorStudent());
        Assert.Equal("Nothing fits.", trials[0].Refusal);
        Assert.Same(trials[1], StudentCrossValidation.BestOf(trials));
    }

    [Fact]
    public void Where_no_form_has_anything_within_the_budget_it_is_said_so()
    {
        Assert.Equal("Nothing fits.", Assert.Throws<InputException>(() => Run(new PoorStudent(), new PoorStudent())).Message);
        Assert.Equal("Nothing fits.", Assert.Throws<InputException>(() => Run(new PoorStudent())).Message);
    }

    private static IReadOnlyList<StudentCrossValidation> Run(params Student[] students)
    {
        var trainingSet = SmallDistillation.Input(Table) with { Features = [.. Enumerable.Range(0, Layout.Count).Select(i => Layout[i])] };
        return StudentCrossValidation.RunAll(students, trainingSet, Table, Layout, Folds, null, CancellationToken.None);
    }

    // The trial's windows have a column for each feature there is.
    private static WindowTable WholeLayout(WindowTable small)
    {
        var features = new int[small.Rows * Layout.Count];
        for (var row = 0; row < small.Rows; row++)
        {
            for (var column = 0; column < small.Columns; column++)
            {
                features[(row * Layout.Count) + Layout.Find(SmallTable.Names[column]).Index] = small.Row(row)[column];
            }
        }

        return Like(small, features, small.Labels);
    }

    private static WindowTable Like(WindowTable table, int[] features, int[] labels) => new()
    {
        Features = features,
        Columns = features.Length / table.Rows,
        Labels = labels,
        SubjectOfRow = table.SubjectOfRow,
        RecordingOfRow = table.RecordingOfRow,
        StartSample = table.StartSample,
        Subjects = table.Subjects,
        Classes = table.Classes,
    };

    // Learns well, but from labels that say the next class.
    private sealed class MisledStudent : Student
    {
        public override string Kind => "misled";

        public override DistilledStudent Distil(DistillationInput input)
        {
            var table = input.Table;
            return new BoostedTreesStudent().Distil(input with { Table = Like(table, table.Features, [.. table.Labels.Select(label => (label + 1) % 3)]) });
        }
    }

    // Has nothing small enough.
    private sealed class PoorStudent : Student
    {
        public override string Kind => "poor";

        public override DistilledStudent Distil(DistillationInput input) => throw new InputException("Nothing fits.", "Allow more.");
    }
}
