
namespace HarEdge.Trainer.Tests.Datasets;

public class HaptBadInputTests
{
    [Fact]
    public void A_truncated_zip_is_named_as_cut_short()
    {
        var error = Fails(archive => archive, bytes => bytes[..(bytes.Length / 2)]);
        Assert.Contains("set.zip' is damaged or cut short", error.Message);
    }

    [Fact]
    public void Damaged_bytes_inside_a_zip_are_named_with_their_file()
    {
        var error = Fails(archive => archive, bytes =>
        {
            bytes.AsSpan(60, 40).Fill(0xFF);
            return bytes;
        });
        Assert.Contains("damaged", error.Message);
        Assert.Contains("acc_exp01_user01.txt", error.Message);
    }

    [Fact]
    public void A_missing_gyroscope_file_is_named() => Expect(
        archive => archive.Files.Remove(HaptArchive.Gyro(1, 1)),
        "not 'RawData/gyro_exp01_user01.txt'");

    [Fact]
    public void A_missing_accelerometer_file_is_named() => Expect(
        archive => archive.Files.Remove(HaptArchive.Accel(1, 1)),
        "not 'RawData/acc_exp01_user01.txt'");

    [Fact]
    public void Missing_labels_are_named() => Expect(archive => archive.Files.Remove("RawData/labels.txt"), "has no 'RawData/labels.txt'");

    [Fact]
    public void An_unreadable_number_is_named_with_file_and_line() => Expect(
        archive => archive.ReplaceLine(HaptArchive.Gyro(1, 1), 42, "0.1 0.2 x7"),
        "gyro_exp01_user01.txt' line 42: 'x7' is not a number");

    [Fact]
    public void A_line_with_a_column_too_few_is_named() => Expect(
        archive => archive.ReplaceLine(HaptArchive.Accel(1, 1), 600, "0.1 0.2"),
        "acc_exp01_user01.txt' line 600 has a column too few");

    [Fact]
    public void A_line_with_a_column_too_many_is_named() => Expect(
        archive => archive.ReplaceLine(HaptArchive.Accel(1, 1), 7, "0.1 0.2 1 4"),
        "line 7 does not have 3 columns");

    [Fact]
    public void An_unknown_activity_id_is_named_with_its_line() => Expect(
        archive => archive.ReplaceLine("RawData/labels.txt", 2, "1 1 99 351 600"),
        "labels.txt' line 2: activity 99");

    [Fact]
    public void A_label_that_ends_before_it_starts_is_named() => Expect(
        archive => archive.ReplaceLine("RawData/labels.txt", 2, "1 1 2 600 351"),
        "line 2: the label ends at sample 351");

    [Fact]
    public void A_label_row_of_another_user_is_named() => Expect(
        archive => archive.ReplaceLine("RawData/labels.txt", 1, "1 5 1 1 300"),
        "line 1 gives experiment 1 to user 5");

    [Fact]
    public void A_class_without_samples_is_named() => Expect(
        archive => archive.Files["activity_labels.txt"] += "3 LAYING\n",
        "lists the class LAYING but no sample has it");

    [Fact]
    public void Exchanged_sensors_are_recognized() => Expect(
        archive => (archive.Files[HaptArchive.Accel(1, 1)], archive.Files[HaptArchive.Gyro(1, 1)]) =
            (HaptArchive.Rows(row => (0.02 * (row % 7), 0.1 * (row % 5), -0.02)), HaptArchive.Rows(row => (0.01 * Math.Sin(row * 0.25), 0, 1))),
        "look exchanged");

    [Fact]
    public void Acceleration_in_meters_per_second_squared_read_as_g_names_the_option()
    {
        var error = Expect(
            archive => archive.Files[HaptArchive.Accel(1, 1)] = HaptArchive.Rows(row => (0.1, 0.2, 9.8 + 0.01 * (row % 3))),
            "look like m/s2");
        Assert.Contains("--accel-unit m/s2", error.Remedy);
    }

    [Fact]
    public void Nothing_but_missing_values_is_an_error() => Expect(
        archive => archive.Files[HaptArchive.Accel(1, 1)] = HaptArchive.Rows(row => (double.NaN, 0, 1)),
        "no stretch in which all six channels are known");

    private static InputException Expect(Action<HaptArchive> change, string expected)
    {
        var error = Fails(
            archive =>
            {
                change(archive);
                return archive;
            },
            bytes => bytes);
        Assert.Contains(expected, error.Message);
        Assert.EndsWith(".", error.Remedy);
        return error;
    }

    private static InputException Fails(Func<HaptArchive, HaptArchive> change, Func<byte[], byte[]> damage)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "set.zip");
        File.WriteAllBytes(path, damage(change(new HaptArchive(1)).ToZip()));
        return Assert.Throws<InputException>(() => ReaderOf.Hapt(path));
    }
}
