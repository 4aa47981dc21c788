using System.IO.Compression;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

public class HaptReaderTests
{
    [Fact]
    public void Samples_become_counts_and_labels_keep_their_one_based_ranges()
    {
        using var folder = new TempFolder();
        var data = ReaderOf.Hapt(new HaptArchive(3, 14).WriteZip(folder));

        Assert.Equal(["WALKING", "STANDING", "STAND_TO_SIT"], data.Classes);
        Assert.Equal(["WALKING", "STANDING"], data.DefaultClasses);
        Assert.Equal(["03", "14"], data.Recordings.Select(recording => recording.Subject));
        var first = data.Recordings[0];
        Assert.Equal("exp01_user03", first.Name);
        Assert.Equal([new Run(0, 600)], first.Runs);
        Assert.Equal(8192, first.Channels[2][0]);
        Assert.Equal((short)Math.Round(0.5 * 180 / Math.PI * 65.5), first.Channels[3][0]);
        Assert.Equal(0, first.Labels[299]);
        Assert.Equal(-1, first.Labels[300]);
        Assert.Equal(-1, first.Labels[349]);
        Assert.Equal(1, first.Labels[350]);
        Assert.Equal(1, first.Labels[599]);
        Assert.Equal(1200, data.Report.RowsRead);
        Assert.Equal(1200, data.Report.SamplesWritten);
    }

    [Fact]
    public void A_folder_gives_the_same_counts_as_its_zip()
    {
        using var zipFolder = new TempFolder();
        using var folder = new TempFolder();
        var archive = new HaptArchive(1, 2);
        var fromZip = ReaderOf.Hapt(archive.WriteZip(zipFolder));
        var fromFolder = ReaderOf.Hapt(archive.WriteFolder(folder));

        Assert.Equal(fromZip.Recordings.Select(r => r.Channels[0]), fromFolder.Recordings.Select(r => r.Channels[0]));
        Assert.Equal(fromZip.Files, fromFolder.Files);
    }

    [Fact]
    public void RawData_is_found_below_other_folders_and_inside_an_inner_zip()
    {
        using var folder = new TempFolder();
        var archive = new HaptArchive(1);
        Assert.Single(ReaderOf.Hapt(archive.WriteZip(folder, "HAPT/v2/")).Recordings);

        var outerPath = Path.Combine(folder.Path, "outer.zip");
        using (var outer = ZipFile.Open(outerPath, ZipArchiveMode.Create))
        {
            using var entry = outer.CreateEntry("HAPT Data Set.zip").Open();
            entry.Write(archive.ToZip());
        }

        Assert.Single(ReaderOf.Hapt(outerPath).Recordings);
    }

    [Fact]
    public void The_test_split_comes_from_the_archive()
    {
        using var folder = new TempFolder();
        var archive = new HaptArchive(1, 2, 4);
        archive.Files["Test/subject_id_test.txt"] = "2\n2\n4\n";
        Assert.Equal(["02", "04"], ReaderOf.Hapt(archive.WriteZip(folder)).OfficialTestSubjects);
    }

    [Fact]
    public void A_label_row_that_leaves_the_signal_is_shortened_and_reported()
    {
        using var folder = new TempFolder();
        var archive = new HaptArchive(1);
        archive.Files["RawData/labels.txt"] = "1 1 1 1 300\n1 1 2 501 700\n";
        var data = ReaderOf.Hapt(archive.WriteZip(folder));

        Assert.Equal(1, data.Report.LabelRowsClamped);
        Assert.Equal(1, data.Recordings[0].Labels[599]);
        Assert.Contains(data.Report.Warnings, warning => warning.Contains("line 2") && warning.Contains("100 of 200"));
    }

    [Fact]
    public void Short_gaps_are_filled_and_long_ones_end_the_run_and_every_row_is_counted()
    {
        using var folder = new TempFolder();
        var archive = new HaptArchive(1);
        for (var line = 101; line <= 110; line++)
        {
            archive.ReplaceLine(HaptArchive.Accel(1, 1), line, "NaN NaN NaN");
        }

        for (var line = 201; line <= 211; line++)
        {
            archive.ReplaceLine(HaptArchive.Gyro(1, 1), line, "0.1 nan 0.1");
        }

        var data = ReaderOf.Hapt(archive.WriteZip(folder));
        Assert.Equal([new Run(0, 200), new Run(211, 600)], data.Recordings[0].Runs);
        Assert.Equal(600, data.Report.RowsRead);
        Assert.Equal(21, data.Report.RowsIncomplete);
        Assert.Equal(10, data.Report.SamplesInterpolated);
        Assert.Equal(11, data.Report.RowsOutsideRuns);
        Assert.Equal(1, data.Report.LongGaps);
        Assert.Equal(data.Report.RowsRead, data.Report.SamplesWritten + data.Report.RowsOutsideRuns);
    }

    [Fact]
    public void Other_units_give_the_same_counts()
    {
        using var folder = new TempFolder();
        using var otherFolder = new TempFolder();
        var archive = new HaptArchive(1);
        var other = new HaptArchive(1);
        other.Files[HaptArchive.Accel(1, 1)] = HaptArchive.Rows(
            row => (9.80665 * 0.3 * Math.Sin(row * 0.25), 9.80665 * (0.01 * (row % 5)), 9.80665));
        other.Files[HaptArchive.Gyro(1, 1)] = HaptArchive.Rows(
            row => (180 / Math.PI * 0.5 * Math.Cos(row * 0.25), 180 / Math.PI * 0.1, 180 / Math.PI * -0.02));
        var units = new ReaderOptions { AccelUnit = AccelUnit.MetersPerSecondSquared, GyroUnit = GyroUnit.DegreesPerSecond };

        Assert.Equal(
            ReaderOf.Hapt(archive.WriteZip(folder)).Recordings[0].Channels,
            ReaderOf.Hapt(other.WriteZip(otherFolder), units).Recordings[0].Channels);
    }

    [Fact]
    public void A_set_that_is_not_HAPT_gets_no_split_and_no_authors_of_HAPT()
    {
        using var folder = new TempFolder();
        var data = ReaderOf.Hapt(new HaptArchive(2, 4).WriteZip(folder));
        Assert.Equal("set", data.Name);
        Assert.Empty(data.OfficialTestSubjects);
        Assert.Null(data.Attribution);
    }

    [Fact]
    public void A_second_copy_of_the_signals_is_left_aside_and_said()
    {
        using var folder = new TempFolder();
        var archive = new HaptArchive(1, 2);
        archive.Files["copy/acc_exp01_user01.txt"] = archive.Files[HaptArchive.Accel(1, 1)];
        var data = ReaderOf.Hapt(archive.WriteZip(folder));
        Assert.Equal(2, data.Recordings.Count);
        Assert.Contains(data.Report.Warnings, warning => warning.Contains("1 sensor files outside 'RawData/'"));
    }

    [Fact]
    public void Reading_stops_when_cancelled()
    {
        using var folder = new TempFolder();
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var path = new HaptArchive(1).WriteZip(folder);
        Assert.Throws<OperationCanceledException>(() => ReaderOf.Hapt(path, cancellation: cancellation.Token));
    }
}
