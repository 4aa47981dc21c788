using HarEdge.Trainer.Datasets.Synthetic;

namespace HarEdge.Trainer.Tests.Datasets;

public class OrientationTests
{
    [Fact]
    public void Lying_on_the_back_turns_gravity_from_x_to_z()
    {
        var up = Orientation.FromDegrees(90, 0, 0).ToSensor(Vector.Up);
        Assert.Equal(0, up.X, 9);
        Assert.Equal(0, up.Y, 9);
        Assert.Equal(1, up.Z, 9);
    }

    [Fact]
    public void Rotation_keeps_lengths() =>
        Gen.Select(Gen.Double[-180, 180], Gen.Double[-180, 180], Gen.Double[-180, 180]).Sample((pitch, roll, yaw) =>
        {
            var v = Orientation.FromDegrees(pitch, roll, yaw).ToSensor(new Vector(1, 2, -2));
            Assert.Equal(9, v.X * v.X + v.Y * v.Y + v.Z * v.Z, 8);
        });

    [Fact]
    public void The_gyroscope_sees_the_rate_of_a_small_turn()
    {
        var rate = Orientation.FromDegrees(10, 0, 0).RateTo(Orientation.FromDegrees(11, 0, 0), 0.02);
        Assert.Equal(0, rate.X, 6);
        Assert.Equal(50, rate.Y, 2);
        Assert.Equal(0, rate.Z, 6);
    }
}
