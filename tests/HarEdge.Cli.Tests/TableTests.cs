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

    private static string Drawn(int width)
    {
        var output = new StringWriter { NewLine = "\n" };
        TableWriter.Write(new Terminal(output, TextWriter.Null, outIsTerminal: true, width: width), [Confusion]);
        return output.ToString();
    }
}
