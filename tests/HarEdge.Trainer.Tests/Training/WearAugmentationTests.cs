using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Tests.Training;

public class WearVariationTests
{
    private static readonly SensorRange Range = new(4, 500);
    private static readonly WearAugmentation Still = new() { RotationDegrees = 0, GainShare = 0, AccelOffsetMilliG = 0, GyroOffsetDps = 0, Copies = 1 };

    [Fact]
    public void Without_any_deviation_a_version_is_the_recording()
    {
        var recording = Walk();
        var version = Assert.Single(Still.Of([recording], Range, 1));
        for (var c = 0; c < 6; c++)
        {
            Assert.Equal(recording.Channels[c], version.Channels[c]);
        }

        Assert.Equal(recording.Labels, version.Labels);
        Assert.Equal(recording.Subject, version.Subject);
    }

    [Fact]
    public void A_rotation_keeps_the_length_of_every_acceleration_but_not_its_direction()
    {
        var recording = Walk();
        var version = (Still with { RotationDegrees = 8 }).Of([recording], Range, 1)[0];
        var turned = 0;
        for (var i = 0; i < recording.SampleCount; i++)
        {
            Assert.Equal(Length(recording, i), Length(version, i), 2.0);
            turned += Math.Abs(recording.Channels[1][i] - version.Channels[1][i]) > 20 ? 1 : 0;
        }

        Assert.True(turned > recording.SampleCount / 2);
    }

    [Fact]
    public void A_faster_wearer_takes_less_time_for_the_same()
    {
        var recording = Walk();
        var versions = (Still with { SpeedShare = 0.1, Copies = 6 }).Of([recording], Range, 1);
        Assert.Equal(6, versions.Select(version => version.SampleCount).Distinct().Count());
        Assert.All(versions, version =>
        {
            Assert.Equal(recording.Runs.Count, version.Runs.Count);
            Assert.Equal(recording.Labels.Max(), version.Labels.Max());
            Assert.InRange((double)version.SampleCount / recording.SampleCount, 0.5, 2);
        });
    }

    [Fact]
    public void A_recordings_versions_depend_on_the_seed_and_not_on_the_number_of_cores()
    {
        var recordings = Enumerable.Range(0, 5).Select(_ => Walk()).ToList();
        var variation = new WearAugmentation { Copies = 2 };
        var once = variation.Of(recordings, Range, 1);
        Assert.Equal(once.Select(r => r.Channels[0]), variation.Of(recordings, Range, 1).Select(r => r.Channels[0]));
        Assert.NotEqual(once[0].Channels[0], variation.Of(recordings, Range, 2)[0].Channels[0]);
        Assert.NotEqual(once[0].Channels[0], once[1].Channels[0]);
    }

    private static double Length(Recording r, int i) =>
        Math.Sqrt(Enumerable.Range(0, 3).Sum(c => (double)r.Channels[c][i] * r.Channels[c][i]));

    private static Recording Walk()
    {
        const int Samples = 600;
        short Wave(int i, int c) => (short)(c == 0 ? 8192 + 2000 * Math.Sin(i / 4.0) : 900 * Math.Sin(i / 5.0 + c));
        return new Recording
        {
            DataSet = "test",
            Name = "walk",
            Subject = "1",
            Channels = [.. Enumerable.Range(0, 6).Select(c => Enumerable.Range(0, Samples).Select(i => Wave(i, c)).ToArray())],
            Labels = [.. Enumerable.Range(0, Samples).Select(i => (short)(i < 300 ? 0 : 1))],
            Runs = [new Run(0, 250), new Run(280, Samples)],
        };
    }
}
