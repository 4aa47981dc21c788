using HarEdge.Core;
using HarEdge.Core.Kernels;

namespace HarEdge.DeviceTwin.Tests;

/// <summary>A small but real model: rest or motion by the deviation of one channel, features of several kernels.</summary>
/// <param name="standsOnX">Whether it knows where gravity should point.</param>
/// <param name="measuresLean">Whether it says that it measures from there.</param>
/// <param name="readsGyroscope">Whether it says that it reads the gyroscope.</param>
public sealed class EnergyModel(bool standsOnX = false, bool measuresLean = false, bool readsGyroscope = true) : Classifier
{
    public override string ModelId => "0123456789ab";

    public override int WindowSamples => 128;

    public override int HopSamples => 64;

    public override int AccelRangeG => 4;

    public override int GyroRangeDps => 500;

    public override int ClassCount => 2;

    public override int FeatureCount => 3;

    public override string ClassName(int classIndex) => classIndex == 0 ? "REST" : "MOTION";

    public override int Classify(SampleWindow window, int[] features, int[] scores)
    {
        features[0] = Moments.AbsoluteDeviation(window, ChannelId.Ax, 0);
        features[1] = Moments.Variance(window, ChannelId.Gy, 0);
        features[2] = Jerk.AbsoluteSum(window, ChannelId.Az, 0);
        scores[0] = 0;
        scores[1] = FixedMath.SignedLog2Q8(features[0]) - 4000;
        return 0;
    }

    public override bool IsKnown(int[] features, int stage, int margin) => margin > 3;

    public override int ConfidencePercent(int stage, int margin) => margin > 256 ? 95 : 60;

    public override bool ReadsGyroscope => readsGyroscope;

    public override bool MeasuresLean => measuresLean;

    public override int NominalGravity(int axis) => standsOnX && axis == 0 ? 8192 : 0;

    public override int TransitionScore(int fromClass, int toClass) => fromClass == toClass ? 0 : -200;
}
