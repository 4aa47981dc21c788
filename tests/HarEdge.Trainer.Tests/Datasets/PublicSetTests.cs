using System.Runtime.CompilerServices;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Datasets.PublicSets;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>Each layout is recognised by itself, from a folder and from a zip, and its values arrive in the right unit, place and class.</summary>
public class PublicSetTests
{
    private const int CountsOfG = 8192;

    /// <summary>90 °/s at ±500 °/s.</summary>
    private const int CountsOfTurn = 5895;

    public static TheoryData<string> Samples => ["uci-har", "wisdm", "pamap2", "mhealth", "motionsense", "weda-fall", "sisfall"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_set_is_known_by_its_files_and_its_units_are_right(string name)
    {
        using var folder = new TempFolder();
        var set = ReadZip(folder, SampleOf(name));
        Assert.Equal(name, set.Name);
        Assert.Contains("doi", set.Attribution!.Replace("data set 240", "doi"));
        (var turn, var gravity) = Means(set, Turning(set));
        Assert.InRange(turn, CountsOfTurn - 120, CountsOfTurn + 120);
        Assert.InRange(gravity, name == "sisfall" ? -CountsOfG - 90 : CountsOfG - 90, name == "sisfall" ? -CountsOfG + 90 : CountsOfG + 90);
        Assert.Contains(set.Report.Warnings, warning => warning.StartsWith(PublicSet.All.First(known => known.Name == name).Title.Split(' ')[0], StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_folder_and_a_zip_in_a_zip_hold_the_same_recordings(string name)
    {
        using var folder = new TempFolder();
        var files = SampleOf(name);
        var expected = ContentHash.Of(ReadZip(folder, files));
        foreach ((var file, var text) in files)
        {
            folder.Write(Path.Combine("unpacked", file), text);
        }

        Assert.Equal(expected, ContentHash.Of(DataSetReader.Open(Path.Combine(folder.Path, "unpacked"))));
        Dictionary<string, byte[]> nested = new() { ["the set.zip"] = PublicSetSamples.Zip(files), ["the set.names"] = "about"u8.ToArray() };
        var outer = Path.Combine(folder.Path, "outer.zip");
        File.WriteAllBytes(outer, PublicSetSamples.Zip(nested));
        Assert.Equal(expected, ContentHash.Of(DataSetReader.Open(outer)));
    }

    [Fact]
    public void Overlapping_windows_of_Uci_Har_become_one_recording_and_its_test_people_are_known()
    {
        using var folder = new TempFolder();
        var set = ReadZip(folder, PublicSetSamples.UciHar());
        Assert.Equal([192, 128], set.Recordings.Where(recording => recording.Subject != "02").Select(recording => recording.SampleCount));
        Assert.Equal(["01", "02", "03"], set.Recordings.Select(recording => recording.Subject).Distinct().Order());
        Assert.Equal(["02"], set.OfficialTestSubjects);
        Assert.Equal(["LAYING", "SITTING", "STANDING", "WALKING", "WALKING_DOWNSTAIRS", "WALKING_UPSTAIRS"], set.Classes);

        // The 2 Hz swing goes on over the border of the windows without a step.
        var swing = set.Recordings.First(recording => recording.SampleCount == 192).Channels[0];
        Assert.All(Enumerable.Range(0, 192), sample => Assert.InRange(swing[sample] - 4096 * Math.Sin(2 * Math.PI * 2 * sample / 50), -2, 2));
    }

    [Fact]
    public void Wisdms_files_are_joined_by_time_and_its_devices_chosen()
    {
        using var folder = new TempFolder();
        var files = PublicSetSamples.Wisdm();
        foreach ((var name, var text) in PublicSetSamples.Wisdm("phone"))
        {
            files[name] = text;
        }

        var watch = ReadZip(folder, files);
        Assert.Equal(["STANDING", "WALKING"], watch.Classes);
        Assert.Equal(["1600", "1601"], watch.Recordings.Select(recording => recording.Subject).Distinct());
        Assert.All(watch.Recordings, recording => Assert.InRange(recording.SampleCount, 495, 500));
        Assert.All(watch.Recordings, recording => Assert.InRange(recording.Origin!.StampRateHz!.Value, 19.9, 20.1));
        Assert.Contains("data_1600_accel_phone.txt", DataSetReader.Open(Path.Combine(folder.Path, "set.zip"), new ReaderOptions { Placement = "phone" }).Recordings[0].Origin!.FileName);
        var wrong = Assert.Throws<InputException>(() => DataSetReader.Open(Path.Combine(folder.Path, "set.zip"), new ReaderOptions { Placement = "ankle" }));
        Assert.Contains("--placement watch or phone", wrong.Remedy);
    }

    [Fact]
    public void Rows_of_Pamap2_keep_gaps_have_no_label_between_activities_and_come_from_the_place_that_is_named()
    {
        using var folder = new TempFolder();
        var hand = ReadZip(folder, PublicSetSamples.Pamap2());
        var recording = Assert.Single(hand.Recordings);
        Assert.Equal("101", recording.Subject);
        Assert.Equal(["STANDING", "WALKING"], hand.Classes);
        Assert.Equal(5, hand.Report.SamplesInterpolated);
        Assert.All(recording.Labels.Take(99), label => Assert.Equal(-1, label));
        Assert.Equal(0, recording.Labels[150]);

        var ankle = DataSetReader.Open(Path.Combine(folder.Path, "set.zip"), new ReaderOptions { Placement = "ankle" });
        Assert.InRange(ankle.Recordings[0].Channels[0][150], CountsOfG - 20, CountsOfG + 20);
    }

    [Fact]
    public void MotionSenses_gravity_points_as_that_of_other_sensors()
    {
        using var folder = new TempFolder();
        var set = ReadZip(folder, PublicSetSamples.MotionSense());
        Assert.Equal(["01", "24"], set.Recordings.Select(recording => recording.Subject).Distinct().Order());
        Assert.All(set.Recordings, recording => Assert.InRange(recording.Channels[2].Average(value => value), CountsOfG - 20, CountsOfG + 20));
    }

    [Fact]
    public void Weda_falls_bursts_give_its_rate_and_only_one_of_its_rates_is_read()
    {
        using var folder = new TempFolder();
        var set = ReadZip(folder, PublicSetSamples.WedaFall());
        Assert.Equal(3, set.Recordings.Count);
        Assert.All(set.Recordings, recording => Assert.InRange(recording.Origin!.RateHz, 49.7, 50.3));
        Assert.All(set.Recordings, recording => Assert.Equal(0, recording.Origin!.SamplesInterpolated));
        Assert.Equal(["FALL_FORWARD_SLIP", "WALKING"], set.Classes);
    }

    [Fact]
    public void Sis_falls_counts_are_those_of_both_accelerometers()
    {
        using var folder = new TempFolder();
        var set = ReadZip(folder, PublicSetSamples.SisFall());
        var other = DataSetReader.Open(Path.Combine(folder.Path, "set.zip"), new ReaderOptions { Placement = "waist-mma8451q" });
        Assert.Equal(["FALL_FORWARD_TRIP_JOGGING", "WALKING_SLOWLY"], set.Classes);
        Assert.Equal(["SA01", "SE06"], set.Recordings.Select(recording => recording.Subject).Distinct());
        Assert.All(new[] { set, other }, one => Assert.InRange(one.Recordings[0].Channels[1][100], -CountsOfG - 2, -CountsOfG + 2));
        Assert.All(set.Recordings, recording => Assert.InRange(recording.SampleCount, 499, 501));
    }

    /// <summary>The file was written by Arrow's C++ library, which pandas writes it with, too: two row groups, optional columns, snappy, dictionaries.</summary>
    [Fact]
    public void The_cache_of_whar_datasets_is_read_with_its_people_activities_and_places()
    {
        using var folder = new TempFolder();
        WriteWhar(folder, "pamap2");
        var several = Assert.Throws<InputException>(() => DataSetReader.Open(Path.Combine(folder.Path, "pamap2")));
        Assert.Contains("--placement: ankle, hand", several.Remedy);

        var set = DataSetReader.Open(Path.Combine(folder.Path, "pamap2"), new ReaderOptions { Placement = "hand" });
        Assert.Equal("pamap2", set.Name);
        Assert.Equal(["LYING", "WALKING_SLOWLY"], set.Classes);
        Assert.Equal([("session 0", "0"), ("session 1", "0"), ("session 2", "1")], set.Recordings.Select(recording => (recording.Name, recording.Subject)));
        Assert.Equal([50, 100, 50], set.Recordings.Select(recording => recording.SampleCount));
        Assert.All(set.Recordings, recording => Assert.InRange(recording.Origin!.RateHz, 99.9, 100.1));
        Assert.InRange(set.Recordings[1].Channels[5][50], 0.5 * 180 / Math.PI * 65.5 - 50, 0.51 * 180 / Math.PI * 65.5 + 50);
        Assert.InRange(set.Recordings[2].Channels[1][25], CountsOfG - 60, CountsOfG + 60);
        Assert.Equal(3, set.Files.Count);
    }

    [Fact]
    public void A_cache_of_a_set_whose_units_nobody_knows_asks_for_them_and_a_broken_one_is_refused()
    {
        using var folder = new TempFolder();
        WriteWhar(folder, "my_own");
        var unknown = Assert.Throws<InputException>(() => DataSetReader.Open(Path.Combine(folder.Path, "my_own"), new ReaderOptions { Placement = "hand" }));
        Assert.Contains("--accel-unit", unknown.Remedy);
        var stated = new ReaderOptions { Placement = "hand", AccelUnit = AccelUnit.MetersPerSecondSquared, GyroUnit = GyroUnit.RadiansPerSecond };
        Assert.Equal(3, DataSetReader.Open(Path.Combine(folder.Path, "my_own"), stated).Recordings.Count);

        File.WriteAllText(Path.Combine(folder.Path, "my_own", "sessions", "sessions.parquet"), "PAR1 and no more");
        Assert.Contains("no Parquet file", Assert.Throws<InputException>(() => DataSetReader.Open(Path.Combine(folder.Path, "my_own"), stated)).Message);
    }

    [Theory]
    [InlineData("uci-har", "UCI HAR Dataset/train/y_train.txt", "y_train.txt")]
    [InlineData("wisdm", "wisdm-dataset/raw/watch/gyro/data_1601_gyro_watch.txt", "data_1601_gyro_watch.txt")]
    [InlineData("weda-fall", "WEDA-FALL-main/dataset/50Hz/F01/U01_R01_gyro.csv", "U01_R01_gyro.csv")]
    public void A_file_that_is_missing_is_named(string name, string missing, string told)
    {
        using var folder = new TempFolder();
        var files = SampleOf(name);
        files.Remove(missing);
        var error = Assert.Throws<InputException>(() => ReadZip(folder, files));
        Assert.Contains(told, error.Message);
    }

    [Theory]
    [InlineData("pamap2", "PAMAP2_Dataset/Protocol/subject101.dat")]
    [InlineData("mhealth", "MHEALTHDATASET/mHealth_subject10.log")]
    [InlineData("sisfall", "SisFall_dataset/SE06/D01_SE06_R01.txt")]
    public void A_row_that_was_cut_is_named(string name, string file)
    {
        using var folder = new TempFolder();
        var files = SampleOf(name);
        var lines = files[file].Split('\n');
        lines[41] = lines[41][..(lines[41].Length / 2)];
        files[file] = string.Join('\n', lines);
        Assert.Contains($"{file}' line 42 ", Assert.Throws<InputException>(() => ReadZip(folder, files)).Message);
    }

    [Fact]
    public void A_placement_is_refused_where_there_is_nothing_to_choose()
    {
        using var folder = new TempFolder();
        ReadZip(folder, PublicSetSamples.WedaFall());
        Assert.Contains("--placement", Assert.Throws<InputException>(
            () => DataSetReader.Open(Path.Combine(folder.Path, "set.zip"), new ReaderOptions { Placement = "wrist" })).Message);
    }

    [Fact]
    public void The_page_of_data_sets_names_each_with_its_page_its_terms_and_its_places()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "DATASETS.md"));
        Assert.All(PublicSet.All, set =>
        {
            Assert.Contains($"`{set.Name}`", page);
            Assert.Contains(set.Page.ToString(), page);
            Assert.Contains(set.Terms, page);
            Assert.All(set.Placements, place => Assert.Contains($"`{place}`", page));
        });
    }

    private static void WriteWhar(TempFolder folder, string id)
    {
        folder.Write(Path.Combine(id, "metadata", "activity_df.csv"), ",activity_id,activity_name\n0,0,lying\n1,1,\"walking, slowly\"\n");
        folder.Write(Path.Combine(id, "metadata", "session_df.csv"), ",session_id,subject_id,activity_id\n0,0,0,0\n1,1,0,1\n2,2,1,0\n");
        Directory.CreateDirectory(Path.Combine(folder.Path, id, "sessions"));
        File.Copy(
            Path.Combine(Root(), "tests", "HarEdge.Trainer.Tests", "golden", "whar-sessions.parquet"), Path.Combine(folder.Path, id, "sessions", "sessions.parquet"));
    }

    private static Dictionary<string, string> SampleOf(string name) => name switch
    {
        "uci-har" => PublicSetSamples.UciHar(),
        "wisdm" => PublicSetSamples.Wisdm(),
        "pamap2" => PublicSetSamples.Pamap2(),
        "mhealth" => PublicSetSamples.Mhealth(),
        "motionsense" => PublicSetSamples.MotionSense(),
        "weda-fall" => PublicSetSamples.WedaFall(),
        _ => PublicSetSamples.SisFall(),
    };

    private static DataSet ReadZip(TempFolder folder, Dictionary<string, string> files)
    {
        var path = Path.Combine(folder.Path, "set.zip");
        File.WriteAllBytes(path, PublicSetSamples.Zip(files));
        return DataSetReader.Open(path);
    }

    private static int Turning(DataSet set) => set.Classes.ToList().FindIndex(name => name.StartsWith("WALKING", StringComparison.Ordinal));

    /// <summary>Mean counts of the gyroscope's z and of the axis with gravity over the middle of all samples of a class.</summary>
    private static (int Turn, int Gravity) Means(DataSet set, int label)
    {
        Recording[] turning = [.. set.Recordings.Where(recording => recording.Labels.Contains((short)label))];
        double Mean(int channel) => turning.Average(recording =>
            Enumerable.Range(recording.SampleCount / 10, recording.SampleCount * 8 / 10).Where(sample => recording.Labels[sample] == label).Average(sample => recording.Channels[channel][sample]));
        return ((int)Mean(5), (int)Mean(set.Name == "sisfall" ? 1 : 2));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
