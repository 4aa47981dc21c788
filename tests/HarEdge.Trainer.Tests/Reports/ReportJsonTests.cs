using System.Text.Json.Nodes;

namespace HarEdge.Trainer.Tests.Reports;

public sealed class ReportJsonTests
{
    [Fact]
    public void A_matrix_has_a_line_for_each_row() => Assert.Equal(
        """
        {
          "matrix": [
            [1, 2],
            [3, 4]
          ],
          "people": {"a": 1, "b": "ü"},
          "none": []
        }

        """.ReplaceLineEndings("\n"),
        ReportJson.Format(new { matrix = new[] { new[] { 1, 2 }, [3, 4] }, people = new { a = 1, b = "ü" }, none = Array.Empty<int>() }));

    [Fact]
    public void No_line_of_short_values_is_longer_than_140_columns()
    {
        var text = ReportJson.Format(new { values = Enumerable.Range(0, 100).Select(i => 1.0 / (i + 1)), outer = new { inner = Enumerable.Range(0, 30).ToArray() } });
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 140));
        Assert.Contains("    \"inner\": [0, 1, 2,", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var text = Gen.String;
        var numbers = Gen.Double.Where(double.IsFinite).Array[0, 30].Array[0, 4];
        Gen.Select(text.Array[0, 5], numbers, Gen.Dictionary(text, Gen.Int.Array[0, 3])[0, 4]).Sample((words, rows, named) =>
        {
            var value = new { words, rows, named };
            var plain = System.Text.Json.JsonSerializer.Serialize(value);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(plain), JsonNode.Parse(ReportJson.Format(value))), plain);
        }, iter: 200);
    }
}
