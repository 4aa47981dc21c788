using HarEdge.Trainer.Capture;

namespace HarEdge.Trainer.Tests.Capture;

/// <summary>Scripts and the labels they give.</summary>
public sealed class LabelScriptTests
{
    [Fact]
    public void Time_to_get_ready_and_pauses_have_no_label()
    {
        var script = LabelScript.Parse("walking 60s, pause 10 s, stairs-up 0.5 min", 5);
        var timeline = new LabelTimeline();
        script.Schedule(timeline, 1000);
        Assert.Equal((5 + 60 + 10 + 5 + 30) * 1000, script.TotalMs);
        Assert.Null(timeline.At(0));
        Assert.Null(timeline.At(5999));
        Assert.Equal("WALKING", timeline.At(6000));
        Assert.Equal("WALKING", timeline.At(65999));
        Assert.Null(timeline.At(66000));
        Assert.Null(timeline.At(80999));
        Assert.Equal("STAIRS_UP", timeline.At(81000));
        Assert.Null(timeline.At(111000));
    }

    [Theory]
    [InlineData("walk 60 s", "WALK")]
    [InlineData("stairs up 30 s", "STAIRS_UP")]
    [InlineData("Stairs-Up: 30sec", "STAIRS_UP")]
    [InlineData("sitting=2min", "SITTING")]
    public void Activities_are_normalized_as_in_any_data(string text, string label) => Assert.Equal(label, Assert.Single(LabelScript.Parse(text, 0).Steps).Label);

    [Theory]
    [InlineData("walking")]
    [InlineData("walking 60")]
    [InlineData("60s")]
    [InlineData("walking 0s")]
    [InlineData("walking -5s")]
    [InlineData("walking 99999min")]
    [InlineData("")]
    [InlineData("pause 10s")]
    public void What_is_no_script_is_refused(string text) => Assert.Equal(2, Assert.Throws<InputException>(() => LabelScript.Parse(text, 5)).ExitCode);
}
