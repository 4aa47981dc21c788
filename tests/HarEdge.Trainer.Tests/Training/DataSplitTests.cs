using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Training;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Training;

public class DataSplitTests
{
    private static readonly string[] Classes = ["A", "B"];

    private static DataSplit Split(IReadOnlyList<string>? testSubjects, params DataSet[] data) =>
        DataSplit.Of(data, [.. data.Select(set => ClassUnion.Relabel(set, Classes))], testSubjects, 64);

    private static IEnumerable<string> People(IEnumerable<Recording> recordings) => recordings.Select(r => r.DataSet + "/" + r.Subject).Order();

    [Fact]
    public void The_official_test_people_are_held_back()
    {
        var split = Split(null, SmallData.SetOf("s", Classes, ["2", "4"], "1", "2", "3", "4"));
        Assert.Equal(["s/1", "s/3"], People(split.Train));
        Assert.Equal(["s/2", "s/4"], People(split.Test));
        Assert.Equal("official", split.Name);
    }

    [Fact]
    public void Without_an_official_split_every_third_person_is_held_back() =>
        Assert.Equal(["s/3", "s/6"], People(Split(null, SmallData.SetOf("s", Classes, [], "1", "2", "3", "4", "5", "6")).Test));

    [Fact]
    public void Of_two_people_one_is_held_back() =>
        Assert.Equal(["s/2"], People(Split(null, SmallData.SetOf("s", Classes, [], "1", "2")).Test));

    [Fact]
    public void Named_people_are_held_back_in_the_set_that_was_meant()
    {
        var split = Split(["t/1"], SmallData.SetOf("s", Classes, [], "1", "2"), SmallData.SetOf("t", Classes, [], "1", "2"));
        Assert.Equal(["t/1"], People(split.Test));
        Assert.Equal(["s/1", "s/2", "t/2"], People(split.Train));
    }

    [Fact]
    public void An_unknown_person_is_refused_with_the_names_there_are()
    {
        var error = Assert.Throws<InputException>(() => Split(["9"], SmallData.SetOf("s", Classes, [], "1", "2")));
        Assert.Contains("\"9\"", error.Message);
        Assert.Contains("s/1, s/2", error.Remedy);
        Assert.Equal(2, error.ExitCode);
    }

    [Fact]
    public void Holding_everybody_back_is_refused() =>
        Assert.Contains("Every person", Assert.Throws<InputException>(() => Split(["1", "2"], SmallData.SetOf("s", Classes, [], "1", "2"))).Message);

    [Fact]
    public void One_person_is_divided_by_time_and_the_note_says_so()
    {
        var split = Split(null, SmallData.SetOf("s", Classes, [], "1"));
        Assert.Equal([TimeBlocks.Note], split.Notes);
        Assert.Contains("time blocks", split.Name);
    }

    [Fact]
    public void No_window_of_the_test_shares_a_sample_with_one_of_training_and_every_class_is_on_both_sides()
    {
        const int guard = 64;
        short[] labels = [.. Enumerable.Range(0, 3000).Select(i => (short)(i / 600 % 2))];
        var split = TimeBlocks.Split([SmallData.RecordingOf("s", "1", labels)], guard);
        var train = split.Train[0].Labels;
        var test = split.Test[0].Labels;
        for (var i = 0; i < labels.Length; i++)
        {
            Assert.False(train[i] >= 0 && test[i] >= 0);
            Assert.True(train[i] < 0 || !test.Skip(i).Take(guard).Any(label => label == train[i]), $"sample {i} is too near to the test");
        }

        Assert.Equal([(short)0, (short)1], train.Where(l => l >= 0).Distinct().Order());
        Assert.Equal([(short)0, (short)1], test.Where(l => l >= 0).Distinct().Order());
    }
}
