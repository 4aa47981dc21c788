using HarEdge.Cli.Output;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Tests;

/// <summary>Tables at a terminal, as wide as people have them.</summary>
public sealed class TableTests
{
    private static readonly string[] Classes = ["WALKING", "WALKING_UPSTAIRS", "WALKING_DOWNSTAIRS", "SITTING", "STANDING", "LAYING"];

    private static readonly ReportTable Confusion = new(
        "Student, test windows",
        ["label \\ prediction", .. Classes, "right", "F1"],
        [.. Classes.Select((name, row) => (IReadOnlyList<string>)[name, .. Classes.Select((_, column) => (1000 + 10 * row + column).ToString()), "97.1 %", "96.4 %"])]);

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public void No_number_is_broken_and_no_line_is_longer_than_the_window(int width)
    {
        var text = Drawn(width);
        for (var row = 0; row < Classes.Length; row++)
        {
            for (var column = 0; column < Classes.Length; column++)
            {
                Assert.Contains($" {1000 + 10 * row + column} ", text, StringComparison.Ordinal);
            }
        }

        Assert.Equal(Classes.Length, text.Split("97.1 %").Length - 1);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, line));
    }

    [Fact]
    public void Names_that_do_not_fit_become_letters_with_a_key()
    {
        Assert.Contains("A WALKING, B WALKING_UPSTAIRS", Drawn(60).ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("A WALKING", Drawn(200), StringComparison.Ordinal);
    }

    [Fact]
    public void No_heading_is_cut_where_words_can_go_into_the_next_line()
    {
        var unknown = new ReportTable(
            "Unknown rule",
            ["windows", "number", "called unknown", "AUROC against known ones"],
            [["of the model's classes", "412", "0.7 %", ""], ["wholly inside another activity", "10", "100.0 %", "1.000"], ["at least half in another activity", "77", "96.1 %", "0.987"]]);
        var text = Drawn(80, unknown);
        Assert.DoesNotContain('…', text);
        Assert.Contains(" number ", text, StringComparison.Ordinal);
        Assert.Contains(" at least half in another activity ", text, StringComparison.Ordinal);
    }

    private static string Drawn(int width, ReportTable? table = null)
    {
        var output = new StringWriter { NewLine = "\n" };
        TableWriter.Write(new Terminal(output, TextWriter.Null, outIsTerminal: true, width: width), [table ?? Confusion]);
        return output.ToString();
    }
}
