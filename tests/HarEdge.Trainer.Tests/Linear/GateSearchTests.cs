using HarEdge.Trainer.Distillation.Linear;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Linear;

public class GateSearchTests
{
    private static WindowTable TableOf(int classes, Func<int, Random, int[]> featuresOfClass)
    {
        var random = new Random(2);
        var labels = Enumerable.Range(0, 40 * classes).Select(i => i % classes).ToArray();
        var rows = labels.Select(label => featuresOfClass(label, random)).ToArray();
        return new WindowTable
        {
            Features = [.. rows.SelectMany(row => row)],
            Columns = rows[0].Length,
            Labels = labels,
            SubjectOfRow = new int[labels.Length],
            RecordingOfRow = new int[labels.Length],
            StartSample = [.. Enumerable.Range(0, labels.Length)],
            Subjects = ["set/a"],
            Classes = [.. Enumerable.Range(0, classes).Select(i => "C" + i)],
        };
    }

    [Fact]
    public void The_most_even_clean_split_is_found_with_a_threshold_between_the_halves()
    {
        // Column 0 separates one class from three, column 1 two from two, column 2 nothing.
        var table = TableOf(4, (label, random) => [label == 0 ? 0 : 100 + random.Next(9), (label < 2 ? -50 : 50) + random.Next(9), random.Next(100)]);
        var gate = GateSearch.Find(table, [0, 1, 2], _ => 1)!;
        Assert.Equal(1, gate.Column);
        Assert.Equal([0, 1], gate.LeftClasses);
        Assert.InRange(gate.Threshold, -42, 49);
        Assert.Equal(0, gate.Misrouted, precision: 9);
    }

    [Fact]
    public void Among_equals_the_cheapest_feature_wins()
    {
        var table = TableOf(4, (label, random) => [label < 2 ? 0 : 100 + random.Next(9), (label < 2 ? -50 : 50) + random.Next(9)]);
        Assert.Equal(1, GateSearch.Find(table, [0, 1], column => column == 0 ? 100 : 10)!.Column);
    }

    [Fact]
    public void Without_a_clean_split_there_is_no_gate() =>
        Assert.Null(GateSearch.Find(TableOf(4, (_, random) => [random.Next(100)]), [0], _ => 1));

    [Fact]
    public void Two_classes_need_no_gate() =>
        Assert.Null(GateSearch.Find(TableOf(2, (label, _) => [label]), [0], _ => 1));
}
