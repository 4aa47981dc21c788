using HarEdge.Core;
using HarEdge.Trainer.Distillation;
using HarEdge.Trainer.Distillation.Trees;
using HarEdge.Trainer.Tests.Teachers;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Trees;

public class CarriedOverColumnsTests
{
    private const int Columns = 200;
    private const int Telling = 40;

    [Fact]
    public void Columns_that_fit_only_the_people_they_are_of_are_left_out()
    {
        var input = CarriedOverColumns.Of(Input());
        var kept = Enumerable.Range(0, Columns).Where(column => !input.Excluded.Contains(column)).ToList();
        var telling = kept.Count(column => column < Telling);
        Assert.InRange(telling, 0.75 * Telling, Telling);
        Assert.InRange(kept.Count - telling, 0, 0.25 * (Columns - Telling));
    }

    [Fact]
    public void A_table_of_few_columns_is_taken_as_it_is()
    {
        var input = SmallDistillation.Input(SmallTable.Make(1));
        Assert.Same(input, CarriedOverColumns.Of(input));
    }

    // The first columns each tell a little about the class, in everybody alike; the others tell it too, but in every person another way.
    private static DistillationInput Input()
    {
        const int people = 8, each = 120;
        var layout = new FeatureLayout(128);
        string[] names = [.. Enumerable.Range(0, Columns).Select(i => layout[i].Name)];
        var random = new Random(4);
        int[] labels = [.. Enumerable.Range(0, people * each).Select(_ => random.Next(2))];
        var features = new int[labels.Length * Columns];
        for (var column = 0; column < Columns; column++)
        {
            int[] sign = [.. Enumerable.Range(0, people).Select(_ => column < Telling ? 1 : (2 * random.Next(2)) - 1)];
            for (var row = 0; row < labels.Length; row++)
            {
                features[(row * Columns) + column] = (sign[row / each] * (labels[row] == 0 ? -150 : 150)) + random.Next(-700, 701);
            }
        }

        var table = new WindowTable
        {
            Features = features,
            Columns = Columns,
            Labels = labels,
            SubjectOfRow = [.. Enumerable.Range(0, labels.Length).Select(row => row / each)],
            RecordingOfRow = [.. Enumerable.Range(0, labels.Length).Select(row => row / each)],
            StartSample = [.. Enumerable.Range(0, labels.Length).Select(row => row % each * 64)],
            Subjects = [.. Enumerable.Range(0, people).Select(i => $"many/{i}")],
            Classes = ["A", "B"],
        };
        return SmallDistillation.Input(SmallTable.Make(1)) with
        {
            Table = table,
            Features = [.. names.Select(layout.Find)],
            SoftLabels = [.. labels.Select(label => new[] { label == 0 ? 0.9f : 0.1f, label == 1 ? 0.9f : 0.1f })],
        };
    }
}
