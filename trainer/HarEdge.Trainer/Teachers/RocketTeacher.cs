using System.Numerics.Tensors;
using HarEdge.Core;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Learning;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Teachers;

/// <summary>
/// A teacher for raw windows: random convolutions, of each the share of samples above a bias, and a linear discriminant on top
/// (after MiniRocket). It knows nothing of the features, hence errs elsewhere than they do.
/// </summary>
internal sealed class RocketTeacher : Teacher
{
    private const double Shrinkage = 0.1;

    /// <inheritdoc/>
    public override string Name => "random convolutions";

    /// <inheritdoc/>
    protected override TrainedTeacher Learn(WindowTable table, int seed, CancellationToken cancellation)
    {
        var features = new ConvolutionFeatures(table, seed);
        cancellation.ThrowIfCancellationRequested();
        return new EmbeddedDiscriminant(features, table, Shrinkage);
    }
}

/// <summary>
/// Random convolutions and all features side by side under one linear discriminant: the shapes a window holds, and its statistics. Either alone errs elsewhere.
/// </summary>
/// <param name="transforms">One for each feature.</param>
/// <param name="shrinkage">See <see cref="LinearDiscriminant.Fit"/>.</param>
internal sealed class FusedTeacher(IReadOnlyList<InputTransform> transforms, double shrinkage = FusedTeacher.Usual) : Teacher
{
    /// <summary>Shrinkage that did best in cross-validation over HAPT's training people.</summary>
    internal const double Usual = 0.3;

    /// <inheritdoc/>
    public override string Name => "convolutions with statistics";

    /// <inheritdoc/>
    protected override TrainedTeacher Learn(WindowTable table, int seed, CancellationToken cancellation)
    {
        var convolutions = new ConvolutionFeatures(table, seed);
        cancellation.ThrowIfCancellationRequested();
        return new EmbeddedDiscriminant(new Fused(convolutions, transforms), table, shrinkage);
    }

    private sealed class Fused(ConvolutionFeatures convolutions, IReadOnlyList<InputTransform> transforms) : IEmbedding
    {
        public float[][] Columns(WindowTable table) => [.. convolutions.Columns(table), .. FeatureTeacher.ColumnsOf(table, transforms)];
    }
}

/// <summary>
/// Shares of samples at which a convolution exceeds a bias: every placement of a kernel at every dilation, each over one random
/// signal, biases at quantiles of its output on training windows. Kernels do not see a constant, yet gravity tells postures
/// apart: each channel's mean and the shares of its samples above levels of the training windows are added.
/// </summary>
internal sealed class ConvolutionFeatures : IEmbedding
{
    private const int SignalSums = 24;
    private const int MostBiases = 4;
    private const int WindowsPerBias = 400;
    private const int BiasWindows = 8;
    private const int Levels = 16;
    private const int LevelWindows = 500;

    // Multiples of the golden ratio, taken modulo 1, spread evenly however many there are.
    private const double GoldenRatio = 0.6180339887498949;

    private readonly WindowSignals signals;
    private readonly int biasesPerKernel;
    private readonly (ConvolutionKernel Kernel, float[] Biases)[] kernels;
    private readonly float[][] levels;

    /// <summary>Draws kernels and measures biases and levels.</summary>
    /// <param name="table">Windows of training people with their counts.</param>
    /// <param name="seed">Seed of every draw.</param>
    internal ConvolutionFeatures(WindowTable table, int seed)
    {
        var random = new Random(seed);
        signals = new WindowSignals(table, SignalSums, random);
        biasesPerKernel = Math.Clamp(table.Rows / WindowsPerBias, 1, MostBiases);
        var quantile = 0.0;
        kernels =
        [
            .. Dilations(table.WindowSamples).SelectMany(dilation => ConvolutionKernel.Placements().Select(at =>
            {
                var kernel = new ConvolutionKernel(at.First, at.Second, at.Third, dilation, random.Next(signals.Count));
                var outputs = SortedOutputs(table, kernel, random);
                var biases = new float[biasesPerKernel];
                for (var i = 0; i < biases.Length; i++)
                {
                    quantile = (quantile + GoldenRatio) % 1;
                    biases[i] = outputs[(int)(quantile * outputs.Length)];
                }

                return (kernel, biases);
            })),
        ];
        levels = LevelsOf(table, random);
    }

