using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Tests.Datasets;

namespace HarEdge.Trainer.Tests.FixedPoint;

public class ModelFileTests
{
    private static readonly string Small = ModelFile.Format(SmallModel.Create());

    [Fact]
    public void A_model_survives_the_file() =>
        Gen.Int[0, int.MaxValue - 1].Sample(
            seed =>
            {
                var text = ModelFile.Format(RandomModel.Create(seed));
                Assert.Equal(text, ModelFile.Format(ModelFile.Parse(text, "model.json")));
            },
            iter: 200);

    [Fact]
    public void Writing_stamps_the_id_and_leaves_nothing_else_behind()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "model.json");
        var written = ModelFile.Write(SmallModel.Create() with { Id = "" }, path);
        Assert.Equal(ModelId.Of(written), written.Id);
        Assert.Equal(Small, File.ReadAllText(path));
        Assert.Equal(written.Id, ModelFile.Read(path).Id);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void An_invalid_model_is_not_written_over_a_good_one()
    {
        using var folder = new TempFolder();
        var path = folder.Write("model.json", Small);
        Assert.Throws<InputException>(() => ModelFile.Write(SmallModel.Create() with { Classes = ["A"] }, path));
        Assert.Equal(Small, File.ReadAllText(path));
    }

    [Fact]
    public void A_place_that_cannot_be_written_or_read_is_named()
    {
        using var folder = new TempFolder();
        var file = folder.Write("file", "");
        var e = Assert.Throws<InputException>(() => ModelFile.Write(SmallModel.Create(), Path.Combine(file, "model.json")));
        Assert.Contains(file, e.Message, StringComparison.Ordinal);
        var missing = Path.Combine(folder.Path, "missing.json");
        Assert.Contains(missing, Assert.Throws<InputException>(() => ModelFile.Read(missing)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_id_depends_on_every_weight_and_not_on_the_manifest()
    {
        var model = SmallModel.Create();
        var manifest = new TrainingManifest
        {
            Data = [], Split = "official", TrainSubjects = ["1"], TestSubjects = ["2"], Seed = 1, Command = "haredge train",
            Scores = new Dictionary<string, double> { ["test accuracy"] = 0.958 },
        };
        Assert.Equal(model.Id, ModelId.Of(model with { Manifest = manifest, Id = "anything" }));
        Assert.NotEqual(model.Id, ModelId.Of(model with { Classes = ["RUNNING", "SITTING", "STANDING", "LAYING"] }));
        Assert.Matches("^[0-9a-f]{12}$", model.Id);
    }

    [Theory]
    [InlineData("-15", "-16", "the file was edited")]
    [InlineData("\"format\": 1", "\"format\": 2", "$.format is 2; this version reads format 1")]
    [InlineData("\"classes\":", "\"clases\":", "'clases' does not belong there")]
    [InlineData("\"stages\":", "\"extra\": 1, \"stages\":", "'extra' does not belong there")]
    [InlineData("\"scoreShift\": 6", "\"scoreShift\": 6.5", "$.stages[1].scoreShift cannot be read")]
    [InlineData("\"scoreShift\": 6", "\"scoreShift\": null", "$.stages[1].scoreShift cannot be read")]
    [InlineData("\"kind\": \"linear\"", "\"kind\": \"cubic\"", "'cubic' is no kind of part it can have")]
    [InlineData("\"SignedLog2Q8\"", "\"SquareRoot\"", "$.stages[1].inputs[0].transform cannot be read")]
    [InlineData("\"SignedLog2Q8\"", "7", "$.stages[1].inputs[0].transform is 7, which is no transform")]
    [InlineData("{\"margin\":50,\"percent\":60}", "{\"margin\":50}", "it lacks 'percent'")]
    [InlineData("\"id\":", "\"format\": 1,\n  \"id\":", "cannot be read as a model")]
    public void An_edited_file_is_refused(string original, string changed, string message)
    {
        Assert.Contains(original, Small, StringComparison.Ordinal);
        var at = Small.IndexOf(original, StringComparison.Ordinal);
        var edited = Small[..at] + changed + Small[(at + original.Length)..];
        var e = Assert.Throws<InputException>(() => ModelFile.Parse(edited, "runs/a/model.json"));
        Assert.StartsWith("runs/a/model.json:", e.Message, StringComparison.Ordinal);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"HarEdge\.|System\.|\.NET|type", e.Message);
        Assert.NotEmpty(e.Remedy);
        Assert.Equal(1, e.ExitCode);
    }

    [Fact]
    public void Cut_off_text_names_the_line()
    {
        var e = Assert.Throws<InputException>(() => ModelFile.Parse(Small[..(Small.Length / 2)], "model.json"));
        Assert.Matches(@"^model\.json: line \d+, \$", e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\u0000\u0001")]
    public void Something_else_is_refused(string text) => Assert.Throws<InputException>(() => ModelFile.Parse(text, "model.json"));
}
