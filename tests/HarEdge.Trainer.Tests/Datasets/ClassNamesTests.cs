using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Tests.Datasets;

public class ClassNamesTests
{
    [Theory]
    [InlineData("Walking up", "WALKING_UP")]
    [InlineData("  sit-to - stand ", "SIT_TO_STAND")]
    [InlineData("LAYING", "LAYING")]
    [InlineData("", "")]
    public void Spellings_of_one_class_become_one_name(string text, string name) => Assert.Equal(name, ClassNames.Normalize(text));

    [Fact]
    public void Normalizing_twice_changes_nothing() =>
        Gen.String.Sample(text => Assert.Equal(ClassNames.Normalize(text), ClassNames.Normalize(ClassNames.Normalize(text))));
}
