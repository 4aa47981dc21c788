using System.Numerics.Tensors;

namespace HarEdge.Trainer.Teachers.Rocket;

/// <summary>
/// Nine weights a dilation apart, six of −1 and three of 2: they sum to zero, so that a constant signal gives nothing
/// (Dempster, Schmidt and Webb, MiniRocket, 2021).
/// </summary>
/// <param name="First">Position 0 to 8 of the first weight of 2.</param>
/// <param name="Second">Position of the second.</param>
/// <param name="Third">Position of the third.</param>
/// <param name="Dilation">Samples from one weight to the next.</param>
/// <param name="Signal">Signal it is laid over.</param>
internal readonly record struct ConvolutionKernel(int First, int Second, int Third, int Dilation, int Signal)
{
    /// <summary>Weights of a kernel.</summary>
    internal const int Length = 9;

    /// <summary>Samples of the output over a window: no padding.</summary>
    internal static int OutputLength(int windowSamples, int dilation) => windowSamples - ((Length - 1) * dilation);

    /// <summary>The part all kernels of a dilation and signal share: the sum of the nine samples.</summary>
    internal static float[] NineSums(ReadOnlySpan<float> signal, int dilation)
    {
        var sums = new float[OutputLength(signal.Length, dilation)];
        for (var i = 0; i < Length; i++)
        {
            TensorPrimitives.Add(sums, signal.Slice(i * dilation, sums.Length), sums);
        }

        return sums;
    }

    /// <summary>Three times the samples at the weights of 2, less all nine, into a buffer of <see cref="OutputLength"/>.</summary>
    internal void ConvolveInto(ReadOnlySpan<float> signal, ReadOnlySpan<float> nineSums, Span<float> output)
    {
        TensorPrimitives.Add(signal.Slice(First * Dilation, output.Length), signal.Slice(Second * Dilation, output.Length), output);
        TensorPrimitives.Add(output, signal.Slice(Third * Dilation, output.Length), output);
        TensorPrimitives.Multiply(output, 3f, output);
        TensorPrimitives.Subtract(output, nineSums, output);
    }

    /// <summary>The 84 ways to place three weights among nine.</summary>
    internal static IEnumerable<(int First, int Second, int Third)> Placements()
    {
        for (var first = 0; first < Length; first++)
        {
            for (var second = first + 1; second < Length; second++)
            {
                for (var third = second + 1; third < Length; third++)
                {
                    yield return (first, second, third);
                }
            }
        }
    }
}
