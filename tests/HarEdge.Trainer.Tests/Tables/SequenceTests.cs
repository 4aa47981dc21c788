using System.Globalization;
using HarEdge.Trainer.Tables;
using HarEdge.Trainer.Tables.Sequences;

namespace HarEdge.Trainer.Tests.Tables;

public sealed class SequenceTests : IDisposable
{
    private readonly MadeTable made = new();

    public void Dispose() => made.Dispose();

    [Fact]
    public void Steps_out_of_order_are_put_in_order_and_give_the_statistics_of_ordered_ones()
    {
        var ordered = Read(Rhythms());
        var random = new Random(3);
        var mixed = Read([.. Rhythms().OrderBy(_ => random.Next())]);
        var first = SequenceTable.Of(ordered, MissingTreatment.Interpolate);
        var second = SequenceTable.Of(mixed, MissingTreatment.Interpolate);
        Assert.Equal(8, first.Rows);
        foreach (var id in first.Ids!)
        {
            var (a, b) = (Array.IndexOf(first.Ids, id), Array.IndexOf(second.Ids!, id));
            Assert.Equal(first.Values.Select(column => column[a]), second.Values.Select(column => column[b]));
        }

        Assert.Contains(second.Account.Facts, fact => fact.What == "order of steps");
    }

    [Fact]
    public void Rhythm_tells_classes_apart_that_no_single_row_does()
    {
        var table = SequenceTable.Of(Read(Rhythms()), MissingTreatment.Interpolate);
        var main = table.Values[table.Columns.ToList().FindIndex(column => column.Name == "ax main frequency")];
        Assert.All(Enumerable.Range(0, table.Rows), row => Assert.Equal(table.Classes[table.Labels[row]] == "fast" ? 0.25 : 0.125, main[row], 2));
    }

    [Fact]
    public void What_dropping_would_lose_is_told_and_interpolation_comes_near_the_truth()
    {
        var whole = SequenceTable.Of(Read(Rhythms()), MissingTreatment.Interpolate);
        List<string> holed = [.. Rhythms().Select((line, i) => i % 5 == 1 ? line.Replace(line.Split(',')[2], "", StringComparison.Ordinal) : line)];
        var table = Read(holed);
        var filled = SequenceTable.Of(table, MissingTreatment.Interpolate);
        var warning = Assert.Single(filled.Account.Warnings, text => text.Contains("Dropping them would leave", StringComparison.Ordinal));
        Assert.Contains("20 %", warning, StringComparison.Ordinal);
        Assert.Contains("8 of 8 sequences", warning, StringComparison.Ordinal);
        var deviation = whole.Columns.ToList().FindIndex(column => column.Name == "ax std");
        Assert.All(Enumerable.Range(0, 8), row => Assert.Equal(whole.Values[deviation][row], filled.Values[deviation][row], 0.12));
    }

    [Fact]
    public void Dropping_leaves_a_sequence_of_which_nothing_is_left_without_values()
    {
        var lines = Rhythms().Select(line => line.StartsWith("s3,", StringComparison.Ordinal) ? line.Replace(line.Split(',')[2], "", StringComparison.Ordinal) : line).ToList();
        var table = SequenceTable.Of(Read(lines), MissingTreatment.Drop);
        Assert.All(table.Values, column => Assert.True(float.IsNaN(column[Array.IndexOf(table.Ids!, "s3")])));
        Assert.Contains(table.Account.Warnings, warning => warning.Contains("leaves 280 of 320 rows and 7 of 8 sequences", StringComparison.Ordinal));
    }

    [Fact]
    public void Interpolate_and_hold_mean_nothing_for_rows_that_stand_alone()
    {
        made.Write("t.csv", MadeTable.Csv(MadeTable.Rows()));
        var error = Assert.Throws<InputException>(() => TableTraining.TreatmentOf(made.Read("t.csv"), MissingTreatment.Interpolate));
        Assert.Contains("means nothing here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_change_within_sequences_are_refused()
    {
        var lines = Rhythms().Select((line, i) => line.Replace("fast", i % 2 == 0 ? "fast" : "slow", StringComparison.Ordinal)).ToList();
        var error = Assert.Throws<InputException>(() => SequenceTable.Of(Read(lines), MissingTreatment.Interpolate));
        Assert.Contains("changes within 4 of 8 sequences", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Three_axes_give_a_magnitude_that_turning_does_not_change()
    {
        var statistics = new SequenceStatistics(["acc_x", "acc_y", "acc_z"]);
        var place = statistics.Names.ToList().IndexOf("|acc| mean");
        float[] x = [1, 2, 3, 4], y = [0, 1, 0, 1], z = [2, 2, 1, 1];
        Assert.Equal(statistics.Of([x, y, z])[place], statistics.Of([z, Array.ConvertAll(x, value => -value), y])[place], 5);
    }

    private FeatureTable Read(List<string> lines)
    {
        made.Write("t.csv", "id,t,ax,label\n" + string.Join('\n', lines) + "\n");
        return made.Read("t.csv", options => options with { Sequence = "id", Step = "t" });
    }

    // Eight sequences of forty steps, of two rhythms with random phase.
    private static List<string> Rhythms()
    {
        var random = new Random(5);
        List<string> lines = [];
        for (var sequence = 0; sequence < 8; sequence++)
        {
            var phase = random.NextDouble() * 6.28;
            for (var step = 0; step < 40; step++)
            {
                var value = Math.Sin(phase + (2 * Math.PI * step * (sequence % 2 == 0 ? 0.25 : 0.125)));
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"s{sequence},{step},{value:0.00000},{(sequence % 2 == 0 ? "fast" : "slow")}"));
            }
        }

        return lines;
    }
}
