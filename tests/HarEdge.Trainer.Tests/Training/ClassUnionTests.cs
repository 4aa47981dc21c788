using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Tests.Training;

public class ClassUnionTests
{
    [Fact]
    public void Classes_of_the_same_name_are_the_same_class_in_every_set()
    {
        var first = SmallData.SetOf("s", ["SIT", "WALK"], [], "1");
        var second = SmallData.SetOf("t", ["WALK", "RUN", "SIT"], [], "1");
        var classes = ClassUnion.Choose([first, second], null);
        Assert.Equal(["SIT", "WALK", "RUN"], classes);
        Assert.Equal([1, 2, 0], ClassUnion.Relabel(second, classes)[0].Labels.Where((_, i) => i % 100 == 0).Select(l => (int)l));
    }

    [Fact]
    public void Activities_that_are_not_wanted_become_out_of_class()
    {
        var set = SmallData.SetOf("s", ["SIT", "WALK", "RUN"], [], "1");
        Assert.Equal([ClassUnion.OutOfClass, 0, 1], ClassUnion.Relabel(set, ["WALK", "RUN"])[0].Labels.Where((_, i) => i % 100 == 0).Select(l => (int)l));
    }

    [Fact]
    public void A_class_nobody_has_is_refused_with_the_names_there_are()
    {
        var error = Assert.Throws<InputException>(() => ClassUnion.Choose([SmallData.SetOf("s", ["SIT", "WALK"], [], "1")], ["SIT", "FLY"]));
        Assert.Contains("\"FLY\"", error.Message);
        Assert.Contains("SIT, WALK", error.Remedy);
    }

    [Fact]
    public void One_class_is_not_enough() =>
        Assert.Throws<InputException>(() => ClassUnion.Choose([SmallData.SetOf("s", ["SIT", "WALK"], [], "1")], ["SIT"]));
}
