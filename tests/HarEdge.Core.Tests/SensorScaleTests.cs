namespace HarEdge.Core.Tests;

public class SensorScaleTests
{
    [Theory]
    [InlineData(2, 16384)]
    [InlineData(4, 8192)]
    [InlineData(8, 4096)]
    [InlineData(16, 2048)]
    public void Accelerometer_sensitivity_is_that_of_the_register_map(int rangeG, int countsPerG) =>
        Assert.Equal(countsPerG, SensorScale.AccelCountsPerG(rangeG));

    [Theory]
    [InlineData(250, 1310)]
    [InlineData(500, 655)]
    [InlineData(1000, 328)]
    [InlineData(2000, 164)]
    public void Gyroscope_sensitivity_is_that_of_the_register_map(int rangeDps, int countsPer10Dps) =>
        Assert.Equal(countsPer10Dps, SensorScale.GyroCountsPer10Dps(rangeDps));
}
