using HarEdge.Core;
using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Datasets.Synthetic;

/// <summary>Acts out bouts of rest, transitions and gait on a track; each bout draws its own variation.</summary>
internal sealed class Performance(Person person, RandomSource random, MotionTrack track)
{
    /// <summary>Seconds over which a bout's own movement fades in and out, so that bouts join without a jerk.</summary>
    private const double FadeSeconds = 0.5;

    private const double LeadSeconds = 1.2;

    private Posture posture = person.Standing;

    /// <summary>Stays in a posture: breathing, sway, now and then a small movement, slow sinking.</summary>
    public void Rest(double swayShare, double breathingShare, double seconds, short label)
    {
        var start = posture;
        var end = Posture.Draw(random, start, 1.2, 0.8);
        SmoothNoise[] sway = [new(random, 0.15, 1.1), new(random, 0.15, 1.1), new(random, 0.1, 0.7)];
        var swayDeg = person.Profile.SwayDeg * person.Liveliness * swayShare * random.Uniform(0.7, 1.4);
        var breathDeg = person.Profile.BreathingDeg * breathingShare * random.Uniform(0.7, 1.3);
        var breathPhase = random.Uniform();
        var fidgetAt = random.Uniform(-0.6, 1.4) * seconds;
        var fidgetSeconds = random.Uniform(0.5, 1.3);
        var fidgetDeg = person.Profile.FidgetDeg * person.Liveliness * random.Normal(0, 1);
        ForEachSample(seconds, time =>
        {
            var fade = Shape.Envelope(time, seconds, FadeSeconds);
            var breath = breathDeg * Sine.OfTurns(person.BreathingHz * time + breathPhase);
            var fidget = fidgetDeg * Shape.Bump((time - fidgetAt) / fidgetSeconds);
            var swaying = new Vector(
                fade * (swayDeg * sway[0].At(time) + breath + fidget),
                fade * (swayDeg * 0.7 * sway[1].At(time) + 0.5 * fidget),
                fade * (swayDeg * sway[2].At(time) - 0.7 * fidget));
            var accel = (fade * 0.002 * swayShare) * new Vector(sway[1].At(time), sway[0].At(time), sway[2].At(time));
            track.Add(start.Toward(end, Shape.Step(time / seconds)), swaying, accel, 0, label);
        });
        posture = end;
    }

    /// <summary>Changes posture by way of a forward bend, with the jolts of getting up or letting oneself down.</summary>
    public void Change(Posture target, double bendDeg, double seconds, short label)
    {
        var start = posture;
        var end = Posture.Draw(random, target, 1.5, 1.5);
        SmoothNoise[] jolt = [new(random, 0.5, 2.5), new(random, 0.5, 2.5), new(random, 0.5, 2.5)];
        var joltG = random.Uniform(0.04, 0.11);
        var bend = bendDeg * random.Uniform(0.7, 1.3);
        var turnDeg = random.Normal(0, 25);
        ForEachSample(seconds, time =>
        {
            var share = time / seconds;
            var middle = Shape.Bump(2 * share - 1);
            var sway = new Vector(-bend * middle, 0.2 * bend * middle * jolt[1].At(time), 0.3 * bend * middle * jolt[2].At(time));
            var accel = (joltG * middle) * new Vector(jolt[0].At(time), jolt[1].At(time), jolt[2].At(time));
            track.Add(start.Toward(end, Shape.Step(share)), sway, accel, turnDeg * middle / seconds, label);
        });
        posture = end;
    }

