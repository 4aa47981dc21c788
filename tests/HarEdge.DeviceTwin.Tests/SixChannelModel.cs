using HarEdge.Core;
using HarEdge.Core.Kernels;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>A model that sees every sample of every channel: sum and jerk of each. One wrong count shows in its features.</summary>
internal sealed class SixChannelModel : Classifier
{
    public override string ModelId => "6c6c6c6c6c6c";

    public override int WindowSamples => 128;

    public override int HopSamples => 64;

    public override int AccelRangeG => 4;

    public override int GyroRangeDps => 500;

    public override int ClassCount => 2;

    public override int FeatureCount => 12;

    public override string ClassName(int classIndex) => classIndex == 0 ? "REST" : "MOTION";

    public override int Classify(SampleWindow window, int[] features, int[] scores)
    {
        for (var channel = ChannelId.Ax; channel <= ChannelId.Gz; channel++)
        {
            features[2 * channel] = Moments.Sum(window, channel, 0);
            features[(2 * channel) + 1] = Jerk.AbsoluteSum(window, channel, 0);
        }

        scores[0] = 0;
        scores[1] = FixedMath.SignedLog2Q8(features[1]) - 4000;
        return 0;
    }

    public override bool IsKnown(int[] features, int stage, int margin) => margin > 3;

    public override int ConfidencePercent(int stage, int margin) => margin > 256 ? 95 : 60;

    public override int TransitionScore(int fromClass, int toClass) => fromClass == toClass ? 0 : -200;
}
