using HarEdge.Trainer.Training;

namespace HarEdge.Trainer.Tests.Training;

public class StudentRecipeTests
{
    [Theory]
    [InlineData(StudentChoice.Auto)]
    [InlineData(StudentChoice.Linear)]
    [InlineData(StudentChoice.Mixed)]
    [InlineData(StudentChoice.Trees)]
    public void Most_forms_share_one_recipe(StudentChoice choice) => Assert.Equal(new StudentRecipe(), StudentRecipe.Of(choice));

    [Fact]
    public void One_tree_learns_from_more_versions_and_less_of_the_teacher()
    {
        var (tree, usual) = (StudentRecipe.Of(StudentChoice.Tree), new StudentRecipe());
        Assert.True(tree.Variation.Copies > usual.Variation.Copies);
        Assert.True(tree.ShareOf(inContext: true) < usual.ShareOf(inContext: true));
        Assert.Equal(usual.Linear, tree.Linear);
    }
}
