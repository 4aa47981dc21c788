namespace HarEdge.Core.Tests;

public class PipelineTests
{
    private static readonly Gen<short[][]> Stream = Gen.OneOf(Gen.Short, Gen.Short[-3, 3], Gen.Short[-900, 900]).Array[6].Array[200, 600];

    [Fact]
    public void A_million_steps_allocate_nothing()
    {
        var pipeline = new Pipeline(new RuleClassifier(transition: -700));
        var samples = Signals.ExtremeChannel("ramp", 256);
        RunSteps(pipeline, samples, 5_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var decisions = RunSteps(pipeline, samples, 1_000_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1_000_000 / 64, decisions);
    }

    [Fact]
    public void Every_decision_is_that_of_the_window_of_its_last_samples() =>
        Gen.Select(Signals.AnyOf(Signals.Lengths), Gen.Int[2, 6], Stream).Sample((length, hopShift, stream) =>
        {
            var model = new RuleClassifier(length, 1 << hopShift);
            var pipeline = new Pipeline(model);
            var decisions = 0;
            for (var i = 0; i < stream.Length; i++)
            {
                if (Step(pipeline, stream[i]))
                {
                    decisions++;
                    AssertDecision(model, pipeline, stream[(i + 1 - length)..(i + 1)]);
                }
            }

            Assert.Equal(stream.Length < length ? 0 : 1 + (stream.Length - length >> hopShift), decisions);
        },
        iter: 60);

    [Fact]
    public void Nothing_is_decided_before_the_first_window_is_complete()
    {
        var pipeline = new Pipeline(new RuleClassifier());
        for (var i = 0; i < 127; i++)
        {
            Assert.False(pipeline.Step(1, 2, 3, 4, 5, 6));
            Assert.Equal(Classifier.Unknown, pipeline.Decision);
        }

        Assert.True(pipeline.Step(1, 2, 3, 4, 5, 6));
        Assert.Equal(0, pipeline.Decision);
        Assert.Equal(99, pipeline.ConfidencePercent);
        Assert.Equal(-Classifier.NotScored, pipeline.Margin);
    }

    [Fact]
    public void After_a_restart_it_answers_as_a_new_pipeline_does() => Gen.Select(Stream, Stream).Sample((before, after) =>
    {
        var used = new Pipeline(new RuleClassifier(transition: -2000));
        foreach (var sample in before)
        {
            Step(used, sample);
        }

        used.Restart();
        Assert.Equal(Classifier.Unknown, used.Decision);
        var fresh = new Pipeline(new RuleClassifier(transition: -2000));
        foreach (var sample in after)
        {
            Assert.Equal(Step(fresh, sample), Step(used, sample));
            Assert.Equal(fresh.Decision, used.Decision);
        }
    },
    iter: 60);

    [Fact]
    public void A_window_of_no_class_is_unknown_whatever_its_scores()
    {
        var pipeline = new Pipeline(new RuleClassifier());
        var decided = false;
        for (var i = 0; i < 128; i++)
        {
            var full = i % 2 == 0 ? (short)0 : short.MaxValue;
            decided = pipeline.Step(full, full, full, full, full, full);
        }

        Assert.True(decided);
        Assert.Equal(2, pipeline.WindowClass);
        Assert.Equal(Classifier.Unknown, pipeline.Decision);
    }

    [Fact]
    public void A_burst_of_the_FIFO_is_taken_as_its_samples_are_one_by_one() => Gen.Select(Stream, Gen.Int[0, 3], Gen.Int[1, 84]).Sample((stream, calibration, most) =>
    {
        var single = new Pipeline(new RuleClassifier(transition: -700));
        var burst = new Pipeline(new RuleClassifier(transition: -700));
        var still = new StillStretch(1);
        still.Push(5000, -6000, 2500, 0, 0, 0);
        foreach (var pipeline in new[] { single, burst })
        {
            // None, an offset of the gyroscope, bounds at which it saturates, and gravity turned as well.
            pipeline.Calibration.SetGyroZero(calibration * 40, calibration == 2 ? -32768 : 0, -calibration);
            Assert.Equal(calibration == 3, calibration == 3 && pipeline.Calibration.AlignGravity(still, new RuleClassifier()));
        }

        var bytes = stream.SelectMany(sample => sample.SelectMany(value => new[] { (byte)(value >> 8), (byte)value })).ToArray();
        for (int at = 0, count; at < stream.Length; at += count)
        {
            count = Math.Min(Math.Min(most, burst.SamplesUntilDecision), stream.Length - at);
            var decided = stream[at..(at + count)].Select(sample => Step(single, sample)).ToArray();
            Assert.Equal(decided[^1], burst.StepBurst(bytes, at, count));
            Assert.All(decided[..^1], Assert.False);
            Assert.Equal(single.SamplesUntilDecision, burst.SamplesUntilDecision);
            Assert.Equal(single.Features, burst.Features);
            Assert.Equal(single.Scores, burst.Scores);
            Assert.Equal(single.Decision, burst.Decision);
        }
    },
    iter: 60);

    private static bool Step(Pipeline pipeline, short[] sample) => pipeline.Step(sample[0], sample[1], sample[2], sample[3], sample[4], sample[5]);

    private static void AssertDecision(RuleClassifier model, Pipeline pipeline, short[][] samples)
    {
        short[][] channels = [.. Enumerable.Range(0, 6).Select(channel => samples.Select(sample => sample[channel]).ToArray())];
        var features = new int[model.FeatureCount];
        var scores = new int[model.ClassCount];
        var stage = model.Classify(Signals.Window(channels), features, scores);
        var best = Array.IndexOf(scores, scores.Max());
        Assert.Equal(features, pipeline.Features);
        Assert.Equal(scores, pipeline.Scores);
        Assert.Equal(stage, pipeline.Stage);
        Assert.Equal(best, pipeline.WindowClass);
        Assert.Equal(model.IsKnown(features, stage, pipeline.Margin) ? best : Classifier.Unknown, pipeline.Decision);
    }

    private static int RunSteps(Pipeline pipeline, short[] samples, int steps)
    {
        var decisions = 0;
        for (var i = 0; i < steps; i++)
        {
            var value = samples[i & 255];
            if (pipeline.Step(value, (short)(value >> 1), 8192, (short)(value >> 3), samples[(i * 7) & 255], 3))
            {
                decisions++;
            }
        }

        return decisions;
    }
}
