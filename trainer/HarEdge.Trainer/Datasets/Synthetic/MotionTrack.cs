using HarEdge.Core;

namespace HarEdge.Trainer.Datasets.Synthetic;

/// <summary>What the body does, sample by sample: where the carrier points, how it is accelerated, how the person turns, and the class.</summary>
internal sealed class MotionTrack
{
    public const double SampleSeconds = 1.0 / SensorScale.SampleRateHz;

    private readonly List<Orientation> _orientations = [];
    private readonly List<Vector> _accelG = [];
    private readonly List<double> _turnDps = [];
    private readonly List<short> _labels = [];

    public int Count => _labels.Count;

    /// <summary>Adds a sample: sway in degrees about left, forward and up on top of a posture; acceleration in g up, left, forward.</summary>
    public void Add(Posture posture, Vector swayDeg, Vector accelG, double turnDps, short label)
    {
        _orientations.Add(Orientation.FromDegrees(posture.PitchDeg + swayDeg.X, posture.RollDeg + swayDeg.Y, swayDeg.Z));
        _accelG.Add(accelG);
        _turnDps.Add(turnDps);
        _labels.Add(label);
    }

    public short LabelAt(int sample) => _labels[sample];

    /// <summary>What an ideal accelerometer reads, g.</summary>
    public Vector AccelAt(int sample, Orientation mount) => (_orientations[sample] * mount).ToSensor(_accelG[sample] + Vector.Up);

    /// <summary>What an ideal gyroscope reads, °/s.</summary>
    public Vector GyroAt(int sample, Orientation mount)
    {
        Orientation here = _orientations[sample] * mount;
        Orientation next = _orientations[Math.Min(sample + 1, Count - 1)] * mount;
        return here.RateTo(next, SampleSeconds) + _turnDps[sample] * here.ToSensor(Vector.Up);
    }
}
