using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Teachers;

/// <summary>Generated windows: classes are blobs that overlap, people are offsets, and some columns are pure noise.</summary>
internal static class SmallTable
{
    internal const int Columns = 8;

    /// <summary>Three classes; columns 0 to 2 separate them, the others do not. Column 3 reaches to ±2^30.</summary>
    internal static WindowTable Make(int seed, int subjects = 6, int rowsPerSubject = 60)
    {
        var random = new Random(seed);
        var rows = subjects * rowsPerSubject;
        var features = new int[rows * Columns];
        var labels = new int[rows];
        var subjectOfRow = new int[rows];
        var start = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            var subject = row / rowsPerSubject;
            var label = random.Next(3);
            labels[row] = label;
            subjectOfRow[row] = subject;
            start[row] = row % rowsPerSubject * 64;
            var values = features.AsSpan(row * Columns, Columns);
            values[0] = (label == 0 ? -200 : 200) + random.Next(-260, 261) + (10 * subject);
            values[1] = (label == 1 ? -200 : 200) + random.Next(-260, 261) - (10 * subject);
            values[2] = ((label * 300) - 300) + random.Next(-300, 301);
            values[3] = random.Next(-(1 << 30), 1 << 30);
            for (var column = 4; column < Columns; column++)
            {
                values[column] = random.Next(-3, 4);
            }
        }

        return new WindowTable
        {
            Features = features,
            Columns = Columns,
            Labels = labels,
            SubjectOfRow = subjectOfRow,
            RecordingOfRow = subjectOfRow,
            StartSample = start,
            Subjects = [.. Enumerable.Range(0, subjects).Select(i => $"small/{i}")],
            Classes = ["A", "B", "C"],
        };
    }

    /// <summary>Names as FeatureLayout has them, one a column.</summary>
    internal static IReadOnlyList<string> Names { get; } =
        ["sum.ax", "sum.ay", "sum.az", "cov.ax.ay", "min.ax", "max.ax", "min.ay", "max.ay"];

    /// <summary>Share of rows whose largest probability is at the label.</summary>
    internal static double Accuracy(WindowTable table, IReadOnlyList<float[]> probabilities) =>
        Enumerable.Range(0, table.Rows).Count(r => Array.IndexOf(probabilities[r], probabilities[r].Max()) == table.Labels[r]) / (double)table.Rows;
}
