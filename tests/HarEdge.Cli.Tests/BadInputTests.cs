using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

/// <summary>Data that cannot be used: the file is named, a remedy given, and no run folder begun.</summary>
public sealed class BadInputTests
{
    [Fact]
    public void A_truncated_zip_is_refused()
    {
        using var folder = new TempFolder();
        var path = new SmallHapt().WriteZip(folder);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Refused(folder, path, "small-hapt.zip");
    }

    [Fact]
    public void A_missing_gyroscope_file_is_named()
    {
        using var folder = new TempFolder();
        var data = new SmallHapt();
        data.Files.Remove(SmallHapt.Gyro(2, 1));
        Refused(folder, data.WriteFolder(folder), "gyro_exp02_user01.txt");
    }

    [Fact]
    public void Exchanged_sensors_of_one_experiment_are_named()
    {
        using var folder = new TempFolder();
        var data = new SmallHapt();
        (data.Files[SmallHapt.Accel(1, 1)], data.Files[SmallHapt.Gyro(1, 1)]) = (data.Files[SmallHapt.Gyro(1, 1)], data.Files[SmallHapt.Accel(1, 1)]);
        var run = CliRun.Of("data", "check", data.WriteFolder(folder)).AssertDone();
        Assert.Contains("acc_exp01_user01.txt': accelerometer and gyroscope look exchanged", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Acceleration_in_another_unit_is_recognized_and_the_unit_named()
    {
        using var folder = new TempFolder();
        var run = Refused(folder, new SmallHapt().Scale("acc_", 9.80665).WriteFolder(folder), "acc_exp01_user01.txt", "instead of 1 g");
        Assert.Contains("--accel-unit m/s2", run.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_unit_is_fine_when_the_user_says_so()
    {
        using var folder = new TempFolder();
        var path = new SmallHapt().Scale("acc_", 9.80665).WriteFolder(folder);
        CliRun.Of("data", "check", path, "--accel-unit", "m/s2").AssertDone();
    }

    [Fact]
    public void Runs_of_NaN_end_runs_and_are_counted()
    {
        using var folder = new TempFolder();
        var data = new SmallHapt();
        data.Files[SmallHapt.Accel(1, 1)] = WithNaN(data.Files[SmallHapt.Accel(1, 1)], 500, 60);
        var run = CliRun.Of("data", "check", data.WriteFolder(folder)).AssertDone();
        Assert.Matches(@"rows with a missing value +\| +60 ", run.Out);
        Assert.Matches(@"gaps over 200 ms, each ending a run +\| +1 ", run.Out);
    }

    [Fact]
    public void Nothing_but_NaN_is_refused()
    {
        using var folder = new TempFolder();
        var data = new SmallHapt();
        foreach (var name in data.Files.Keys.Where(name => name.Contains("acc_", StringComparison.Ordinal)).ToList())
        {
            data.Files[name] = WithNaN(data.Files[name], 0, int.MaxValue);
        }

        Refused(folder, data.WriteFolder(folder), "small-hapt");
    }

    [Fact]
    public void A_class_without_samples_is_named()
    {
        using var folder = new TempFolder();
        var data = new SmallHapt();
        data.Files["RawData/labels.txt"] = string.Join('\n', data.Files["RawData/labels.txt"].Split('\n').Where(line => line.Split(' ') is not [_, _, "6", ..]));
        Refused(folder, data.WriteFolder(folder), "LAYING");
    }

    [Fact]
    public void An_unknown_label_is_named_with_its_line()
    {
        using var folder = new TempFolder();
        var data = new SmallHapt();
        data.Files["RawData/labels.txt"] = "1 1 99 1 200\n" + data.Files["RawData/labels.txt"];
        Refused(folder, data.WriteFolder(folder), "labels.txt", "line 1", "99");
    }

    [Fact]
    public void A_rate_that_contradicts_the_timestamps_wins_and_is_told()
    {
        using var folder = new TempFolder();
        var path = SmallCsv.Write(folder, "walks.csv", rateHz: 100);
        var run = CliRun.Of("data", "check", path, "--accel-unit", "g", "--gyro-unit", "deg/s", "--rate", "50").AssertDone();
        Assert.Contains("the stated 50 Hz, although the timestamps show 100 Hz", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Exchanged_columns_of_a_CSV_file_are_recognized()
    {
        using var folder = new TempFolder();
        var path = SmallCsv.Write(folder, "walks.csv", rateHz: 50);
        var columns = "ax=gx,ay=gy,az=gz,gx=ax,gy=ay,gz=az";
        CliRun.Of("train", "--data", path, "--accel-unit", "g", "--gyro-unit", "deg/s", "--columns", columns, "--out", folder.At("run"))
            .AssertRefused(1, "exchanged", "walks.csv");
        Assert.Equal(["walks.csv"], folder.Entries);
    }

    [Fact]
    public void A_CSV_file_that_does_not_state_its_units_asks_for_them()
    {
        using var folder = new TempFolder();
        var path = SmallCsv.Write(folder, "walks.csv", rateHz: 50);
        var run = CliRun.Of("train", "--data", path, "--out", folder.At("run")).AssertRefused(2, "walks.csv");
        Assert.Contains("--accel-unit", run.Remedy, StringComparison.Ordinal);
    }

    private static CliRun Refused(TempFolder folder, string path, params string[] messageHas)
    {
        var before = folder.Entries;
        var run = CliRun.Of("train", "--data", path, "--out", folder.At("run"));
        run.AssertRefused(1, messageHas);
        Assert.Equal(before, folder.Entries);
        return run;
    }

    private static string WithNaN(string text, int firstRow, int rows) => string.Join(
        '\n', text.Split('\n').Select((line, row) => line.Length > 0 && row >= firstRow && row - firstRow < rows ? "NaN NaN NaN" : line));
}
