using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

public class UnitNamesTests
{
    [Fact]
    public void Every_unit_is_read_back_from_its_name()
    {
        Assert.All(Enum.GetValues<AccelUnit>(), unit => Assert.Equal(unit, UnitNames.ParseAccel(UnitNames.Of(unit))));
        Assert.All(Enum.GetValues<GyroUnit>(), unit => Assert.Equal(unit, UnitNames.ParseGyro(UnitNames.Of(unit))));
        Assert.Equal(AccelUnit.MetersPerSecondSquared, UnitNames.ParseAccel("m/s²"));
    }

    [Fact]
    public void An_unknown_unit_is_misuse_and_lists_the_known_ones()
    {
        var error = Assert.Throws<InputException>(() => UnitNames.ParseGyro("turns"));
        Assert.Equal(2, error.ExitCode);
        Assert.Contains("rad/s, deg/s", error.Remedy);
        Assert.Throws<InputException>(() => UnitNames.ParseAccel("feet"));
        Assert.Throws<InputException>(() => UnitNames.ParseTime("h"));
    }
}
