namespace HarEdge.Core.Tests;

/// <summary>A model that reads one derived channel and decides nothing.</summary>
internal sealed class OneChannelModel(int windowSamples, int onlyChannel) : Classifier
{
    public override string ModelId => "000000000000";

    public override int WindowSamples => windowSamples;

    public override int HopSamples => 64;

    public override int AccelRangeG => 4;

    public override int GyroRangeDps => 500;

    public override int ClassCount => 1;

    public override int FeatureCount => 1;

    public override bool ReadsChannel(int channel) => channel == onlyChannel;

    public override string ClassName(int classIndex) => "CLASS";

    public override int Classify(SampleWindow window, int[] features, int[] scores) => 0;

    public override bool IsKnown(int[] features, int stage, int margin) => true;

    public override int ConfidencePercent(int stage, int margin) => 50;

    public override int TransitionScore(int fromClass, int toClass) => 0;
}
