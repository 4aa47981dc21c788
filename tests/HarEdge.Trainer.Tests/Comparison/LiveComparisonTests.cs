namespace HarEdge.Trainer.Tests.Comparison;

public sealed class LiveComparisonTests
{
    private static IReadOnlyList<string> Lines => ConsoleOfTwin.OfEverything;

    [Fact]
    public void Everything_a_recording_device_decides_is_what_the_trainer_decides()
    {
        var live = ConsoleOfTwin.Compare(Lines);
        Assert.Contains(Lines, line => line.Contains(",GAP,", StringComparison.Ordinal));
        Assert.Contains(Lines, line => line.Contains(",WEAR_DONE,", StringComparison.Ordinal));
        Assert.Contains(Lines, line => line.Contains(",FORGOTTEN,", StringComparison.Ordinal));
        Assert.Contains(Lines.Where(line => line[2] == 'C'), line => !line.Contains(",0,0,0,16384,", StringComparison.Ordinal));
        Assert.Equal(0, live.Divergences);
        Assert.InRange(live.Windows, 60, 90);
        Assert.Equal(live.Windows, live.Decisions);
        Assert.Equal(Lines.Count(line => line[2] == 'D'), live.Windows + live.Unchecked);
        Assert.Equal(Lines.Where(line => line[2] == 'R').Sum(line => int.Parse(line.Split(',')[3], System.Globalization.CultureInfo.InvariantCulture)), live.Samples);
    }

    [Theory]
    [InlineData(3, "one class on")] // decision
    [InlineData(4, "one class on")] // windowClass
    [InlineData(5, "one class on")] // confidence
    [InlineData(6, "one class on")] // margin
    [InlineData(7, "one class on")] // stage
    [InlineData(8, "crc")]
    [InlineData(9, "crc")]
    [InlineData(10, "name")]
    public void One_wrong_value_in_one_decision_is_found_and_placed(int field, string kind)
    {
        var lines = Lines.ToList();
        var at = CheckedDecision(lines);
        var sample = int.Parse(lines[at].Split(',')[2], System.Globalization.CultureInfo.InvariantCulture);
        lines[at] = ConsoleOfTwin.Changed(lines[at], field, old => kind switch
        {
            "crc" => old == "0000" ? "0001" : "0000",
            "name" => "DANCING",
            _ => old == "1" ? "2" : "1",
        });
        var live = ConsoleOfTwin.Compare(lines);
        Assert.Equal(1, live.Divergences);
        Assert.Equal(sample, live.First!.Sample);
        Assert.NotNull(live.First.Desktop);
        Assert.NotNull(live.First.Device);
        Assert.Contains($"sample {sample}", live.First.Describe(ConsoleOfTwin.Model.Classes), StringComparison.Ordinal);
    }

    [Fact]
    public void One_wrong_sample_is_found_in_every_window_that_holds_it()
    {
        var lines = Lines.ToList();
        var at = lines.FindIndex(line => line[2] == 'R') + 25;
        lines[at] = ConsoleOfTwin.Changed(lines[at], 4, samples => (samples[0] == 'A' ? "B" : "A") + samples[1..]);
        Assert.InRange(ConsoleOfTwin.Compare(lines).Divergences, 1, 2);
    }

    [Fact]
    public void A_decision_the_device_does_not_print_or_prints_twice_too_many_is_a_divergence()
    {
        var all = Lines.ToList();
        var at = CheckedDecision(all);
        var renumbered = Renumbered([.. all[..at], .. all[(at + 1)..]]);
        var missing = ConsoleOfTwin.Compare(renumbered);
        Assert.Equal(1, missing.Divergences);
        Assert.Null(missing.First!.Device);

        var surplus = ConsoleOfTwin.Compare(Renumbered(
            [.. all[..(at + 1)], ConsoleOfTwin.Changed(all[at], 2, sample => (int.Parse(sample, System.Globalization.CultureInfo.InvariantCulture) - 1).ToString(System.Globalization.CultureInfo.InvariantCulture)), .. all[(at + 1)..]]));
        Assert.InRange(surplus.Divergences, 1, 2);
    }

    [Fact]
    public void Lost_lines_cost_windows_and_never_a_false_divergence()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            var live = ConsoleOfTwin.Compare(Lines.Where(_ => random.Next(40) > 0));
            Assert.Equal(0, live.Divergences);
            Assert.True(live.Windows > 0 || live.Unchecked > 0);
        }
    }

    [Fact]
    public void Whoever_joins_in_the_middle_compares_windows_from_the_next_calibration_on_and_decisions_from_the_next_start()
    {
        var at = Lines.ToList().FindIndex(line => line[2] == 'R') + 10;
        var live = ConsoleOfTwin.Compare(Lines.Skip(at));
        Assert.Equal(0, live.Divergences);
        Assert.InRange(live.Windows, 20, 70);
        Assert.InRange(live.Decisions, 1, live.Windows);
    }

    [Fact]
    public void Without_raw_samples_nothing_is_compared_and_memory_does_not_grow()
    {
        var live = ConsoleOfTwin.Compare(Renumbered([.. Lines.Where(line => line[2] != 'R')]));
        Assert.Equal(0, live.Windows);
        Assert.Equal(0, live.Divergences);
        Assert.InRange(Lines.Count(line => line[2] == 'D') - live.Unchecked, 0, 8);
    }

    [Fact]
    public void A_reset_in_the_middle_is_a_new_beginning()
    {
        var live = ConsoleOfTwin.Compare([.. Lines, .. Lines]);
        Assert.Equal(0, live.Divergences);
        Assert.Equal(2 * ConsoleOfTwin.Compare(Lines).Windows, live.Windows);
    }

    // Well inside recording mode.
    private static int CheckedDecision(List<string> lines)
    {
        var on = lines.FindIndex(line => line.Contains(",RECORD_ON,", StringComparison.Ordinal));
        return Enumerable.Range(on, lines.Count - on).Where(i => lines[i][2] == 'D').ElementAt(4);
    }

    // As if the device had printed only these: without the jump that tells of a lost line.
    private static List<string> Renumbered(IReadOnlyList<string> lines) =>
        [.. lines.Select((line, number) => ConsoleOfTwin.Changed(line, 1, _ => (number % 10000).ToString(System.Globalization.CultureInfo.InvariantCulture)))];
}