    /// <summary>Walks: an unlabelled start and end around the labelled seconds; on stairs a landing now and then, walked on the level.</summary>
    public void Walk(GaitStyle style, bool isStairs, double seconds, short label)
    {
        var start = posture;
        var walking = Posture.Draw(random, style.Posture, 1.2, 0.8);
        var end = Posture.Draw(random, person.Standing, 1, 1);
        var gait = new GaitCycle(random, style);
        var level = new GaitCycle(random, person.Level, gait);
        var total = seconds + 2 * LeadSeconds;
        var nextTurn = LeadSeconds + random.Uniform(isStairs ? 3 : 5, isStairs ? 8 : 14);
        var turnSeconds = random.Uniform(1.2, 2);
        var turnDeg = Turn(isStairs);
        ForEachSample(total, time =>
        {
            if (time > nextTurn + turnSeconds)
            {
                nextTurn = time + random.Uniform(isStairs ? 5 : 7, isStairs ? 9 : 16);
                turnSeconds = random.Uniform(1.2, 2);
                turnDeg = Turn(isStairs);
            }

            var turning = Shape.Bump(2 * (time - nextTurn) / turnSeconds - 1);
            var landing = isStairs ? Shape.Step(3 * turning) : 0;
            var fade = Shape.Envelope(time, total, LeadSeconds);
            gait.Advance(MotionTrack.SampleSeconds);
            var accel = fade * ((1 - landing) * gait.AccelG() + landing * level.AccelG());
            var sway = fade * gait.SwayDeg();
            var isLabeled = time >= LeadSeconds && time < total - LeadSeconds;
            var from = time < total / 2 ? start : end;
            track.Add(from.Toward(walking, fade), sway, accel, turnDeg * turning / turnSeconds, isLabeled ? label : RawSignal.Unlabeled);
        });
        posture = end;
    }

    private double Turn(bool isStairs) => (random.Uniform() < 0.5 ? -1 : 1) * random.Uniform(isStairs ? 120 : 60, 200);

    private static void ForEachSample(double seconds, Action<double> sample)
    {
        var samples = (int)(seconds / MotionTrack.SampleSeconds);
        for (var i = 0; i < samples; i++)
        {
            sample(i * MotionTrack.SampleSeconds);
        }
    }
}

/// <summary>What the body does, sample by sample: where the carrier points, how it is accelerated, how the person turns, and the class.</summary>
internal sealed class MotionTrack
{
    public const double SampleSeconds = 1.0 / SensorScale.SampleRateHz;

    private readonly List<Orientation> orientations = [];
    private readonly List<Vector> accelG = [];
    private readonly List<double> turnDps = [];
    private readonly List<short> labels = [];

    public int Count => labels.Count;

    /// <summary>Adds a sample: sway in degrees about left, forward and up on top of a posture; acceleration in g up, left, forward.</summary>
    public void Add(Posture posture, Vector swayDeg, Vector accelG, double turnDps, short label)
    {
        orientations.Add(Orientation.FromDegrees(posture.PitchDeg + swayDeg.X, posture.RollDeg + swayDeg.Y, swayDeg.Z));
        this.accelG.Add(accelG);
        this.turnDps.Add(turnDps);
        labels.Add(label);
    }

    public short LabelAt(int sample) => labels[sample];

    /// <summary>What an ideal accelerometer reads, g.</summary>
    public Vector AccelAt(int sample, Orientation mount) => (orientations[sample] * mount).ToSensor(accelG[sample] + Vector.Up);

    /// <summary>What an ideal gyroscope reads, °/s.</summary>
    public Vector GyroAt(int sample, Orientation mount)
    {
        var here = orientations[sample] * mount;
        var next = orientations[Math.Min(sample + 1, Count - 1)] * mount;
        return here.RateTo(next, SampleSeconds) + turnDps[sample] * here.ToSensor(Vector.Up);
    }
}

/// <summary>How the sensor's carrier (trunk or forearm) is held: pitch is positive leaning back, roll positive to the left; degrees.</summary>
internal readonly record struct Posture(double PitchDeg, double RollDeg)
{
    public static Posture Draw(RandomSource random, Posture mean, double pitchDeviation, double rollDeviation) => new(
        random.Normal(mean.PitchDeg, pitchDeviation),
        random.Normal(mean.RollDeg, rollDeviation));

    /// <summary>On the way to another posture, share 0..1.</summary>
    public Posture Toward(Posture other, double share) => new(
        PitchDeg + share * (other.PitchDeg - PitchDeg),
        RollDeg + share * (other.RollDeg - RollDeg));
}

