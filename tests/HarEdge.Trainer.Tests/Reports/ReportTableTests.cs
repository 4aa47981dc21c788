using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.Reports;

namespace HarEdge.Trainer.Tests.Reports;

public sealed class ReportTableTests
{
    [Fact]
    public void Markdown_lines_up_and_numbers_stand_right()
    {
        var table = new ReportTable("Title", ["name", "n"], [["a", "5"], ["longer", "12345"]]);
        Assert.Equal("Title\n\n| name   |     n |\n| ------ | ----: |\n| a      |     5 |\n| longer | 12345 |\n", table.ToMarkdown());
    }

    [Fact]
    public void A_bar_in_a_cell_does_not_end_the_cell()
    {
        Assert.Contains("a\\|b", new ReportTable("T", ["x"], [["a|b"]]).ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_share_that_was_not_measured_is_a_dash()
    {
        Assert.Equal("–", ReportTable.Percent(double.NaN));
        Assert.Equal("95.1 %", ReportTable.Percent(0.951));
    }

    [Fact]
    public void People_come_worst_first_and_the_worst_is_named()
    {
        var scores = ClassificationScores.Of(["A", "B"], [0, 0, 1, 1], [0, 0, 0, 1], ["s/1", "s/1", "s/2", "s/2"]);
        var rows = ScoreTables.PerSubject("T", scores).Rows;
        Assert.Equal(["s/2", "2", "1", "50.0 %", "worst"], rows[0]);
        Assert.Equal(["s/1", "2", "2", "100.0 %", ""], rows[1]);
    }

    [Fact]
    public void The_confusion_table_shows_recall_and_F1_of_each_class()
    {
        var scores = ClassificationScores.Of(["A", "B"], [0, 0, 0, 1], [0, 0, 1, 1], ["s", "s", "s", "s"]);
        var rows = ScoreTables.Confusion("T", scores).Rows;
        Assert.Equal(["A", "2", "1", "66.7 %", "80.0 %"], rows[0]);
        Assert.Equal(["B", "0", "1", "100.0 %", "66.7 %"], rows[1]);
    }
}
