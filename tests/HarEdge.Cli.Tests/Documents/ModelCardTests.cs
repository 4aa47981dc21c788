using HarEdge.Cli.Tests.Running;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Reports;

namespace HarEdge.Cli.Tests.Documents;

/// <summary>The committed model's page, its generated code and its JSON are one model.</summary>
public sealed class ModelCardTests
{
    private const string Again = "haredge generate --out firmware/Core/Generated --card docs/MODEL-CARD.md";

    [Fact]
    public void The_card_is_that_of_the_committed_model()
    {
        var model = ModelFile.Read(Path.Combine(Repository.Root, "firmware/Core/Generated/model.json"));
        Assert.True(Repository.Read("docs/MODEL-CARD.md") == ModelCard.Of(model), $"docs/MODEL-CARD.md is not that of model {model.Id}; write it again with: {Again}");
    }

    [Fact]
    public void The_committed_model_learned_from_real_people_and_names_its_source()
    {
        var manifest = ModelFile.Read(Path.Combine(Repository.Root, "firmware/Core/Generated/model.json")).Manifest;
        Assert.NotNull(manifest);
        Assert.All(manifest.Data, data => Assert.False(data.IsSynthetic || string.IsNullOrEmpty(data.Attribution)));
    }
}
