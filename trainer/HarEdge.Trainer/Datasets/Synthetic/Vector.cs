namespace HarEdge.Trainer.Datasets.Synthetic;

/// <summary>Three components: up, left and forward in the body's frame, or x, y and z in the sensor's.</summary>
internal readonly record struct Vector(double X, double Y, double Z)
{
    public static readonly Vector Up = new(1, 0, 0);

    public static Vector operator +(Vector left, Vector right) => new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

    public static Vector operator *(double factor, Vector vector) => new(factor * vector.X, factor * vector.Y, factor * vector.Z);
}
