using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Tests.Datasets;

public class CountConverterTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 8192)]
    [InlineData(-1, -8192)]
    [InlineData(0.5 / 8192, 1)]
    [InlineData(-0.5 / 8192, -1)]
    [InlineData(0.49 / 8192, 0)]
    [InlineData(-1.0 / 8192, -1)]
    [InlineData(32767.0 / 8192, short.MaxValue)]
    [InlineData(-32768.0 / 8192, short.MinValue)]
    public void Acceleration_rounds_half_away_from_zero(double g, short counts)
    {
        var converter = new CountConverter(new SensorRange(4, 500));
        Assert.Equal(counts, converter.FromG(g));
        Assert.Equal(0, converter.ValuesClipped);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 131)]
    [InlineData(-2, -131)]
    [InlineData(-1 / 65.5, -1)]
    [InlineData(500, 32750)]
    public void Rotation_has_65_5_counts_per_degree_and_second(double dps, short counts) =>
        Assert.Equal(counts, new CountConverter(new SensorRange(4, 500)).FromDps(dps));

    [Fact]
    public void Values_beyond_full_scale_are_limited_and_counted()
    {
        var converter = new CountConverter(new SensorRange(4, 500));
        Assert.Equal(short.MaxValue, converter.FromG(4));
        Assert.Equal(short.MinValue, converter.FromG(-4.1));
        Assert.Equal(short.MinValue, converter.FromDps(double.NegativeInfinity));
        Assert.Equal(3, converter.ValuesClipped);
    }

    [Fact]
    public void A_missing_value_is_never_converted() =>
        Assert.Throws<ArgumentException>(() => new CountConverter(new SensorRange(4, 500)).FromG(double.NaN));
}
