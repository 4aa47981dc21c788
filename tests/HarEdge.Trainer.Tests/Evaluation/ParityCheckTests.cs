using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.Evaluation;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Tests.FixedPoint;

namespace HarEdge.Trainer.Tests.Evaluation;

public class ParityCheckTests
{
    private static readonly FixedPointModel Model = SmallModel.Create();
    private static readonly Recording[] Recordings =
        [.. SyntheticWearer.Create(new SyntheticOptions { Subjects = 2, SecondsPerActivity = 20 }).Recordings.Take(2), TestWindows.Recording(new Random(1), 30, 128)];

    [Fact]
    public void Trainer_interpreted_and_generated_code_agree_on_every_window()
    {
        using var compiled = GeneratedModelCompiler.Compile(CSharpGenerator.Generate(Model));
        var report = ParityCheck.Run(
            Model,
            [new TrainerBackend(Model), new PipelineBackend("interpreted", new InterpretedClassifier(Model)), new PipelineBackend("generated code", compiled.Classifier)],
            Recordings);
        Assert.Equal(0, report.Mismatches);
        Assert.Null(report.FirstMismatch);
        Assert.Equal(["trainer", "interpreted", "generated code"], report.Backends);
        Assert.Equal(Recordings.Sum(Windows), report.Windows);
    }

    [Fact]
    public void The_device_twin_agrees_and_passes_its_self_test()
    {
        // With a hole; and worn, not made up: a device takes a signal that never changes for a broken sensor.
        Recording[] recordings = [Recordings[0] with { Runs = [new Run(3, 900), new Run(1000, Recordings[0].SampleCount)] }, Recordings[1]];
        using var compiled = GeneratedModelCompiler.Compile(CSharpGenerator.Generate(Model), KnownAnswersGenerator.Generate(Model, Recordings));
        var report = ParityCheck.Run(Model, [new TrainerBackend(Model), new TwinBackend(compiled.Classifier, compiled.KnownAnswers)], recordings);
        Assert.Null(report.FirstMismatch);
        Assert.Equal(recordings.Sum(Windows), report.Windows);
    }

    [Fact]
    public void A_device_that_fails_its_self_test_answers_nothing()
    {
        var source = CSharpGenerator.Generate(Model).Replace("s0 -= 80;", "s0 -= 81;", StringComparison.Ordinal);
        using var compiled = GeneratedModelCompiler.Compile(source, KnownAnswersGenerator.Generate(Model, Recordings));
        var report = ParityCheck.Run(Model, [new TrainerBackend(Model), new TwinBackend(compiled.Classifier, compiled.KnownAnswers)], [Recordings[0]]);
        Assert.Equal(report.Windows, report.LabelMismatches);
        Assert.Contains("trainer has an answer, device twin has none", report.FirstMismatch, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_changed_weight_is_found_and_both_sides_are_shown()
    {
        var source = CSharpGenerator.Generate(Model);
        var tampered = source.Replace("+ 30 * v3", "+ 29 * v3", StringComparison.Ordinal);
        Assert.NotEqual(source, tampered);
        using var compiled = GeneratedModelCompiler.Compile(tampered);
        var report = ParityCheck.Run(Model, [new TrainerBackend(Model), new PipelineBackend("generated code", compiled.Classifier)], Recordings);

        // Exactly the windows of the linear stage whose score of SITTING the weight moves, and nothing else.
        var answers = Recordings.SelectMany(new TrainerBackend(Model).Run).Where(said => said.Stage == 1).ToList();
        var linear = (LinearStage)Model.Stages[1];
        var changed = new LinearStage
        {
            Name = linear.Name, Classes = linear.Classes, Confidence = linear.Confidence, Inputs = linear.Inputs, Bias = linear.Bias,
            Weights = [[12, -7, 1, 29], linear.Weights[1], linear.Weights[2]], ScoreShift = linear.ScoreShift,
        };
        var moved = answers.Where(said => Scores(changed, said)[1] != said.Scores[1]).ToList();
        Assert.NotEmpty(moved);
        Assert.Equal(0, report.FeatureMismatches);
        Assert.Equal(moved.Count, report.ScoreMismatches);
        Assert.Contains(
            $"window from sample {moved[0].StartSample}, score of SITTING: trainer says {moved[0].Scores[1]}, generated code says {Scores(changed, moved[0])[1]}",
            report.FirstMismatch,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_kernel_is_a_feature_mismatch()
    {
        var source = CSharpGenerator.Generate(Model).Replace("short[] ax = window.Channel(ChannelId.Ax)", "short[] ax = window.Channel(ChannelId.Ay)", StringComparison.Ordinal);
        using var compiled = GeneratedModelCompiler.Compile(source);
        var report = ParityCheck.Run(Model, [new TrainerBackend(Model), new PipelineBackend("generated code", compiled.Classifier)], Recordings);
        Assert.InRange(report.FeatureMismatches, report.Windows / 2, int.MaxValue);
        Assert.Contains("feature dev.ax: trainer says ", report.FirstMismatch, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "trainer has an answer, holed has none")]
    [InlineData(false, "holed has an answer, trainer has none")]
    public void Windows_that_one_leg_lacks_are_mismatches_and_do_not_shift_the_others(bool isLost, string words)
    {
        var report = ParityCheck.Run(Model, [new TrainerBackend(Model), new HoledLeg(isLost)], Recordings);
        Assert.Equal(Recordings.Length * 2, report.LabelMismatches);
        Assert.Equal(report.LabelMismatches, report.Mismatches);
        Assert.Contains(words, report.FirstMismatch, StringComparison.Ordinal);
    }

    private static int Windows(Recording recording) => recording.Runs.Sum(run => (run.Length - 128) / 64 + 1);

    private static int[] Scores(LinearStage stage, WindowAnswer said)
    {
        var scores = new int[4];
        StageScorer.ScoreInto(stage, said.Features, scores);
        return scores;
    }

    // Loses the second and the last window, or has one too many before the second and after the last.
    private sealed class HoledLeg(bool isLost) : IInferenceBackend
    {
        public string Name => "holed";

        public IEnumerable<WindowAnswer> Run(Recording recording)
        {
            var answers = new TrainerBackend(Model).Run(recording).ToList();
            if (isLost)
            {
                answers.RemoveAt(answers.Count - 1);
                answers.RemoveAt(1);
            }
            else
            {
                answers.Insert(1, answers[1] with { StartSample = answers[1].StartSample - 1 });
                answers.Add(answers[^1] with { StartSample = answers[^1].StartSample + 64 });
            }

            return answers;
        }
    }
}
