using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Trainer.Tests.CodeGeneration;

/// <summary>The model in firmware/Core/Generated: its source is what the generator makes of its model.json, byte for byte.</summary>
public class CommittedModelTests
{
    private const string Remedy = "Generate it again: dotnet run -c Release --project trainer/HarEdge.Cli -- generate --model firmware/Core/Generated/model.json --out firmware/Core/Generated";

    private static readonly string Folder = Path.Combine(Golden.Repository(), "firmware", "Core", "Generated");
    private static readonly FixedPointModel Model = ModelFile.Read(Path.Combine(Folder, "model.json"));

    [Fact]
    public void The_committed_source_is_that_of_the_committed_model()
    {
        var sources = GeneratedSources.Of(Model);
        Assert.True(sources.Model == Committed(CSharpGenerator.FileName), Remedy);
        Assert.True(sources.KnownAnswers == Committed(KnownAnswersGenerator.FileName), Remedy);
    }

    [Fact]
    public void The_committed_class_is_that_of_the_committed_model() =>
        Assert.Equal(Model.Id, new HarEdge.Core.Generated.ActivityModel().ModelId);

    private static string Committed(string fileName) => File.ReadAllText(Path.Combine(Folder, fileName)).ReplaceLineEndings("\n");
}
