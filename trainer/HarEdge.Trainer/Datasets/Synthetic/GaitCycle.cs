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

    private readonly GaitStyle style;
    private readonly Clock clock;
    private readonly double boutGain;

    public GaitCycle(RandomSource random, GaitStyle style)
        : this(random, style, new Clock(random, style.StepHz * random.Normal(1, 0.03)))
    {
    }

    /// <summary>Another style in step with a cycle under way.</summary>
    public GaitCycle(RandomSource random, GaitStyle style, GaitCycle leader)
        : this(random, style, leader.clock)
    {
    }

    private GaitCycle(RandomSource random, GaitStyle style, Clock clock)
    {
        this.style = style;
        this.clock = clock;
        boutGain = random.Normal(1, 0.08);
    }

    public void Advance(double seconds) => clock.Advance(seconds);

    /// <summary>Acceleration up, left and forward, g.</summary>
    public Vector AccelG()
    {
        var stride = clock.StrideTurns;
        var step = 2 * stride;
        var phase = style.PhaseTurns;
        double up = 0;
        double forward = 0;
        for (var harmonic = 0; harmonic < 3; harmonic++)
        {
            up += style.VerticalG[harmonic] * Sine.OfTurns((harmonic + 1) * step + phase[harmonic]);
            forward += style.ForwardG[harmonic] * Sine.OfTurns((harmonic + 1) * step + phase[harmonic + 3]);
        }

        var left = style.LateralG[0] * Sine.OfTurns(stride + phase[6]) + style.LateralG[1] * Sine.OfTurns(3 * stride + phase[7]);
        var stepShare = step - Math.Floor(step);
        var strike = style.ImpactG * Shape.Bump((stepShare - StrikeAt) / StrikeHalfWidth);
        var side = 1 + style.Asymmetry * Sine.OfTurns(stride);
        var gain = boutGain * clock.Strength * side;
        return gain * new Vector(up + strike, left + 0.15 * strike * Sine.OfTurns(stride), forward - 0.35 * strike);
    }

    /// <summary>Rotation about left, forward and up, degrees.</summary>
    public Vector SwayDeg()
    {
        var stride = clock.StrideTurns;
        var phase = style.TwistPhaseTurns;
        return clock.Strength * new Vector(
            style.TwistDeg.Y * Sine.OfTurns(stride + phase[1]) + 0.4 * style.TwistDeg.Y * Sine.OfTurns(2 * stride + phase[0]),
            style.TwistDeg.Z * Sine.OfTurns(stride + phase[2]),
            style.TwistDeg.X * Sine.OfTurns(stride + phase[0]));
    }

    /// <summary>The common pace and strength of cycles in step.</summary>
    private sealed class Clock(RandomSource random, double stepHz)
    {
        private readonly SmoothNoise pace = new(random, 0.1, 0.6);
        private readonly SmoothNoise strength = new(random, 0.2, 1);
        private double seconds;

        public double StrideTurns { get; private set; } = random.Uniform();

        public double Strength { get; private set; } = 1;

        public void Advance(double seconds)
        {
            this.seconds += seconds;
            StrideTurns += seconds * 0.5 * stepHz * (1 + 0.03 * pace.At(this.seconds));
            Strength = 1 + 0.08 * strength.At(this.seconds);
        }
    }
}

/// <summary>What distinguishes level ground and stairs, as means over people at the waist.</summary>
internal sealed record GaitKind
{
    public required double StepHz { get; init; }

    public required double VerticalG { get; init; }

    public required double ForwardG { get; init; }

    public required double ImpactG { get; init; }

    /// <summary>Forward lean, negative pitch, degrees.</summary>
    public required double LeanDeg { get; init; }

    /// <summary>Share of the second and third harmonic of the vertical movement.</summary>
    public required double SecondHarmonic { get; init; }

    public required double ThirdHarmonic { get; init; }

    /// <summary>Turns by which the phases of the vertical harmonics are shifted against level walking.</summary>
    public required double PhaseShiftTurns { get; init; }

    public required double Asymmetry { get; init; }

    public static GaitKind Level { get; } = new()
    {
        StepHz = 1.85,
        VerticalG = 0.24,
        ForwardG = 0.15,
        ImpactG = 0.30,
        LeanDeg = -1,
        SecondHarmonic = 0.35,
        ThirdHarmonic = 0.15,
        PhaseShiftTurns = 0,
        Asymmetry = 0.06,
    };

    public static GaitKind Up { get; } = new()
    {
        StepHz = 1.58,
        VerticalG = 0.29,
        ForwardG = 0.12,
        ImpactG = 0.10,
        LeanDeg = -7,
        SecondHarmonic = 0.22,
        ThirdHarmonic = 0.08,
        PhaseShiftTurns = 0.12,
        Asymmetry = 0.12,
    };

    public static GaitKind Down { get; } = new()
    {
        StepHz = 1.95,
        VerticalG = 0.33,
        ForwardG = 0.14,
        ImpactG = 0.62,
        LeanDeg = 1.5,
        SecondHarmonic = 0.5,
        ThirdHarmonic = 0.3,
        PhaseShiftTurns = -0.08,
        Asymmetry = 0.14,
    };
}

/// <summary>One person's way of walking on one kind of ground. Amplitudes in g and degrees, frequencies in steps per second.</summary>
internal sealed record GaitStyle
{
    /// <summary>Steps per second; two steps make a stride.</summary>
    public required double StepHz { get; init; }

    /// <summary>Up and down at the step frequency and its second and third harmonic.</summary>
    public required double[] VerticalG { get; init; }

    /// <summary>Forward and back, the same harmonics.</summary>
    public required double[] ForwardG { get; init; }

    /// <summary>From side to side at the stride frequency and its third harmonic.</summary>
    public required double[] LateralG { get; init; }

    /// <summary>Phases of the eight harmonics above, in turns.</summary>
    public required double[] PhaseTurns { get; init; }

    /// <summary>Heel strike.</summary>
    public required double ImpactG { get; init; }

    /// <summary>Half the relative difference between left and right steps.</summary>
    public required double Asymmetry { get; init; }

    /// <summary>Rotation about the vertical, the side and the forward axis at the stride frequency.</summary>
    public required Vector TwistDeg { get; init; }

    /// <summary>Phases of the three rotations, in turns.</summary>
    public required double[] TwistPhaseTurns { get; init; }

    /// <summary>Mean posture while walking so.</summary>
    public required Posture Posture { get; init; }
}

/// <summary>Polynomial curves that start and end flat.</summary>
internal static class Shape
{
    /// <summary>0 up to 0, 1 from 1, 3u² − 2u³ between.</summary>
    public static double Step(double u)
    {
        u = Math.Clamp(u, 0, 1);
        return u * u * (3 - 2 * u);
    }

    /// <summary>1 at 0, falling to 0 at ±1 as (1 − u²)².</summary>
    public static double Bump(double u)
    {
        var rest = Math.Max(0, 1 - u * u);
        return rest * rest;
    }

    /// <summary>Rises over the first and falls over the last <paramref name="edge"/> seconds of a stretch.</summary>
    public static double Envelope(double seconds, double length, double edge) => Step(seconds / edge) * Step((length - seconds) / edge);
}
