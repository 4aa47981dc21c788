using HarEdge.Trainer.Datasets.Signals;

namespace HarEdge.Trainer.Datasets.Synthetic;

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
