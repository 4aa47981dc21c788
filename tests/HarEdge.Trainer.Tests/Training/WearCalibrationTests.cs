using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Tests.Training;

public class WearCalibrationTests
{
    private static readonly string[] Classes = ["WALKING", "STANDING"];
    private static readonly SensorRange Range = new(4, 500);

    // A second of walking, then standing; gravity along the given direction all the time.
    private static Recording Worn(string subject, short x, short y, short z, int standing = 400, bool fidgeting = false)
    {
        var n = 50 + standing;
        short Shake(int i) => (short)(fidgeting || i < 50 ? 3000 * (i % 2) : i % 3);
        return new Recording
        {
            DataSet = "set",
            Name = subject,
            Subject = subject,
            Channels =
            [
                [.. Enumerable.Range(0, n).Select(i => (short)(x + Shake(i)))],
                [.. Enumerable.Repeat(y, n)],
                [.. Enumerable.Repeat(z, n)],
                [.. Enumerable.Repeat((short)(x / 10), n)],
                [.. Enumerable.Repeat((short)(y / 10), n)],
                [.. Enumerable.Repeat((short)(z / 10), n)],
            ],
            Labels = [.. Enumerable.Range(0, n).Select(i => (short)(i < 50 ? 0 : 1))],
            Runs = [new Run(0, n)],
        };
    }

    [Fact]
    public void Every_person_weighs_alike_in_nominal_gravity()
    {
        var gravity = WearCalibration.NominalGravity([Worn("a", 8000, 0, 0, 1000), Worn("b", 0, 4000, 0, 200)], Classes)!;
        Assert.InRange(gravity[0], 3990, 4010);
        Assert.InRange(gravity[1], 1990, 2010);
        Assert.Equal(0, gravity[2]);
    }

    [Fact]
    public void Nobody_standing_means_no_nominal_gravity() =>
        Assert.Null(WearCalibration.NominalGravity([Worn("a", 8000, 0, 0)], ["WALKING", "RUNNING"]));

    [Fact]
    public void Tilted_wearing_ends_on_the_nominal_direction_with_the_gyroscope_turned_alike()
    {
        var calibrated = WearCalibration.Apply([Worn("a", 6000, 5000, -2000)], Classes, [8192, 0, 0], Range).All[0];
        Assert.InRange(calibrated.Channels[0][300], 8050, 8080);
        Assert.InRange(calibrated.Channels[1][300], -20, 20);
        Assert.InRange(calibrated.Channels[2][300], -20, 20);
        Assert.InRange(calibrated.Channels[3][300], 795, 815);
        Assert.InRange(calibrated.Channels[4][300], -3, 3);
    }

    [Fact]
    public void Nothing_is_learned_from_the_three_seconds_themselves()
    {
        var worn = Worn("a", 6000, 5000, -2000);
        var calibrated = WearCalibration.Apply([worn], Classes, [8192, 0, 0], Range).All[0];
        Assert.Equal([.. worn.Labels[..50], .. Enumerable.Repeat((short)-1, 150), .. worn.Labels[200..]], calibrated.Labels);
        Assert.Equal(1, worn.Labels[60]);
    }

    [Fact]
    public void Who_never_stands_still_stays_as_worn_and_is_counted()
    {
        var fidgety = Worn("a", 6000, 5000, -2000, fidgeting: true);
        var calibrated = WearCalibration.Apply([fidgety, Worn("b", 8000, 0, 0)], Classes, [8192, 0, 0], Range);
        Assert.Same(fidgety, calibrated.All[0]);
        Assert.Equal([fidgety], calibrated.AsWorn);
        Assert.Contains("1 of 2", Assert.Single(calibrated.Notes));
    }

    [Fact]
    public void Less_than_three_seconds_of_standing_is_not_enough() =>
        Assert.Single(WearCalibration.Apply([Worn("a", 8000, 0, 0, standing: 140)], Classes, [8192, 0, 0], Range).AsWorn);

    [Fact]
    public void An_accelerometer_alone_is_calibrated_unless_the_options_or_the_recordings_say_otherwise()
    {
        Recording[] still = [Worn("a", 6000, 5000, -2000), Worn("b", 8000, 0, 0), Worn("c", 7000, 1000, 0)];
        Recording[] restless = [still[0], Worn("b", 8000, 0, 0, fidgeting: true), Worn("c", 7000, 1000, 0, standing: 140)];
        Assert.Null(Chosen(still, null, hasGyroscope: true).Wear);
        Assert.NotNull(Chosen(still, true, hasGyroscope: true).Wear);
        var alone = Chosen(still, null, hasGyroscope: false);
        Assert.NotNull(alone.Wear);
        Assert.Contains(alone.Notes, note => note.Contains("--as-worn"));
        Assert.Null(Chosen(still, false, hasGyroscope: false).Wear);
        Assert.Null(Chosen(restless, null, hasGyroscope: false).Wear);
    }

    private static DataSplit Chosen(Recording[] train, bool? isAsked, bool hasGyroscope)
    {
        var recordings = hasGyroscope ? train : train.Select(recording => recording.WithoutGyroscope()).ToArray();
        var data = new DataSet { Name = "set", Classes = Classes, DefaultClasses = Classes, Recordings = recordings, Range = Range, Files = [], Report = new ImportReport() };
        return CalibratedWear.Chosen(
            new TrainingOptions { Data = [data], WearCalibration = isAsked, Command = "test" },
            new DataSplit(recordings, recordings, "all", []), Classes, WearCalibration.NominalGravity(recordings, Classes));
    }
}
