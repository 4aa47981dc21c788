using HarEdge.Core.Kernels;

namespace HarEdge.Core.Tests;

/// <summary>A small hand-made model that runs kernels of every family: what the pipeline does with it is known.</summary>
internal sealed class RuleClassifier(int windowSamples = 128, int hopSamples = 64, int transition = 0) : Classifier
{
    public override string ModelId => "000000000000";

    public override int WindowSamples { get; } = windowSamples;

    public override int HopSamples { get; } = hopSamples;

    public override int AccelRangeG => 4;

    public override int GyroRangeDps => 500;

    public override int ClassCount => 3;

    public override int FeatureCount => 5;

    public override bool ReadsChannel(int channel) =>
        channel is ChannelId.AccelMagnitude or ChannelId.Coarse + ChannelId.Ax or ChannelId.Coarse + ChannelId.GyroVertical;

    public override int NominalGravity(int axis) => axis switch { 0 => 8100, 1 => -900, _ => 1200 };

    public override string ClassName(int classIndex) => classIndex switch { 0 => "STILL", 1 => "SLOW", _ => "FAST" };

    /// <summary>Stage 0, a quiet window, is class 0. Otherwise the jerk decides between slow and fast.</summary>
    public override int Classify(SampleWindow window, int[] features, int[] scores)
    {
        Array.Clear(features, 0, features.Length);
        features[0] = Moments.Variance(window, ChannelId.Ax, 0);
        scores[0] = 0;
        if (features[0] <= 100)
        {
            scores[1] = NotScored;
            scores[2] = NotScored;
            return 0;
        }

        features[1] = Jerk.AbsoluteSum(window, ChannelId.AccelMagnitude, 0);
        features[2] = Goertzel.BinPower(window, ChannelId.Ax + ChannelId.Coarse, 3);
        features[3] = OrderStatistics.Quantile(window, ChannelId.GyroVertical + ChannelId.Coarse, 75);
        features[4] = Covariance.Correlation(window, ChannelId.Ax, ChannelId.Gy);
        scores[1] = 1000 - features[1] / 64;
        scores[2] = features[1] / 64;
        return 1;
    }

    public override bool IsKnown(int[] features, int stage, int margin) => features[0] < 1 << 27;

    public override int ConfidencePercent(int stage, int margin) => stage == 0 ? 99 : margin > 100 ? 90 : 60;

    public override int TransitionScore(int fromClass, int toClass) => fromClass == toClass ? 0 : transition;
}
