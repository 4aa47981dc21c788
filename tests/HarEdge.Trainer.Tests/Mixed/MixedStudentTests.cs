using HarEdge.Core;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.Distillation.Linear;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Mixed;

public class MixedStudentTests
{
    private const int Columns = 5;
    private static readonly FeaturePrices Prices = FeaturePrices.Unshared([100, 100, 100, 100, 100]);
    private static readonly Feature[] Features = [.. new[] { "sum.ax", "sum.ay", "sum.az", "sum.gx", "sum.gy" }.Select(new FeatureLayout(128).Find)];

    [Fact]
    public void Trees_correct_the_side_where_they_help_on_other_people()
    {
        var model = new MixedStudent().Distil(Input(Make(1))).Model;
        ModelValidator.Validate(model);
        Assert.Equal(2, model.Stages.Count);
        Assert.NotEmpty(Trees(model, 0, 1));
        Assert.Empty(Trees(model, 2, 3));
    }

    [Fact]
    public void It_keeps_to_its_instructions()
    {
        var model = new MixedStudent().Distil(Input(Make(1)) with { Prices = Prices, Budget = new StudentBudget(Nodes: 120, Instructions: 300) }).Model;
        var slots = new ModelSlots(model);
        Assert.NotEmpty(Trees(model, 0, 1));
        Assert.All([0, 1], stage => Assert.InRange(slots.Always.Count + slots.BeyondAlways(stage).Count, 1, 3));
    }

    [Fact]
    public void It_names_windows_of_other_people_that_linear_specialists_cannot_tell_apart()
    {
        var other = Make(2);
        Assert.InRange(Accuracy(new MixedStudent(), other), 0.92, 1);
        Assert.InRange(Accuracy(new LinearStudent(), other), 0.5, 0.85);
    }

    [Fact]
    public void The_same_input_gives_the_same_model() => Assert.Equal(
        ModelId.Of(new MixedStudent().Distil(Input(Make(1))).Model), ModelId.Of(new MixedStudent().Distil(Input(Make(1))).Model));

    [Fact]
    public void It_keeps_to_its_bytes()
    {
        var model = new MixedStudent().Distil(Input(Make(1)) with { Budget = new StudentBudget(Bytes: 700) }).Model;
        Assert.Contains(model.Stages, stage => stage.ScoreTrees.Count > 0);
        Assert.InRange(ModelSize.Of(model).Bytes, 1, 700);
    }

    [Fact]
    public void Without_room_for_trees_the_linear_specialists_stay_alone()
    {
        var model = new MixedStudent().Distil(Input(Make(1)) with { Budget = new StudentBudget(Bytes: 120) }).Model;
        Assert.All(model.Stages, stage => Assert.Empty(stage.ScoreTrees));
    }

    [Fact]
    public void Every_feature_of_the_model_is_used()
    {
        var model = new MixedStudent().Distil(Input(Make(1))).Model;
        var slots = new ModelSlots(model);
        var used = slots.Always.Concat(slots.BeyondAlways(0)).Concat(slots.BeyondAlways(1)).Distinct().Order();
        Assert.Equal(Enumerable.Range(0, model.Features.Count), used);
    }

    [Fact]
    public void A_class_that_only_one_person_shows_is_no_obstacle()
    {
        var table = Make(1);
        for (var row = 0; row < table.Rows; row++)
        {
            table.Labels[row] = table.Labels[row] == 3 && table.SubjectOfRow[row] > 0 ? 2 : table.Labels[row];
        }

        ModelValidator.Validate(new MixedStudent().Distil(Input(table) with { DistillationWeight = 0 }).Model);
    }

    private static IReadOnlyList<ScoreTree> Trees(FixedPointModel model, params int[] classes) =>
        model.Stages.Single(stage => stage.Classes.SequenceEqual(classes)).ScoreTrees;

    private static double Accuracy(Student student, WindowTable other)
    {
        var model = new ModelEvaluator(student.Distil(Input(Make(1))).Model, Features);
        return Enumerable.Range(0, other.Rows).Average(row => model.Evaluate(other.Row(row)).WindowClass == other.Labels[row] ? 1.0 : 0.0);
    }

    private static DistillationInput Input(WindowTable table) => new()
    {
        Table = table,
        Features = Features,
        SoftLabels = [.. table.Labels.Select(label => Enumerable.Range(0, 4).Select(c => c == label ? 0.7f : 0.1f).ToArray())],
        Budget = new StudentBudget(Nodes: 120),
        Seed = 1,
        Signal = new SignalSettings(128, 64, SensorScale.SampleRateHz, new SensorRange(4, 500)),
    };

    // Column 0 is the gate between classes 0 1 and 2 3. Classes 0 and 1 take turns along column 1, of which a weighted sum sees one border;
    // 2 and 3 differ by a noisy sum of columns 3 and 4.
    private static WindowTable Make(int seed)
    {
        const int people = 6, each = 200;
        var random = new Random(seed);
        var features = new int[people * each * Columns];
        var labels = new int[people * each];
        for (var row = 0; row < labels.Length; row++)
        {
            var label = labels[row] = random.Next(4);
            var values = features.AsSpan(row * Columns, Columns);
            values[0] = (label < 2 ? -500 : 500) + random.Next(-300, 301);
            values[1] = (label == 0, random.Next(2) == 0) switch
            {
                (true, true) => random.Next(-400, -150),
                (true, false) => random.Next(50, 200),
                (false, true) => random.Next(-150, 50),
                _ => random.Next(200, 400),
            };
            values[2] = random.Next(-400, 401);
            values[3] = random.Next(-400, 401);
            values[4] = (label == 3 ? 250 : -250) - values[3] + random.Next(-240, 241);
        }

        return new WindowTable
        {
            Features = features,
            Columns = Columns,
            Labels = labels,
            SubjectOfRow = [.. Enumerable.Range(0, labels.Length).Select(row => row / each)],
            RecordingOfRow = [.. Enumerable.Range(0, labels.Length).Select(row => row / each)],
            StartSample = [.. Enumerable.Range(0, labels.Length).Select(row => row % each * 64)],
            Subjects = [.. Enumerable.Range(0, people).Select(i => $"mixed/{i}")],
            Classes = ["A", "B", "C", "D"],
        };
    }
}