/// <summary>A unit quaternion that turns the sensor's frame into the body's.</summary>
internal readonly record struct Orientation(double W, double X, double Y, double Z)
{
    /// <summary>Rotation by a pitch about y, then a roll about z, then a yaw about x, each in degrees, in the turned frame.</summary>
    public static Orientation FromDegrees(double pitch, double roll, double yaw) => About(0, 1, 0, pitch) * About(0, 0, 1, roll) * About(1, 0, 0, yaw);

    public static Orientation operator *(Orientation a, Orientation b) => new(
        a.W * b.W - a.X * b.X - a.Y * b.Y - a.Z * b.Z,
        a.W * b.X + a.X * b.W + a.Y * b.Z - a.Z * b.Y,
        a.W * b.Y - a.X * b.Z + a.Y * b.W + a.Z * b.X,
        a.W * b.Z + a.X * b.Y - a.Y * b.X + a.Z * b.W);

    /// <summary>A vector of the body's frame as the sensor sees it.</summary>
    public Vector ToSensor(Vector v)
    {
        var result = Inverse() * new Orientation(0, v.X, v.Y, v.Z) * this;
        return new Vector(result.X, result.Y, result.Z);
    }

    /// <summary>Mean rotation in °/s, in the sensor's frame, on the way to <paramref name="next"/>; the steps are small, so sin x ≈ x.</summary>
    public Vector RateTo(Orientation next, double seconds)
    {
        var step = Inverse() * next;
        var factor = (step.W < 0 ? -2 : 2) * 180 / Math.PI / seconds;
        return new Vector(factor * step.X, factor * step.Y, factor * step.Z);
    }

    private Orientation Inverse() => new(W, -X, -Y, -Z);

    private static Orientation About(double x, double y, double z, double degrees)
    {
        var halfTurns = degrees / 720;
        var sine = Sine.OfTurns(halfTurns);
        return new Orientation(Sine.CosineOfTurns(halfTurns), sine * x, sine * y, sine * z);
    }
}

/// <summary>Three components: up, left and forward in the body's frame, or x, y and z in the sensor's.</summary>
internal readonly record struct Vector(double X, double Y, double Z)
{
    public static readonly Vector Up = new(1, 0, 0);

    public static Vector operator +(Vector left, Vector right) => new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

    public static Vector operator *(double factor, Vector vector) => new(factor * vector.X, factor * vector.Y, factor * vector.Z);
}

/// <summary>
/// The course of one recording: standing, sitting and lying in an order that shows all six transitions, then level ground and stairs.
/// Label indices are those of HAPT's twelve activities.
/// </summary>
internal static class Protocol
{
    private const short Walking = 0;
    private const short Upstairs = 1;
    private const short Downstairs = 2;
    private const short Sitting = 3;
    private const short Standing = 4;
    private const short Laying = 5;
    private const short StandToSit = 6;
    private const short SitToStand = 7;
    private const short SitToLie = 8;
    private const short LieToSit = 9;
    private const short StandToLie = 10;
    private const short LieToStand = 11;

    /// <param name="person">Who acts.</param>
    /// <param name="random">Their random numbers.</param>
    /// <param name="secondsPerActivity">Labelled seconds of each basic activity, shared among its bouts.</param>
    public static MotionTrack Perform(Person person, RandomSource random, double secondsPerActivity)
    {
        var track = new MotionTrack();
        var performance = new Performance(person, random, track);
        double Bout(int bouts) => secondsPerActivity / bouts * random.Uniform(0.9, 1.1);

        void Stand() => performance.Rest(1, 0.5, Bout(3), Standing);
        void Sit() => performance.Rest(0.55, 0.8, Bout(2), Sitting);
        void Lie() => performance.Rest(0.35, 1.4, Bout(2), Laying);

        Stand();
        performance.Change(person.Sitting, 28, random.Uniform(1.8, 2.8), StandToSit);
        Sit();
        performance.Change(person.Standing, 30, random.Uniform(1.6, 2.6), SitToStand);
        Stand();
        performance.Change(person.Lying, 20, random.Uniform(2.8, 4.2), StandToLie);
        Lie();
        performance.Change(person.Sitting, 12, random.Uniform(2.2, 3.4), LieToSit);
        Sit();
        performance.Change(person.Lying, 10, random.Uniform(2.2, 3.4), SitToLie);
        Lie();
        performance.Change(person.Standing, 20, random.Uniform(2.8, 4.2), LieToStand);
        Stand();

        void Level() => performance.Walk(person.Level, false, Bout(2), Walking);
        void Up() => performance.Walk(person.Up, true, Bout(2), Upstairs);
        void Down() => performance.Walk(person.Down, true, Bout(2), Downstairs);

        Level();
        Down();
        Up();
        Level();
        Up();
        Down();
        return track;
    }
}
