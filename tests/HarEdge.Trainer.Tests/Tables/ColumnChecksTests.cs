namespace HarEdge.Trainer.Tests.Tables;

public sealed class ColumnChecksTests : IDisposable
{
    private readonly MadeTable made = new();

    public void Dispose() => made.Dispose();

    [Theory]
    [InlineData("", "counts the rows")]
    [InlineData("Unnamed: 0", "counts the rows")]
    [InlineData("anything", "counts the rows")]
    public void A_column_that_counts_rows_sorted_by_class_is_left_out_with_a_warning(string name, string reason)
    {
        List<MadeTable.Row> sorted = [.. MadeTable.Rows().OrderBy(row => row.Label, StringComparer.Ordinal)];
        made.Write("t.csv", MadeTable.Csv(sorted, [name], row => [$"{row}"]));
        var table = made.Read("t.csv");
        Assert.Equal(6, table.Columns.Count);
        Assert.Contains(table.Account.LeftOut, column => column.Reason.StartsWith(reason, StringComparison.Ordinal));
        Assert.Contains(table.Account.Warnings, warning => warning.Contains("numbers the rows and by itself gives the class away", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(10, 7)]
    public void A_number_that_rows_had_before_they_were_shuffled_is_left_out_whatever_its_steps(int step, int first)
    {
        var random = new Random(1);
        var numbered = MadeTable.Rows().OrderBy(row => row.Label, StringComparer.Ordinal).Select((row, i) => (row, Number: first + (i * step))).OrderBy(_ => random.Next()).ToList();
        made.Write("t.csv", MadeTable.Csv([.. numbered.Select(pair => pair.row)], ["nr"], row => [$"{numbered[row].Number}"]));
        Assert.Contains(made.Read("t.csv").Account.LeftOut, column => column.Column == "nr" && column.Reason.StartsWith("numbers the rows and by itself", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("constant", "9.81", "never changes")]
    [InlineData("empty", "", "all values are missing")]
    [InlineData("phone", "Pixel 6", "text: a category of 1 values")]
    public void A_column_that_tells_nothing_is_left_out_by_name(string name, string cell, string reason)
    {
        made.Write("t.csv", MadeTable.Csv(MadeTable.Rows(), [name], _ => [cell]));
        var left = Assert.Single(made.Read("t.csv").Account.LeftOut);
        Assert.Equal(name, left.Column);
        Assert.StartsWith(reason, left.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nearly_empty_repeated_and_personal_columns_are_left_out_unless_kept()
    {
        var rows = MadeTable.Rows();
        made.Write("t.csv", MadeTable.Csv(rows, ["sparse", "copy", "age"], row => [row % 10 == 0 ? "1.5" : "", $"{rows[row].Values[0]}", $"{20 + rows[row].Person[1]}"]));
        var table = made.Read("t.csv");
        Assert.Equal(["age", "f0", "sparse"], table.Account.LeftOut.Select(column => column.Column).Order(StringComparer.Ordinal));
        Assert.Contains("age", made.Read("t.csv", options => options with { Keep = ["age"] }).Columns.Select(column => column.Name));
    }

    [Fact]
    public void Times_and_counters_of_windows_are_left_out()
    {
        made.Write("t.csv", MadeTable.Csv(MadeTable.Rows(), ["raw_timestamp_part_1", "num_window", "ticks"], row => [$"{1600000000 + (row * 3)}", $"{row % 5}", $"{row / 4}"]));
        Assert.Equal(["num_window", "raw_timestamp_part_1", "ticks"], made.Read("t.csv").Account.LeftOut.Select(column => column.Column).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Text_is_encoded_when_asked_for()
    {
        made.Write("t.csv", MadeTable.Csv(MadeTable.Rows(), ["phone"], row => [row % 3 == 0 ? "A52" : "Pixel"]));
        var table = made.Read("t.csv", options => options with { Categorical = ["phone"] });
        Assert.Equal([1f, 0, 0, 1], table.Values[0].Take(4));
        Assert.Equal("phone=A52", table.Columns[0].Name);
    }

    [Fact]
    public void A_number_that_tells_the_class_only_within_a_person_is_asked_about()
    {
        var random = new Random(3);
        var rows = MadeTable.Rows(windows: 60);
        List<(MadeTable.Row Row, int Number)> numbered = [.. rows.Select((row, i) => (row, (7 * i) + (i % 7))).OrderBy(_ => random.Next())];
        made.Write("t.csv", MadeTable.Csv([.. numbered.Select(pair => pair.Row)], ["segment no. of day"], row => [$"{numbered[row].Number}"]));
        Assert.Contains(made.Read("t.csv").Account.Warnings, warning => warning.Contains("alone gives the class away", StringComparison.Ordinal));
    }
}
