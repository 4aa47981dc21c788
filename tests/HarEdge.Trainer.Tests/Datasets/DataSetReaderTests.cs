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
        string csv = folder.Write("c.csv", CsvReaderTests.Table("ax,ay,az,gx,gy,gz,label", 60, _ => "0,0,1,0,0,0,SIT"));
        var options = new ReaderOptions { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond, RateHz = 50 };
        Assert.Equal(["SIT"], DataSetReader.Open(csv, options).Classes);
    }

    [Fact]
    public void What_was_looked_for_is_told_when_nothing_fits()
    {
        using var folder = new TempFolder();
        folder.Write("notes.md", "nothing");
        InputException error = Assert.Throws<InputException>(() => DataSetReader.Open(folder.Path));
        Assert.Contains("acc_expNN_userNN.txt", error.Message);
        Assert.Contains("sNN_NN_sw.csv", error.Message);
        Assert.Contains(".csv", error.Message);
    }

    [Fact]
    public void A_folder_of_zips_names_them()
    {
        using var folder = new TempFolder();
        new HaptArchive(1).WriteZip(folder);
        Assert.Contains("set.zip", Assert.Throws<InputException>(() => DataSetReader.Open(folder.Path)).Remedy);
    }

    [Fact]
    public void A_path_that_does_not_exist_is_misuse() =>
        Assert.Equal(2, Assert.Throws<InputException>(() => DataSetReader.Open("no/such/path.zip")).ExitCode);
}
