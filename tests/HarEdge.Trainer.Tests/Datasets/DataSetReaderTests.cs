using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

public class DataSetReaderTests
{
    [Fact]
    public void The_built_in_data_has_a_name_and_a_seed()
    {
        Assert.Equal(
            ContentHash.Of(SyntheticWearer.Create(new SyntheticOptions { Seed = 7 })),
            ContentHash.Of(DataSetReader.Open("synthetic:7")));
        Assert.True(DataSetReader.Open("synthetic").IsSynthetic);
    }

    [Theory]
    [InlineData("synthetic:")]
    [InlineData("synthetic:x")]
    [InlineData("synthetic:-1")]
    public void A_seed_that_is_no_number_is_misuse(string name) =>
        Assert.Equal(2, Assert.Throws<InputException>(() => DataSetReader.Open(name)).ExitCode);

    [Fact]
    public void The_layout_is_recognized()
    {
        using var folder = new TempFolder();
        Assert.Equal(3, DataSetReader.Open(new HaptArchive(1).WriteZip(folder)).Classes.Count);
        var csv = folder.Write("c.csv", CsvReaderTests.Table("ax,ay,az,gx,gy,gz,label", 60, _ => "0,0,1,0,0,0,SIT"));
        var options = new ReaderOptions { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond, RateHz = 50 };
        Assert.Equal(["SIT"], DataSetReader.Open(csv, options).Classes);
    }

    [Fact]
    public void What_was_looked_for_is_told_when_nothing_fits()
    {
        using var folder = new TempFolder();
        folder.Write("notes.md", "nothing");
        var error = Assert.Throws<InputException>(() => DataSetReader.Open(folder.Path));
        Assert.Contains("hapt", error.Message);
        Assert.Contains("smartwatch", error.Message);
        Assert.Contains(".csv", error.Message);
        Assert.Contains("docs/DATASETS.md", error.Remedy);
    }

    [Fact]
    public void A_folder_with_nothing_but_a_zip_is_read_as_the_zip()
    {
        using var folder = new TempFolder();
        var zip = new HaptArchive(1).WriteZip(folder);
        Assert.Equal(ContentHash.Of(DataSetReader.Open(zip)), ContentHash.Of(DataSetReader.Open(folder.Path)));
    }

    [Fact]
    public void A_zip_beside_the_data_it_was_made_of_stays_shut()
    {
        using var folder = new TempFolder();
        var rows = "t,ax,ay,az,gx,gy,gz\n" + string.Concat(Enumerable.Range(0, 100).Select(row => FormattableString.Invariant($"{row / 50.0},{row % 2 * 0.01},0,1,{row % 3},0,0\n")));
        folder.Write("walk.csv", rows);
        File.WriteAllBytes(Path.Combine(folder.Path, "backup.zip"), PublicSetSamples.Zip(new Dictionary<string, string> { ["walk.csv"] = rows }));
        var options = new ReaderOptions { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond };
        Assert.Single(DataSetReader.Open(folder.Path, options).Recordings);
    }

    [Fact]
    public void Several_zips_in_a_zip_are_all_read_and_a_damaged_one_is_named()
    {
        using var folder = new TempFolder();
        var rows = "t,ax,ay,az,gx,gy,gz\n" + string.Concat(Enumerable.Range(0, 100).Select(row => FormattableString.Invariant($"{row / 50.0},{row % 2 * 0.01},0,1,{row % 3},0,0\n")));
        var inner = PublicSetSamples.Zip(new Dictionary<string, string> { ["walk.csv"] = rows });
        var path = Path.Combine(folder.Path, "all.zip");
        File.WriteAllBytes(path, PublicSetSamples.Zip(new Dictionary<string, byte[]> { ["anna.zip"] = inner, ["ben.zip"] = inner, ["list.csv.txt"] = [] }));
        var options = new ReaderOptions { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond };
        Assert.Equal(["anna.zip/walk", "ben.zip/walk"], DataSetReader.Open(path, options).Recordings.Select(recording => recording.Name));

        File.WriteAllBytes(path, PublicSetSamples.Zip(new Dictionary<string, byte[]> { ["anna.zip"] = inner, ["ben.zip"] = inner[..(inner.Length / 2)] }));
        Assert.Contains("ben.zip", Assert.Throws<InputException>(() => DataSetReader.Open(path, options)).Message);
    }

    [Fact]
    public void A_path_that_does_not_exist_is_misuse() =>
        Assert.Equal(2, Assert.Throws<InputException>(() => DataSetReader.Open("no/such/path.zip")).ExitCode);
}
