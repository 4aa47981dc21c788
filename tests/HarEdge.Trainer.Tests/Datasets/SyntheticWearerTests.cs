using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

public class SyntheticWearerTests
{
    private static readonly SyntheticOptions Small = new() { Seed = 5, Subjects = 2, SecondsPerActivity = 20 };

    [Fact]
    public void Equal_seeds_give_equal_counts_on_every_machine() => Assert.Equal(
        "9d5533e6f73be0f1ab86185cf7bf1f6fa63183f278aa9c3568325319cbf01417",
        ContentHash.Of(SyntheticWearer.Create(Small)));

    [Fact]
    public void Another_seed_and_another_placement_give_other_counts()
    {
        string[] hashes =
        [
            ContentHash.Of(SyntheticWearer.Create(Small)),
            ContentHash.Of(SyntheticWearer.Create(Small with { Seed = 6 })),
            ContentHash.Of(SyntheticWearer.Create(Small with { Placement = SyntheticPlacement.Wrist })),
        ];
        Assert.Distinct(hashes);
    }

    [Fact]
    public void A_person_moves_the_same_whoever_else_is_generated() => Assert.Equal(
        SyntheticWearer.Create(Small).Recordings[3].Channels,
        SyntheticWearer.Create(Small with { Subjects = 4 }).Recordings[3].Channels);

    [Fact]
    public void Every_person_shows_every_class()
    {
        var manifest = DataManifest.Of(SyntheticWearer.Create(new SyntheticOptions()));
        Assert.True(manifest.IsSynthetic);
        Assert.Equal(10, manifest.Subjects.Count);
        Assert.Equal(["p08", "p09", "p10"], manifest.OfficialTestSubjects);
        foreach (var subject in manifest.Subjects)
        {
            Assert.All(subject.SamplesPerClass.Take(6), samples => Assert.InRange(samples, 0.9 * 40 * 50 - 50, 1.1 * 40 * 50));
            Assert.All(subject.SamplesPerClass.Skip(6), samples => Assert.InRange(samples, 50, 1000));
        }
    }

    [Fact]
    public void Gravity_is_one_g_at_rest_and_some_knocks_are_clipped()
    {
        var data = SyntheticWearer.Create(new SyntheticOptions());
        foreach (var recording in data.Recordings)
        {
            double[] magnitudesG =
            [
                .. Enumerable.Range(0, recording.SampleCount)
                    .Where(sample => recording.Labels[sample] is 3 or 4 or 5)
                    .Select(sample => Math.Sqrt(Enumerable.Range(0, 3).Sum(axis => Math.Pow(recording.Channels[axis][sample] / 8192.0, 2)))),
            ];
            Assert.InRange(magnitudesG.Order().ElementAt(magnitudesG.Length / 2), 0.93, 1.07);
        }

        Assert.InRange(data.Report.ValuesClipped, 1, 100);
    }

    [Fact]
    public void Unseen_people_are_recognized_well_but_not_perfectly()
    {
        double[] accuracies = [.. ReferenceClassifier.LeaveOneSubjectOut(SyntheticWearer.Create(new SyntheticOptions())).Values];
        Assert.InRange(accuracies.Average(), 0.90, 0.985);
        Assert.InRange(accuracies.Min(), 0.6, 0.95);
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(100, 40)]
    [InlineData(10, 19)]
    public void Options_out_of_range_are_misuse(int subjects, int seconds)
    {
        var error = Assert.Throws<InputException>(
            () => SyntheticWearer.Create(new SyntheticOptions { Subjects = subjects, SecondsPerActivity = seconds }));
        Assert.Equal(2, error.ExitCode);
    }
}
