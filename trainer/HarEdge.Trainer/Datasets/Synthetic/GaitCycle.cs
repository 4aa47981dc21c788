using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Datasets.Synthetic;

/// <summary>
/// The periodic movement of a gait: harmonics of the step and stride, a heel strike each step, rotation with the stride; pace and
/// strength wander within a bout and differ between bouts.
/// </summary>
internal sealed class GaitCycle
{
    /// <summary>Place and half width of the heel strike within a step.</summary>
    private const double StrikeAt = 0.12;

    private const double StrikeHalfWidth = 0.1;

    private readonly GaitStyle _style;
    private readonly Clock _clock;
    private readonly double _boutGain;

    public GaitCycle(RandomSource random, GaitStyle style)
        : this(random, style, new Clock(random, style.StepHz * random.Normal(1, 0.03)))
    {
    }

    /// <summary>Another style in step with a cycle under way.</summary>
    public GaitCycle(RandomSource random, GaitStyle style, GaitCycle leader)
        : this(random, style, leader._clock)
    {
    }

    private GaitCycle(RandomSource random, GaitStyle style, Clock clock)
    {
        _style = style;
        _clock = clock;
        _boutGain = random.Normal(1, 0.08);
    }

    public void Advance(double seconds) => _clock.Advance(seconds);

    /// <summary>Acceleration up, left and forward, g.</summary>
    public Vector AccelG()
    {
        double stride = _clock.StrideTurns;
        double step = 2 * stride;
        double[] phase = _style.PhaseTurns;
        double up = 0;
        double forward = 0;
        for (int harmonic = 0; harmonic < 3; harmonic++)
        {
            up += _style.VerticalG[harmonic] * Sine.OfTurns((harmonic + 1) * step + phase[harmonic]);
            forward += _style.ForwardG[harmonic] * Sine.OfTurns((harmonic + 1) * step + phase[harmonic + 3]);
        }

        double left = _style.LateralG[0] * Sine.OfTurns(stride + phase[6]) + _style.LateralG[1] * Sine.OfTurns(3 * stride + phase[7]);
        double stepShare = step - Math.Floor(step);
        double strike = _style.ImpactG * Shape.Bump((stepShare - StrikeAt) / StrikeHalfWidth);
        double side = 1 + _style.Asymmetry * Sine.OfTurns(stride);
        double gain = _boutGain * _clock.Strength * side;
        return gain * new Vector(up + strike, left + 0.15 * strike * Sine.OfTurns(stride), forward - 0.35 * strike);
    }

    /// <summary>Rotation about left, forward and up, degrees.</summary>
    public Vector SwayDeg()
    {
        double stride = _clock.StrideTurns;
        double[] phase = _style.TwistPhaseTurns;
        return _clock.Strength * new Vector(
            _style.TwistDeg.Y * Sine.OfTurns(stride + phase[1]) + 0.4 * _style.TwistDeg.Y * Sine.OfTurns(2 * stride + phase[0]),
            _style.TwistDeg.Z * Sine.OfTurns(stride + phase[2]),
            _style.TwistDeg.X * Sine.OfTurns(stride + phase[0]));
    }

    /// <summary>The common pace and strength of cycles in step.</summary>
    private sealed class Clock(RandomSource random, double stepHz)
    {
        private readonly SmoothNoise _pace = new(random, 0.1, 0.6);
        private readonly SmoothNoise _strength = new(random, 0.2, 1);
        private double _seconds;

        public double StrideTurns { get; private set; } = random.Uniform();

        public double Strength { get; private set; } = 1;

        public void Advance(double seconds)
        {
            _seconds += seconds;
            StrideTurns += seconds * 0.5 * stepHz * (1 + 0.03 * _pace.At(_seconds));
            Strength = 1 + 0.08 * _strength.At(_seconds);
        }
    }
}
