using System.Globalization;
using HarEdge.Trainer.Datasets;
using static HarEdge.Trainer.Tests.Datasets.RecordingsAsPeopleHaveThemTests;

namespace HarEdge.Trainer.Tests.Datasets;

/// <summary>People and classes that stand in folders and file names: found, asked for by place, or warned of.</summary>
public class PlacesInPathsTests
{
    private const string Header = "time,ax,ay,az,gx,gy,gz,label";

    private static readonly ReaderOptions Options = new() { AccelUnit = AccelUnit.G, GyroUnit = GyroUnit.DegreesPerSecond };

    [Theory]
    [InlineData("{1}/{0}.csv")]
    [InlineData("{0}_{1}.csv")]
    [InlineData("{1}-{0}-01.csv")]
    [InlineData("{0}/{1}/take1.csv")]
    [InlineData("{0}/{1}1.csv")]
    [InlineData("{0}_{1}2.csv")]
    public void People_and_classes_are_found_in_paths_that_leave_no_doubt(string layout)
    {
        using var folder = new TempFolder();
        foreach (var person in (string[])["anna", "ben", "cleo"])
        {
            foreach (var activity in (string[])["walking", "sitting", "stairs"])
            {
                folder.Write(string.Format(CultureInfo.InvariantCulture, layout, person, activity), Rows("time,ax,ay,az,gx,gy,gz", 100, ""));
            }
        }

        var data = ReaderOf.Csv(folder.Path, Options);
        Assert.Equal(["SITTING", "STAIRS", "WALKING"], data.Classes);
        Assert.Equal(["anna", "ben", "cleo"], data.Recordings.Select(recording => recording.Subject).Distinct().Order());
        Assert.Contains(data.Report.Warnings, warning => warning.Contains("--label-from") && warning.Contains("anna, ben, cleo"));
    }

    [Fact]
    public void Folders_of_which_most_are_activities_are_classes_whatever_the_others_are_called()
    {
        using var folder = new TempFolder();
        foreach (var (activity, person) in new[] { "Stand", "FallBackward", "zumba" }.SelectMany(activity => new[] { "S01", "S02" }.Select(person => (activity, person))))
        {
            folder.Write($"{activity}/{person}_{activity}1.csv", Rows("time,ax,ay,az,gx,gy,gz", 100, ""));
        }

        var data = ReaderOf.Csv(folder.Path, Options);
        Assert.Equal(["FALLBACKWARD", "STAND", "ZUMBA"], data.Classes);
        Assert.Equal(["S01", "S02"], data.Recordings.Select(recording => recording.Subject).Distinct().Order());
    }

    [Fact]
    public void Files_of_one_folder_that_pass_for_people_are_told_and_those_that_name_their_wearer_are_not()
    {
        using var folder = new TempFolder();
        folder.Write("one.csv", Rows(Header, 100, ",walking"));
        folder.Write("two.csv", Rows(Header, 100, ",walking"));
        Assert.Contains(ReaderOf.Csv(folder.Path, Options).Report.Warnings, warning => warning.Contains("each file passes for a person"));
        folder.Write("one.csv", "# haredge recording 1; subject=anna\n" + Rows(Header, 100, ",walking"));
        folder.Write("two.csv", "# haredge recording 1; subject=anna\n" + Rows(Header, 100, ",walking"));
        Assert.DoesNotContain(ReaderOf.Csv(folder.Path, Options).Report.Warnings, warning => warning.Contains("each file passes for a person"));
    }

    [Theory]
    [InlineData("folder", "file", "set1", "p1_up")]
    [InlineData("{subject}_{label}", "{subject}_{label}", "p1", "UP")]
    [InlineData("(?<subject>p[0-9]+)_", "_(?<label>[a-z]+)", "p1", "UP")]
    public void Places_in_paths_can_be_told(string subjectFrom, string labelFrom, string subject, string label)
    {
        using var folder = new TempFolder();
        folder.Write("set1/p1_up.csv", Rows("time,ax,ay,az,gx,gy,gz", 100, ""));
        folder.Write("set1/p2_down.csv", Rows("time,ax,ay,az,gx,gy,gz", 100, ""));
        var data = ReaderOf.Csv(folder.Path, Options with { SubjectFrom = subjectFrom, LabelFrom = labelFrom });
        Assert.Equal(subject, data.Recordings[0].Subject);
        Assert.Equal(label.ToUpperInvariant(), data.Classes[data.Recordings[0].Labels[0]]);
    }

    [Fact]
    public void A_place_that_is_not_in_the_paths_is_misuse()
    {
        using var folder = new TempFolder();
        folder.Write("a.csv", Rows(Header, 100, ",x"));
        Assert.Contains("folder", Assert.Throws<InputException>(() => ReaderOf.Csv(folder.Path, Options with { SubjectFrom = "folder" })).Message);
        Assert.Contains("no part {label}", Assert.Throws<InputException>(() => ReaderOf.Csv(folder.Path, Options with { LabelFrom = "{subject}_x" })).Message);
        Assert.Contains("does not fit", Assert.Throws<InputException>(() => ReaderOf.Csv(folder.Path, Options with { LabelFrom = "{label}_x" })).Message);
        Assert.Contains("no pattern", Assert.Throws<InputException>(() => ReaderOf.Csv(folder.Path, Options with { LabelFrom = "(?<label>[a" })).Message);
    }

    [Fact]
    public void Files_that_pass_for_people_with_one_class_each_are_warned_of()
    {
        using var folder = new TempFolder();
        folder.Write("one.csv", Rows(Header, 100, ",walking"));
        folder.Write("two.csv", Rows(Header, 100, ",sitting"));
        Assert.Contains(ReaderOf.Csv(folder.Path, Options).Report.Warnings, warning => warning.Contains("No person has more than one class"));
    }
}
