using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Tests.Telemetry;

/// <summary>Two devices whose lines come over one link.</summary>
public sealed class TwoDevicesTests
{
    private static readonly IReadOnlyList<string> Lines = DeviceLines.OfTwin;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(1, 7)]
    public void Mixed_lines_are_an_alarm_and_no_loss(int ofFirst, int ofSecond)
    {
        var (records, statistics) = Read(Mixed(ofFirst, ofSecond));
        Assert.Equal(40, records);
        Assert.Contains("Two devices", Assert.Single(statistics.Alarms).What, StringComparison.Ordinal);
        Assert.Equal((0, 0), (statistics.LostLines, statistics.SequenceGaps));
    }

    [Fact]
    public void A_line_lost_while_the_other_speaks_counts_as_one()
    {
        var lines = Mixed(1, 1).ToList();
        lines.RemoveAt(20);
        var statistics = Read(lines).Statistics;
        Assert.Single(statistics.Alarms);
        Assert.Equal((1, 1), (statistics.LostLines, statistics.SequenceGaps));
    }

    [Fact]
    public void A_device_that_restarts_again_and_again_is_one_device()
    {
        var lives = Enumerable.Range(0, 12).SelectMany(life => Lines.Take(5 + (life * 7 % 11)));
        var statistics = Read(lives).Statistics;
        Assert.Empty(statistics.Alarms);
        Assert.Equal(11, statistics.Restarts);
    }

    [Fact]
    public void A_lossy_link_is_one_device()
    {
        var random = new Random(3);
        var statistics = Read(Lines.Where(_ => random.Next(4) > 0)).Statistics;
        Assert.Empty(statistics.Alarms);
        Assert.True(statistics.LostLines > 10);
    }

    [Fact]
    public void A_board_swapped_for_another_is_no_second_device()
    {
        var statistics = Read(Lines.Skip(50).Take(20).Concat(Lines.Skip(10).Take(30))).Statistics;
        Assert.Empty(statistics.Alarms);
    }

    private static (int Records, LinkStatistics Statistics) Read(IEnumerable<string> lines)
    {
        var (records, statistics) = DeviceLines.Read(DeviceLines.Plain(lines));
        return (records.Count, statistics);
    }

    // Forty lines of one that has just booted and one that runs for some time.
    private static IEnumerable<string> Mixed(int ofFirst, int ofSecond)
    {
        var first = 0;
        var second = 60;
        while (first + second - 60 < 40)
        {
            for (var i = 0; i < ofFirst && first + second - 60 < 40; i++)
            {
                yield return Lines[first++];
            }

            for (var i = 0; i < ofSecond && first + second - 60 < 40; i++)
            {
                yield return Lines[second++];
            }
        }
    }
}
