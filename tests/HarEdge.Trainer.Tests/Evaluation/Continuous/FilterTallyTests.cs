using HarEdge.Core;
using HarEdge.Trainer.Evaluation;

namespace HarEdge.Trainer.Tests.Evaluation.Continuous;

/// <summary>Windows of 100 samples with a hop of 50, so that an answer comes once a second.</summary>
public class FilterTallyTests
{
    [Fact]
    public void A_change_noticed_in_the_first_window_that_ends_in_it_takes_less_than_a_hop()
    {
        // Activity 0 for five seconds, 1 for five seconds; the window that ends 50 samples into the second says so.
        var trial = Trial(Labels((0, 250), (1, 250)), by: [0, 0, 0, 0, 1, 1, 1, 1, 1], decided: [0, 0, 0, 0, 0, 1, 1, 1, 1]);
        Assert.Equal(1, trial.Changes);
        Assert.Equal(1.0, trial.ByWindow.MeanDelaySeconds, 12);
        Assert.Equal(1.0, trial.AddedDelaySeconds, 12);
        Assert.Equal(1, trial.ByWindow.Changes);
    }

    [Fact]
    public void A_change_never_noticed_counts_its_whole_length_and_is_missed()
    {
        var trial = Trial(Labels((0, 250), (1, 250)), by: [0, 0, 0, 0, 0, 0, 0, 0, 0], decided: [0, 0, 0, 0, 0, 0, 0, 0, 1]);
        Assert.Equal(5, trial.ByWindow.MeanDelaySeconds, 12);
        Assert.Equal((1, 0), (trial.ByWindow.Missed, trial.Decided.Missed));
    }

    [Fact]
    public void Pauses_and_out_of_class_activities_between_two_activities_are_one_change()
    {
        var trial = Trial(Labels((0, 150), (-2, 100), (-1, 50), (1, 200), (-2, 50), (1, 100)), by: [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], decided: [0, 0, -1, -1, -1, 1, 1, 1, 1, 1, 1, 1]);
        Assert.Equal(1, trial.Changes);
        Assert.Equal(1, trial.Decided.Changes);
    }

    [Fact]
    public void Unknown_is_not_right_and_no_change()
    {
        var trial = Trial(Labels((0, 500)), by: [0, 0, 0, 0, 0, 0, 0, 0, 0], decided: [0, -1, 0, -1, -1, 0, 0, 0, 0]);
        Assert.Equal(9, trial.Decided.Windows);
        Assert.Equal(6, trial.Decided.Right);
        Assert.Equal(0, trial.Decided.Changes);
        Assert.True(double.IsNaN(trial.AddedDelaySeconds));
    }

    [Fact]
    public void Flicker_is_counted_in_pauses_too()
    {
        var trial = Trial(Labels((0, 200), (-1, 300)), by: [0, 0, 0, 1, 0, 1, 0, 1, 0], decided: [0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Assert.Equal(6, trial.ByWindow.Changes);
        Assert.Equal(9.0 / 60, trial.Minutes, 12);
        Assert.Equal(40, trial.WindowChangesPerMinute, 9);
    }

    private static FilterTrial Trial(short[] labels, int[] by, int[] decided)
    {
        var tally = new FilterTally(100, 50);
        tally.Add(labels, [.. by.Select((c, i) => new WindowAnswer(50 * i, [], [], 0, c, 90, decided[i] < 0 ? Classifier.Unknown : decided[i]))], 1);
        return tally.Result;
    }

    private static short[] Labels(params (short Label, int Samples)[] bouts) => [.. bouts.SelectMany(bout => Enumerable.Repeat(bout.Label, bout.Samples))];
}
