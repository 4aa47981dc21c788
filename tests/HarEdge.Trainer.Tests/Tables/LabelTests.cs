using HarEdge.Trainer.Tables;

namespace HarEdge.Trainer.Tests.Tables;

public sealed class LabelTests : IDisposable
{
    private readonly MadeTable made = new();

    public void Dispose() => made.Dispose();

    [Fact]
    public void Spellings_that_differ_in_case_and_blanks_are_one_class_and_told()
    {
        var table = WithLabels(row => row % 3 == 0 ? row == 0 ? " Walk" : row == 3 ? "WALK" : "walk" : row % 3 == 1 ? row == 1 ? "stairs_up" : "Stairs Up" : "sit");
        Assert.Equal(["Stairs Up", "sit", "walk"], table.Classes);
        var told = Assert.Single(table.Account.Facts, fact => fact.What == "labels joined").Value;
        Assert.StartsWith("3 rows", told, StringComparison.Ordinal);
        Assert.Contains("' Walk' is walk (1)", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wlak")]
    [InlineData("walkk")]
    [InlineData("wal")]
    public void A_rare_label_one_slip_from_a_frequent_one_is_asked_about_and_is_no_class(string slip)
    {
        var table = WithLabels(row => row == 6 ? slip : row % 2 == 0 ? "walk" : "sit");
        Assert.Equal(["sit", "walk"], table.Classes);
        Assert.Equal(-1, table.Labels[6]);
        Assert.Contains(table.Account.Warnings, warning => warning.Contains($"'{slip}' has 1 row (line 8): did you mean 'walk'?", StringComparison.Ordinal));
    }

    [Fact]
    public void None_is_a_class_where_many_rows_have_it_and_a_missing_label_where_few_do()
    {
        var many = WithLabels(row => row % 3 == 0 ? "none" : row % 3 == 1 ? "walk" : "sit");
        Assert.Equal(["none", "sit", "walk"], many.Classes);
        Assert.Contains(many.Account.Warnings, warning => warning.Contains("'none' is taken for a class", StringComparison.Ordinal));
        Assert.Equal(["sit", "walk"], WithLabels(row => row == 3 ? "none" : row % 2 == 0 ? "walk" : "sit").Classes);
        Assert.Equal(["sit", "walk"], WithLabels(row => row % 3 == 0 ? "none" : row % 3 == 1 ? "walk" : "sit", options => options with { Renames = [("none", "?")] }).Classes);
    }

    [Fact]
    public void A_rename_settles_a_slip_either_way()
    {
        string Label(int row) => row == 6 ? "wlak" : row % 2 == 0 ? "walk" : "sit";
        Assert.Equal(["sit", "walk"], WithLabels(Label, options => options with { Renames = [("wlak", "walk")] }).Classes);
        Assert.Equal(["sit", "walk", "wlak"], WithLabels(Label, options => options with { Renames = [("wlak", "wlak")] }).Classes);
    }

    [Fact]
    public void Labels_that_differ_by_a_number_are_classes()
    {
        Assert.Equal(["A1", "A2", "A3"], WithLabels(row => row == 6 ? "A3" : row % 2 == 0 ? "A1" : "A2").Classes);
    }

    [Fact]
    public void Codes_with_a_point_are_the_codes_and_stand_in_their_order()
    {
        var table = WithLabels(row => row % 3 == 0 ? "10" : row % 3 == 1 ? "2.0" : row == 2 ? "" : "1");
        Assert.Equal(["1", "2", "10"], table.Classes);
        Assert.Equal(-1, table.Labels[2]);
    }

    [Fact]
    public void A_class_of_three_rows_is_told()
    {
        Assert.Contains(WithLabels(row => row < 3 ? "jump" : row % 2 == 0 ? "walk" : "sit").Account.Warnings, warning => warning.StartsWith("The class jump has 3 rows", StringComparison.Ordinal));
    }

    [Fact]
    public void Measurements_as_labels_are_refused()
    {
        var error = Assert.Throws<InputException>(() => WithLabels(row => $"{row * 0.37}"));
        Assert.Contains("no classes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_0_and_1_are_one_class_each()
    {
        made.Write("t.csv", MadeTable.Csv(MadeTable.Rows(), ["is_walk", "is_sit"], row => row % 2 == 0 ? ["1", "0"] : ["0", "1"], hasLabel: false));
        var table = made.Read("t.csv", options => options with { Labels = ["is_walk", "is_sit"] });
        Assert.Equal(["is_sit", "is_walk"], table.Classes);
        Assert.Equal(6, table.Columns.Count);
    }

    [Fact]
    public void Labels_in_a_file_of_their_own_are_joined_by_the_common_column()
    {
        made.Write("t.csv", MadeTable.Csv(MadeTable.Rows(), ["window_id"], row => [$"w{row}"], hasLabel: false));
        made.Write("y.csv", "window_id,label,what\n" + string.Concat(Enumerable.Range(0, 90).Reverse().Select(row => $"w{row},{row % 2},{(row % 2 == 0 ? "Squat" : "Lunge")}\n")));
        var table = made.Read("t.csv", options => options with { LabelsFile = made.At("y.csv") });
        Assert.Equal(["0", "1"], table.Classes);
        Assert.Equal(["Squat", "Lunge"], table.ClassNames);
        Assert.Equal([0, 1, 0], table.Labels.Take(3));
        Assert.Equal(6, table.Labels.Count(label => label < 0));
    }

    [Fact]
    public void A_file_of_labels_alone_is_taken_row_by_row_and_two_labels_of_one_id_are_refused()
    {
        made.Write("t.csv", MadeTable.Csv(MadeTable.Rows(), ["window_id"], row => [$"w{row}"], hasLabel: false));
        made.Write("y.txt", string.Concat(Enumerable.Range(0, 96).Select(row => $"{row % 2}\n")));
        Assert.Equal([0, 1, 0, 1], made.Read("t.csv", options => options with { LabelsFile = made.At("y.txt") }).Labels.Take(4));
        made.Write("y.csv", "window_id,label\nw1,0\nw1,1\n");
        var error = Assert.Throws<InputException>(() => made.Read("t.csv", options => options with { LabelsFile = made.At("y.csv") }));
        Assert.Contains("w1 two labels", error.Message, StringComparison.Ordinal);
    }

    private FeatureTable WithLabels(Func<int, string> label, Func<TableOptions, TableOptions>? with = null)
    {
        var rows = MadeTable.Rows();
        made.Write("t.csv", MadeTable.Csv([.. rows.Select((row, i) => row with { Label = label(i) })]));
        return made.Read("t.csv", with);
    }
}