    private int Count => (kernels.Length * biasesPerKernel) + (SensorScale.ChannelCount * (Levels + 1));

    /// <inheritdoc/>
    public float[][] Columns(WindowTable table)
    {
        var columns = Enumerable.Range(0, Count).Select(_ => new float[table.Rows]).ToArray();
        Parallel.For(0, table.Rows, row =>
        {
            var window = signals.Of(table, row);
            AddConvolutions(columns, row, window);
            AddLevels(columns, row, window);
        });
        return columns;
    }

    // 1, 2, 4, 8, … as long as a quarter of the window is left of the output.
    private static IEnumerable<int> Dilations(int windowSamples)
    {
        for (var dilation = 1; ConvolutionKernel.OutputLength(windowSamples, dilation) >= windowSamples / 4; dilation *= 2)
        {
            yield return dilation;
        }
    }

    private float[] SortedOutputs(WindowTable table, ConvolutionKernel kernel, Random random)
    {
        var length = ConvolutionKernel.OutputLength(signals.WindowSamples, kernel.Dilation);
        var outputs = new float[BiasWindows * length];
        for (var i = 0; i < BiasWindows; i++)
        {
            var signal = signals.Of(table, random.Next(table.Rows))[kernel.Signal];
            kernel.ConvolveInto(signal, ConvolutionKernel.NineSums(signal, kernel.Dilation), outputs.AsSpan(i * length, length));
        }

        Array.Sort(outputs);
        return outputs;
    }

    private float[][] LevelsOf(WindowTable table, Random random)
    {
        var means = Enumerable.Range(0, SensorScale.ChannelCount).Select(_ => new float[LevelWindows]).ToArray();
        for (var i = 0; i < LevelWindows; i++)
        {
            var window = signals.Of(table, random.Next(table.Rows));
            for (var channel = 0; channel < means.Length; channel++)
            {
                means[channel][i] = window[channel].Average();
            }
        }

        foreach (var channel in means)
        {
            Array.Sort(channel);
        }

        return [.. means.Select(channel => Enumerable.Range(1, Levels).Select(i => channel[i * LevelWindows / (Levels + 1)]).ToArray())];
    }

    private void AddConvolutions(float[][] columns, int row, float[][] window)
    {
        Span<float> buffer = stackalloc float[signals.WindowSamples];
        var nineSums = new float[]?[window.Length];
        var dilation = 0;
        var column = 0;
        foreach (var (kernel, biases) in kernels)
        {
            if (kernel.Dilation != dilation)
            {
                Array.Clear(nineSums);
                dilation = kernel.Dilation;
            }

            var signal = window[kernel.Signal];
            var sums = nineSums[kernel.Signal] ??= ConvolutionKernel.NineSums(signal, dilation);
            var output = buffer[..sums.Length];
            kernel.ConvolveInto(signal, sums, output);
            foreach (var bias in biases)
            {
                columns[column++][row] = ShareAbove(output, bias);
            }
        }
    }

    private void AddLevels(float[][] columns, int row, float[][] window)
    {
        var column = kernels.Length * biasesPerKernel;
        for (var channel = 0; channel < levels.Length; channel++)
        {
            columns[column++][row] = window[channel].Average();
            foreach (var level in levels[channel])
            {
                columns[column++][row] = ShareAbove(window[channel], level);
            }
        }
    }

    private static float ShareAbove(ReadOnlySpan<float> values, float limit)
    {
        var above = 0;
        foreach (var value in values)
        {
            above += value > limit ? 1 : 0;
        }

        return (float)above / values.Length;
    }
}

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
