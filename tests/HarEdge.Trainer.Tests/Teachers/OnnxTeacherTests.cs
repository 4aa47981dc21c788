using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Teachers;
using HarEdge.Trainer.Tests.Datasets;

namespace HarEdge.Trainer.Tests.Teachers;

public sealed class OnnxTeacherTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    // The nearest class mean of acceleration, as a linear rule: gravity tells the postures apart, and walkers from sitters a little.
    private static float[,] Rule()
    {
        var table = SmallWindows.Table;
        var weights = new float[6, 3];
        for (var c = 0; c < 3; c++)
        {
            var rows = Enumerable.Range(0, table.Rows).Where(row => table.Labels[row] == c).ToList();
            for (var axis = 0; axis < 3; axis++)
            {
                weights[axis, c] = (float)(20 * rows.Average(row => table.Samples(row, axis).ToArray().Average(count => count / 8192.0)));
            }
        }

        return weights;
    }

    private string Write(TinyOnnx onnx, string name = "tiny.onnx")
    {
        File.WriteAllBytes(Path.Combine(folder.Path, name), onnx.ToBytes());
        return Path.Combine(folder.Path, name);
    }

    private static InputException Refusal(OnnxOptions options) =>
        Assert.Throws<InputException>(() => new OnnxTeacher(options, SmallWindows.Range).Train(SmallWindows.Table, 1));

    private static double Accuracy(OnnxOptions options)
    {
        using var trained = new OnnxTeacher(options, SmallWindows.Range).Train(SmallWindows.Table, 1);
        var probabilities = trained.Probabilities(SmallWindows.Table);
        Assert.All(probabilities, row => Assert.Equal(1f, row.Sum(), 1e-4f));
        return SmallTable.Accuracy(SmallWindows.Table, probabilities);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Either_order_of_axes_and_either_kind_of_score_is_understood(bool isChannelMajor, bool hasSoftmax)
    {
        var onnx = new TinyOnnx
        {
            Weights = Rule(),
            Input = isChannelMajor ? [-1, 6, 128] : [-1, 128, 6],
            TimeAxis = isChannelMajor ? 2 : 1,
            HasSoftmax = hasSoftmax,
        };
        Assert.InRange(Accuracy(new OnnxOptions(Write(onnx))), 0.6, 1);
    }

    [Fact]
    public void Logits_and_their_softmax_give_the_same_probabilities()
    {
        float[][] Of(bool hasSoftmax)
        {
            var path = Write(new TinyOnnx { Weights = Rule(), HasSoftmax = hasSoftmax }, hasSoftmax + ".onnx");
            using var trained = new OnnxTeacher(new OnnxOptions(path), SmallWindows.Range).Train(SmallWindows.Table, 1);
            return trained.Probabilities(SmallWindows.Table);
        }

        var (logits, softmax) = (Of(false), Of(true));
        Assert.All(logits.Zip(softmax), pair => Assert.All(pair.First.Zip(pair.Second), values => Assert.Equal(values.First, values.Second, 1e-3f)));
    }

    [Fact]
    public void A_model_of_a_fixed_batch_answers_every_window()
    {
        var free = Accuracy(new OnnxOptions(Write(new TinyOnnx { Weights = Rule() })));
        Assert.Equal(free, Accuracy(new OnnxOptions(Write(new TinyOnnx { Weights = Rule(), Input = [7, 128, 6] }))));
    }

    [Fact]
    public void Its_labels_are_not_called_cross_fitted()
    {
        var teacher = new OnnxTeacher(new OnnxOptions(Write(new TinyOnnx { Weights = Rule() })), SmallWindows.Range);
        var table = SmallWindows.Table;
        var fitted = teacher.TrainAndCrossFit(table, new CrossFitFolds(table, 2, 1), 1, further: table.Select([0, 1, 2]));
        using var trained = fitted.Teacher;
        Assert.False(teacher.LearnsHere);
        Assert.False(fitted.AreCrossFitted);
        Assert.Equal(3, fitted.FurtherSoftLabels!.Length);
    }

    [Fact]
    public void Names_in_another_order_are_followed()
    {
        var rule = Rule();
        var turned = new float[6, 3];
        for (var channel = 0; channel < 6; channel++)
        {
            (turned[channel, 0], turned[channel, 1], turned[channel, 2]) = (rule[channel, 2], rule[channel, 0], rule[channel, 1]);
        }

        var path = Write(new TinyOnnx { Weights = turned });
        Assert.InRange(Accuracy(new OnnxOptions(path) { Classes = ["laying", "walking", "sitting"] }), 0.6, 1);
        var named = Write(new TinyOnnx { Weights = turned, Metadata = new() { ["classes"] = "[\"LAYING\",\"WALKING\",\"SITTING\"]" } }, "named.onnx");
        Assert.InRange(Accuracy(new OnnxOptions(named)), 0.6, 1);
        Assert.Contains("training windows", Refusal(new OnnxOptions(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_units_are_found_out_and_the_right_ones_named()
    {
        // Turning speaks for walking, gravity for the others; in rad/s turning is 57 times too small to be heard.
        var weights = Rule();
        for (var axis = 0; axis < 3; axis++)
        {
            (weights[axis, 0], weights[axis + 3, 0]) = (0, 1);
        }

        var path = Write(new TinyOnnx { Weights = weights, Reduction = "ReduceL2" });
        var error = Refusal(new OnnxOptions(path));
        Assert.Contains("in g,rad/s, and on", error.Message, StringComparison.Ordinal);
        Assert.Contains("--teacher-units", error.Remedy, StringComparison.Ordinal);
        Assert.Contains("deg/s", error.Remedy, StringComparison.Ordinal);
        Assert.InRange(Accuracy(new OnnxOptions(path) { GyroUnit = GyroUnit.DegreesPerSecond }), 0.6, 1);
    }

    [Theory]
    [InlineData(64, "--window 64")]
    [InlineData(100, "128 samples")]
    public void A_model_for_another_window_is_refused_with_the_window_it_wants(int samples, string remedy)
    {
        var error = Refusal(new OnnxOptions(Write(new TinyOnnx { Weights = Rule(), Input = [-1, samples, 6] })));
        Assert.Equal(2, error.ExitCode);
        Assert.Contains($"[any, {samples}, 6]", error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_classes_is_refused_until_they_are_named()
    {
        var four = new float[6, 4];
        var rule = Rule();
        for (var channel = 0; channel < 6; channel++)
        {
            for (var c = 0; c < 3; c++)
            {
                four[channel, c + 1] = rule[channel, c];
            }
        }

        // The extra class never wins: its weights are zero where others are positive.
        var path = Write(new TinyOnnx { Weights = four });
        Assert.Contains("4 classes", Refusal(new OnnxOptions(path)).Message, StringComparison.Ordinal);
        Assert.InRange(Accuracy(new OnnxOptions(path) { Classes = ["RUNNING", "WALKING", "SITTING", "LAYING"] }), 0.6, 1);
        var missing = Refusal(new OnnxOptions(path) { Classes = ["RUNNING", "WALKING", "SITTING", "SLEEPING"] });
        Assert.Contains("LAYING", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_that_is_no_model_is_refused()
    {
        folder.Write("text.onnx", "not a model");
        Assert.Contains("no model", Refusal(new OnnxOptions(Path.Combine(folder.Path, "text.onnx"))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Refusal(new OnnxOptions(Path.Combine(folder.Path, "absent.onnx"))).Message, StringComparison.Ordinal);
    }
}
