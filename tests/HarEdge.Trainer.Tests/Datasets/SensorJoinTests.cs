using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Tests.Datasets;

public class SensorJoinTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(50)]
    [InlineData(37.3)]
    public void A_gyroscope_of_any_rate_comes_to_the_rows_of_the_accelerometer(double gyroHz)
    {
        var joined = SensorJoin.Join(Rows(500, 50, 0, 0), Rows((int)(10 * gyroHz) + 2, gyroHz, 3, -0.004), 1, "a.csv");
        Assert.Equal(500, joined.Count);
        for (var row = 1; row < 499; row++)
        {
            var time = row / 50.0;
            Assert.Equal(joined.Times[row], time, 9);
            Assert.Equal(Math.Sin(time), joined.Values[0][row], 9);

            // Straight between two rows of a sine of 1 rad/s: less than step² / 8 off.
            Assert.Equal(Math.Sin(time + 3), joined.Values[3][row], 1 / (8 * gyroHz * gyroHz) + 1e-9);
        }
    }

    [Fact]
    public void A_gap_of_the_gyroscope_stays_a_gap()
    {
        var gyro = Rows(1000, 100, 3, 0);
        for (var channel = 3; channel < 6; channel++)
        {
            gyro.Values[channel].RemoveRange(300, 100);
        }

        gyro.Times.RemoveRange(300, 100);
        gyro.Labels.RemoveRange(300, 100);
        var joined = SensorJoin.Join(Rows(500, 50, 0, 0), gyro, 1, "a.csv");
        Assert.False(double.IsNaN(joined.Values[4][149]));
        Assert.All(joined.Values[4].GetRange(150, 50), value => Assert.True(double.IsNaN(value)));
        Assert.False(double.IsNaN(joined.Values[4][200]));
    }

    [Fact]
    public void Two_recordings_are_no_recording() => Assert.Contains(
        "less than half of the accelerometer's 500 rows",
        Assert.Throws<InputException>(() => SensorJoin.Join(Rows(500, 50, 0, 0), Rows(500, 50, 3, 3600), 1, "a.csv")).Message);

    /// <summary>Rows of one sensor whose values are the sine of the time plus the first channel.</summary>
    private static SignalRows Rows(int rows, double rateHz, int firstChannel, double startSeconds)
    {
        var made = new SignalRows("anna", null, 2);
        for (var row = 0; row < rows; row++)
        {
            var time = startSeconds + row / rateHz;
            made.Times.Add(time);
            made.Labels.Add(0);
            for (var channel = 0; channel < 6; channel++)
            {
                var isMine = channel >= firstChannel && channel < firstChannel + 3;
                made.Values[channel].Add(isMine ? Math.Sin(time + firstChannel) : double.NaN);
            }
        }

        return made;
    }
}
