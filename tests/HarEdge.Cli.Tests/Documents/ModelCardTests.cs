using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Tests.Documents;

/// <summary>The committed model's page, its generated code and its JSON are one model.</summary>
public sealed class ModelCardTests
{
    private static readonly FixedPointModel Committed = ModelFile.Read(Path.Combine(Repository.Root, "firmware/Core/Generated/model.json"));

    private const string Again = "haredge generate --out firmware/Core/Generated --card docs/MODEL-CARD.md";

    [Fact]
    public void The_card_is_that_of_the_committed_model()
    {
        Assert.True(Repository.Read("docs/MODEL-CARD.md") == ModelCard.Of(Committed), $"docs/MODEL-CARD.md is not that of model {Committed.Id}; write it again with: {Again}");
    }

    [Fact]
    public void The_committed_model_learned_from_real_people_and_names_its_source()
    {
        Assert.NotNull(Committed.Manifest);
        Assert.All(Committed.Manifest.Data, data => Assert.False(data.IsSynthetic || string.IsNullOrEmpty(data.Attribution)));
    }

    [Fact]
    public void The_readme_tells_the_committed_models_figures()
    {
        var scores = Committed.Manifest!.Scores;
        string Cell(string who) => $"{ReportTable.Percent(scores["test accuracy, " + who])} ({ReportTable.Percent(scores["test macro-F1, " + who])})";
        var row = $"| {Committed.Manifest.Split} | {Committed.Manifest.TestSubjects.Count} | {Cell("teacher")} | {Cell("student")} "
            + $"| {ModelSize.Of(Committed).Bytes} bytes, {Committed.Features.Count} features |";
        Assert.Contains(row, Repository.Read("README.md"), StringComparison.Ordinal);
    }
}
