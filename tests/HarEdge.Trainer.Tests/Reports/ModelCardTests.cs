using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Reports;
using HarEdge.Trainer.Tests.FixedPoint;

namespace HarEdge.Trainer.Tests.Reports;

public sealed class ModelCardTests
{
    [Fact]
    public void A_card_tells_where_the_model_comes_from_and_calls_synthetic_data_synthetic()
    {
        var data = DataManifest.Of(SyntheticWearer.Create(new SyntheticOptions { Subjects = 2, SecondsPerActivity = 20 }));
        var model = SmallModel.Create() with
        {
            Manifest = new TrainingManifest
            {
                Data = [data],
                Split = "official",
                TrainSubjects = ["synthetic/p01"],
                TestSubjects = ["synthetic/p02"],
                Seed = 7,
                Command = "haredge train --seed 7",
                Scores = new Dictionary<string, double> { ["test accuracy, student"] = 0.875 },
            },
        };
        var card = ModelCard.Of(model);
        foreach (var part in new[] { model.Id, data.ContentSha256, "SYNTHETIC data", "haredge train --seed 7", "synthetic/p02", "87.5 %", "128 samples at 50 Hz" })
        {
            Assert.Contains(part, card, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_model_of_unknown_origin_gets_no_card()
    {
        var error = Assert.Throws<InputException>(() => ModelCard.Of(SmallModel.Create()));
        Assert.Contains("no manifest", error.Message, StringComparison.Ordinal);
    }
}
