using HarEdge.Trainer.Datasets;

namespace HarEdge.Trainer.Evaluation.Robustness;

/// <summary>The sensor worn at an angle: both vectors turned about one of its axes.</summary>
internal static class Rotation
{
    private static readonly string[] AxisNames = ["x", "y", "z"];

    /// <summary>A turn about an axis.</summary>
    /// <param name="axis">0 to 2.</param>
    /// <param name="degrees">Angle, right-handed.</param>
    public static Disturbance About(int axis, double degrees) => new(
        "worn rotated",
        $"{degrees}° about {AxisNames[axis]}",
        (recording, _, _) => Turned(recording, axis, degrees * Math.PI / 180));

    private static Recording Turned(Recording recording, int axis, double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        var channels = recording.Channels.Select(channel => (short[])channel.Clone()).ToArray();
        foreach (var first in new[] { 0, 3 })
        {
            var u = recording.Channels[first + ((axis + 1) % 3)];
            var v = recording.Channels[first + ((axis + 2) % 3)];
            for (var i = 0; i < u.Length; i++)
            {
                channels[first + ((axis + 1) % 3)][i] = Counts.Of((cos * u[i]) - (sin * v[i]));
                channels[first + ((axis + 2) % 3)][i] = Counts.Of((sin * u[i]) + (cos * v[i]));
            }
        }

        return recording with { Channels = channels };
    }
}
