namespace HarEdge.Trainer.Datasets.Synthetic;

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
        double rest = Math.Max(0, 1 - u * u);
        return rest * rest;
    }

    /// <summary>Rises over the first and falls over the last <paramref name="edge"/> seconds of a stretch.</summary>
    public static double Envelope(double seconds, double length, double edge) => Step(seconds / edge) * Step((length - seconds) / edge);
}
