using System.Globalization;

namespace HarEdge.DeviceTwin.Tests;

public class CalibrationTests
{
    [Fact]
    public void A_gyroscope_at_rest_is_taken_to_zero()
    {
        var wearable = new Wearable(motion: new SteadyMotion([8192, 0, 0, 300, -200, 65]));
        wearable.Run(20);
        var zero = wearable.Records('C')[^1][1..4].Select(f => int.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        Assert.InRange(zero[0], 294, 306);
        Assert.InRange(zero[1], -206, -194);
        Assert.InRange(zero[2], 59, 71);
        Assert.InRange(wearable.Records('C').Count, 1, 4);
    }

    [Fact]
    public void A_moving_gyroscope_is_left_alone()
    {
        var wearable = new Wearable(motion: new SteadyMotion([8192, 0, 0, 300, -200, 65], shakeFrom: 0));
        wearable.Run(50);
        Assert.Empty(wearable.Records('C'));
    }

    [Fact]
    public void More_than_a_data_sheet_allows_is_rotation_not_offset()
    {
        var wearable = new Wearable(motion: new SteadyMotion([8192, 0, 0, 3000, 0, 0]));
        wearable.Run(50);
        Assert.Empty(wearable.Records('C'));
    }

    [Fact]
    public void Gravity_that_is_not_that_of_Earth_is_said_once()
    {
        var wearable = new Wearable(motion: new SteadyMotion([6554, 0, 0, 0, 0, 0]));
        wearable.Run(50);
        Assert.InRange(wearable.Event("GRAVITY").Detail, 795, 805);
    }

    [Fact]
    public void Three_still_seconds_turn_gravity_onto_the_models_axis()
    {
        short[] tilted = [7000, 3000, 3000, 0, 0, 0];
        var wearable = new Wearable(new EnergyModel(standsOnX: true), motion: new SteadyMotion(tilted));
        wearable.Run(5);
        wearable.Device.Press(TimeSpan.FromMilliseconds(200));
        wearable.Run(12);
        Assert.Single(wearable.Events("WEAR_START"));
        var done = wearable.Event("WEAR_DONE").Sample;
        var matrix = wearable.Records('C')[0][4..].Select(f => int.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(8185, ((matrix[0] * 7000) + (matrix[1] * 3000) + (matrix[2] * 3000)) / 16384, 10.0);
        Assert.Equal(0, ((matrix[3] * 7000) + (matrix[4] * 3000) + (matrix[5] * 3000)) / 16384, 10.0);

        // No window holds both kinds of samples.
        var first = wearable.Records('D').Select(d => int.Parse(d[0], CultureInfo.InvariantCulture)).First(sample => sample > done);
        Assert.Equal(done + 128, first);
    }

    [Fact]
    public void Who_moves_is_told_so_after_half_a_minute()
    {
        var wearable = new Wearable(new EnergyModel(standsOnX: true), motion: new SteadyMotion([8192, 0, 0, 0, 0, 0], shakeFrom: 0));
        wearable.Run(5);
        wearable.Device.Press(TimeSpan.FromMilliseconds(200));
        wearable.Run(40);
        Assert.Equal(1, wearable.Event("WEAR_FAILED").Detail);
    }

    [Fact]
    public void What_is_not_gravity_is_not_used()
    {
        var wearable = new Wearable(new EnergyModel(standsOnX: true), motion: new SteadyMotion([4000, 0, 0, 0, 0, 0]));
        wearable.Run(5);
        wearable.Device.Press(TimeSpan.FromMilliseconds(200));
        wearable.Run(12);
        Assert.Equal(2, wearable.Event("WEAR_FAILED").Detail);
    }

    [Fact]
    public void A_model_without_a_nominal_axis_says_so()
    {
        var wearable = new Wearable(motion: new SteadyMotion([8192, 0, 0, 0, 0, 0]));
        wearable.Run(5);
        wearable.Device.Press(TimeSpan.FromMilliseconds(200));
        wearable.Run(12);
        Assert.Equal(3, wearable.Event("WEAR_FAILED").Detail);
    }

    [Fact]
    public void A_model_that_measures_lean_asks_for_wear_calibration_until_it_has_one()
    {
        var wearable = new Wearable(new EnergyModel(standsOnX: true, measuresLean: true), options: Wearable.WithPort, motion: new SteadyMotion([7000, 3000, 3000, 0, 0, 0]));
        wearable.Run(5);
        var asked = wearable.Events("WEAR_NEEDED").Count;
        Assert.InRange(asked, 1, 2);
        wearable.Command("FORGET");
        wearable.Run(65);
        Assert.Equal(asked + 1, wearable.Events("WEAR_NEEDED").Count);
        wearable.Command("CALIBRATE");
        wearable.Run(130);
        Assert.Single(wearable.Events("WEAR_DONE"));
        Assert.Equal(asked + 1, wearable.Events("WEAR_NEEDED").Count);
    }

    [Fact]
    public void Other_models_do_not_ask()
    {
        var wearable = new Wearable(new EnergyModel(standsOnX: true), motion: new SteadyMotion([7000, 3000, 3000, 0, 0, 0]));
        wearable.Run(65);
        Assert.Empty(wearable.Events("WEAR_NEEDED"));
    }

    [Fact]
    public void Everything_can_be_forgotten_and_is_said_where()
    {
        var wearable = new Wearable(new EnergyModel(standsOnX: true), options: Wearable.WithPort, motion: new SteadyMotion([7000, 3000, 3000, 0, 0, 0]));
        wearable.Run(5);
        wearable.Command("CALIBRATE");
        wearable.Run(12);
        wearable.Command("FORGET");
        string[] identity = ["0", "0", "0", "16384", "0", "0", "0", "16384", "0", "0", "0", "16384"];
        Assert.Equal(identity, wearable.Records('C')[^1][1..]);
        var forgotten = wearable.Event("FORGOTTEN");
        Assert.Equal(wearable.Records('C')[^1][0], forgotten.Sample.ToString(CultureInfo.InvariantCulture));
        wearable.Run(4);

        // No window holds both kinds of samples.
        Assert.Equal(forgotten.Sample + 128, wearable.Records('D').Select(d => int.Parse(d[0], CultureInfo.InvariantCulture)).First(sample => sample > forgotten.Sample));
    }
}
