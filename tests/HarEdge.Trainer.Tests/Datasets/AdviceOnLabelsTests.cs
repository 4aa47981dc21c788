using System.Globalization;
using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>Advice on people, classes and ranges, followed to the letter: the options are taken from the message itself, and what was wrong is right then.</summary>
public class AdviceOnLabelsTests
{
    private static readonly ReaderOptions Options = new() { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond };

    [Fact]
    public void Codes_get_the_names_that_map_or_a_legend_gives_them()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", Table("1", "2"));
        var note = Note(ReaderOf.Csv(path, Options), "--map");
        Assert.Contains("--map CLASS_1=NAME", note);
        Assert.Contains("--labels FILE", note);
        var mapped = ClassRenames.Parse(["CLASS_1=walking", "CLASS_2=sitting"]).Apply(ReaderOf.Csv(path, Options));
        Assert.Equal(["SITTING", "WALKING"], mapped.Classes.Order());
        var named = ReaderOf.Csv(path, Options with { LabelsFile = folder.Write("names.txt", "1,walking\n2,sitting\n") });
        Assert.Equal(["SITTING", "WALKING"], named.Classes);
        Assert.DoesNotContain(named.Report.Warnings, warning => warning.Contains("--map"));
        Assert.Equal("WALKING", named.Classes[named.Recordings[0].Labels[0]]);
    }

    [Fact]
    public void Labels_that_would_become_one_name_are_two_classes_with_a_legend()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", Table("früh", "fruh"));
        var refused = Assert.Throws<InputException>(() => ReaderOf.Csv(path, Options));
        Assert.Contains("--labels FILE", refused.Remedy);
        Assert.Equal(["LATE", "SOON"], ReaderOf.Csv(path, Options with { LabelsFile = folder.Write("names.txt", "früh,soon\nfruh,late\n") }).Classes);
    }

    [Fact]
    public void Files_that_are_no_people_become_people_by_a_place_in_their_paths()
    {
        using var folder = new TempFolder();
        foreach (var file in (string[])["set/p1_one.csv", "set/p1_two.csv", "set/p2_one.csv", "set/p2_two.csv"])
        {
            folder.Write(file, Table(file.EndsWith("one.csv", StringComparison.Ordinal) ? "walking" : "sitting"));
        }

        var set = Path.Combine(folder.Path, "set");
        Assert.Contains("say who is who with --subject-from", Note(ReaderOf.Csv(set, Options), "No person has more than one class"));
        Assert.Contains("--subject-from", Note(ReaderOf.Csv(set, Options), "each file passes for a person"));
        var told = ReaderOf.Csv(set, Options with { SubjectFrom = "{subject}_*" });
        Assert.Equal(["p1", "p2"], told.Recordings.Select(recording => recording.Subject).Distinct());
        Assert.DoesNotContain(told.Report.Warnings, warning => warning.Contains("No person has") || warning.Contains("passes for"));
    }

    [Fact]
    public void A_place_that_a_path_does_not_have_is_replaced_by_the_advised_one()
    {
        using var folder = new TempFolder();
        folder.Write("anna.csv", Table("walking"));
        var refused = Assert.Throws<InputException>(() => ReaderOf.Csv(folder.Path, Options with { SubjectFrom = "folder" }));
        Assert.Contains("--subject-from file", refused.Remedy);
        Assert.Equal("anna", ReaderOf.Csv(folder.Path, Options with { SubjectFrom = "file" }).Recordings[0].Subject);
        refused = Assert.Throws<InputException>(() => ReaderOf.Csv(folder.Path, Options with { SubjectFrom = "{name}" }));
        Assert.Contains("{subject}_{label}", refused.Remedy);
        folder.Write("ben_x.csv", Table("walking"));
        refused = Assert.Throws<InputException>(() => ReaderOf.Csv(folder.Path, Options with { SubjectFrom = "{subject}_{label}" }));
        Assert.Contains("--leave-out", refused.Remedy);
        Assert.Equal("ben", Assert.Single(ReaderOf.Csv(folder.Path, Options with { SubjectFrom = "{subject}_{label}", LeaveOut = ["anna.csv"] }).Recordings).Subject);
    }

    [Fact]
    public void Classes_without_a_column_come_from_the_column_or_the_path_that_is_named()
    {
        using var folder = new TempFolder();
        folder.Write("zumba/anna.csv", Table("x").Replace("label", "what", StringComparison.Ordinal));
        folder.Write("tabata/anna.csv", Table("y").Replace("label", "what", StringComparison.Ordinal));
        var note = Note(ReaderOf.Csv(folder.Path, Options), "No sample has a class");
        Assert.Contains("--columns label=COLUMN", note);
        Assert.Contains("--label-from", note);
        Assert.Equal(["X", "Y"], ReaderOf.Csv(folder.Path, Options with { Columns = "label=what" }).Classes);
        Assert.Equal(["TABATA", "ZUMBA"], ReaderOf.Csv(folder.Path, Options with { LabelFrom = "folder" }).Classes);
    }

    [Fact]
    public void Ranges_of_counts_that_are_told_end_the_note_and_give_the_values()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", "time,ax,ay,az,gx,gy,gz\n" + string.Concat(Enumerable.Range(0, 300).Select(row => $"{row * 20},0,{16384 - row % 2},{row % 3},1310,{row % 3},0\n")));
        var counts = new ReaderOptions { AccelUnit = AccelUnit.Counts, GyroUnit = GyroUnit.Counts };
        Assert.EndsWith("--file-accel-range 2.", Assert.Throws<InputException>(() => ReaderOf.Csv(path, counts)).Remedy, StringComparison.Ordinal);
        var told = ReaderOf.Csv(path, counts with { CountsRange = new SensorRange(2, 250) });
        Assert.Equal([8192, 655], new[] { 1, 3 }.Select(channel => (int)told.Recordings[0].Channels[channel][100]));
        Assert.DoesNotContain(told.Report.Warnings, warning => warning.Contains("--file-gyro-range"));
    }

    [Fact]
    public void Movements_wider_than_the_sensor_are_read_with_the_advised_range_or_as_stated()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.csv", "time,ax,ay,az,gx,gy,gz\n" + string.Concat(Enumerable.Range(0, 600).Select(row =>
            string.Create(CultureInfo.InvariantCulture, $"{row * 20},{(row < 300 ? 0.01 : 6) * (row % 2)},1,{(row < 300 ? 0.01 : 6) * (row % 3)},{(row < 300 ? 1 : 60) * (row % 3)},{row % 2},0\n"))));
        var refused = Assert.Throws<InputException>(() => ReaderOf.Csv(path, Options with { AsStated = false, Range = new SensorRange(2, 500) }));
        Assert.Contains("haredge train takes a wider range with --accel-range 16", refused.Remedy);
        Assert.Equal(0, ReaderOf.Csv(path, Options with { Range = new SensorRange(16, 500) }).Report.ValuesClipped);
        Assert.Contains(ReaderOf.Csv(path, Options with { AsStated = true, Range = new SensorRange(2, 500) }).Report.Warnings, warning => warning.Contains("It was read as stated"));
    }

    private static string Note(DataSet data, string about) => Assert.Single(data.Report.Warnings, warning => warning.Contains(about));

    /// <summary>Six seconds at rest with one label or, half each, two.</summary>
    private static string Table(string label, string? other = null) => "time,ax,ay,az,gx,gy,gz,label\n" + string.Concat(Enumerable.Range(0, 300).Select(row =>
        string.Create(CultureInfo.InvariantCulture, $"{row * 20},{row % 2 * 0.01},1,{row % 3 * 0.01},{row % 3},{row % 2},0,{(row < 150 ? label : other ?? label)}\n")));
}
