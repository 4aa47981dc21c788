using HarEdge.Core;
using HarEdge.Core.Kernels;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>Where gravity points, once in a method: the direction of the window's mean acceleration.</summary>
internal static class GravityCode
{
    private const int CosineScale = 64 * Tilt.CosineOne;

    /// <summary>Declares what features and vertical channels use.</summary>
    /// <param name="writer">Receives the code.</param>
    /// <param name="axes">0 to 2: those whose cosine is needed.</param>
    public static void WriteDirection(CodeWriter writer, IEnumerable<int> axes)
    {
        // Sums are at most 2^23: squares together below 2^48, times 2^12 below 2^60; as in Tilt.
        writer.Text("""
            long sumX = window.Sum(ChannelId.Ax);
            long sumY = window.Sum(ChannelId.Ay);
            long sumZ = window.Sum(ChannelId.Az);
            int length64 = FixedMath.Sqrt((sumX * sumX + sumY * sumY + sumZ * sumZ) << 12);
            """);
        foreach (var axis in axes)
        {
            writer.Line($"int {Cosine(axis)} = length64 == 0 ? 0 : FixedMath.Clamp((int)(sum{"XYZ"[axis]} * {CosineScale} / length64), -{Tilt.CosineOne}, {Tilt.CosineOne});");
        }
    }

    /// <summary>The local of an axis.</summary>
    public static string Cosine(int axis) => "cosine" + "XYZ"[axis];

    /// <summary>Axes whose cosines a feature needs.</summary>
    public static IEnumerable<int> Axes(Feature feature) => feature.Kernel == Tilt.DirectionCosine ? [feature.Channel - ChannelId.Ax] : [];

    /// <summary>Writes the line that sets a feature.</summary>
    public static void Write(CodeWriter writer, Feature feature, string target, string comment)
    {
        if (feature.Kernel == Tilt.DirectionCosine)
        {
            writer.Line($"{target} = {Cosine(feature.Channel - ChannelId.Ax)};{comment}");
            return;
        }

        // |a − u|² = 1 + u² − 2 a·u in Q24, as in Tilt.
        var (x, y, z) = (Component(ChannelId.Ax), Component(ChannelId.Ay), Component(ChannelId.Az));
        int Component(int axis) => Tilt.Component(feature.Parameter, axis);
        writer.Line($"long square = length64 == 0 ? {Tilt.CosineOne << 12} : {Tilt.CosineOne * Tilt.CosineOne + x * x + y * y + z * z} - (sumX * {x} + sumY * {y} + sumZ * {z}) * {2 * CosineScale} / length64;");
        writer.Line($"{target} = square < 0 ? 0 : (int)(square >> 12);{comment}");
    }
}
