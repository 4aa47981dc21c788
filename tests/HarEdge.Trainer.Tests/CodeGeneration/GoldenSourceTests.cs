using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Tests.FixedPoint;

namespace HarEdge.Trainer.Tests.CodeGeneration;

/// <summary>Generated text as it is meant to look; read the golden files to see what the generator does.</summary>
public class GoldenSourceTests
{
    [Fact]
    public void The_small_model_gives_the_expected_source() =>
        Golden.Matches("small-ActivityModel.g.txt", CSharpGenerator.Generate(SmallModel.Create(), "haredge generate"));

    [Fact]
    public void The_small_model_gives_the_expected_json() =>
        Golden.Matches("small-model.json", ModelFile.Format(SmallModel.Create()));

    [Fact]
    public void The_small_model_gives_the_expected_known_answers()
    {
        Recording[] recordings = [TestWindows.Recording(new Random(5), windows: 24, windowSamples: 128)];
        Golden.Matches("small-KnownAnswers.g.txt", KnownAnswersGenerator.Generate(SmallModel.Create(), recordings, "haredge generate", mostWindows: 5));
    }
}
