using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Windows;

public class WindowExtractorTests
{
    private static readonly string[] Classes = ["REST", "MOVE"];

    private static Recording Of(short[] labels, params Run[] runs) => new()
    {
        DataSet = "set",
        Name = "one",
        Subject = "a",
        Channels = [.. Enumerable.Range(0, 6).Select(channel => Enumerable.Range(0, labels.Length).Select(i => (short)(i * (channel + 1) % 997)).ToArray())],
        Labels = labels,
        Runs = runs,
    };

    private static short[] Labels(params (int Count, int Label)[] parts) =>
        [.. parts.SelectMany(part => Enumerable.Repeat((short)part.Label, part.Count))];

    [Fact]
    public void Windows_start_whole_hops_after_the_start_of_their_run()
    {
        var table = new WindowExtractor(64, 32).Extract([Of(Labels((300, 0)), new Run(10, 170), new Run(190, 260))], Classes, keepUnlabelled: true);
        Assert.Equal([10, 42, 74, 106, 190], table.StartSample);
    }

    [Fact]
    public void A_window_across_two_activities_has_no_label_and_is_left_out_when_labels_are_wanted()
    {
        var recording = Of(Labels((100, 0), (100, 1)), new Run(0, 200));
        Assert.Equal([0, 0, -1, -1, 1], new WindowExtractor(64, 32).Extract([recording], Classes, true).Labels);
        Assert.Equal([0, 0, 1], new WindowExtractor(64, 32).Extract([recording], Classes, false).Labels);
    }

    [Fact]
    public void The_majority_labels_a_window_when_half_is_enough()
    {
        var recording = Of(Labels((100, 0), (100, 1)), new Run(0, 200));
        Assert.Equal([0, 0, 0, 1, 1], new WindowExtractor(64, 32, 0.5).Extract([recording], Classes, true).Labels);
    }

    [Fact]
    public void Equal_subject_ids_of_two_sets_are_two_people()
    {
        var first = Of(Labels((64, 0)), new Run(0, 64));
        var table = new WindowExtractor(64, 32).Extract([first, first with { DataSet = "other" }], Classes, true);
        Assert.Equal(["other/a", "set/a"], table.Subjects);
        Assert.Equal([1, 0], table.SubjectOfRow);
    }

    [Fact]
    public void Selected_rows_keep_their_features()
    {
        var table = new WindowExtractor(64, 32).Extract([Of(Labels((200, 0)), new Run(0, 200))], Classes, true);
        var selected = table.Select([3, 1]);
        Assert.Equal(table.Row(3).ToArray(), selected.Row(0).ToArray());
        Assert.Equal([table.StartSample[3], table.StartSample[1]], selected.StartSample);
    }

    [Fact]
    public void A_row_shows_the_counts_it_was_cut_from()
    {
        var recording = Of(Labels((200, 0)), new Run(0, 200));
        var table = new WindowExtractor(64, 32).Extract([recording], Classes, true).Select([2]);
        Assert.Equal(recording.Channels[4].AsSpan(64, 64).ToArray(), table.Samples(0, 4).ToArray());
    }
}
