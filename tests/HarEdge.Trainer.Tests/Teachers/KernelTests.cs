using HarEdge.Trainer.Teachers;

namespace HarEdge.Trainer.Tests.Teachers;

public sealed class KernelTests
{
    [Fact]
    public void There_are_84_kernels_and_each_differs()
    {
        var placements = ConvolutionKernel.Placements().ToList();
        Assert.Equal(84, placements.Distinct().Count());
    }

    [Fact]
    public void A_kernel_gives_nothing_for_a_constant_and_six_times_a_step_under_its_heavy_weights()
    {
        var kernel = new ConvolutionKernel(6, 7, 8, Dilation: 2, Signal: 0);
        Assert.All(Convolve(kernel, [.. Enumerable.Repeat(5f, 32)]), value => Assert.Equal(0f, value));

        // Samples 0 to 11 are 0, later ones 1: at the start the three weights of 2 lie on ones and the six of -1 on zeros.
        Assert.Equal(6f, Convolve(kernel, [.. Enumerable.Range(0, 32).Select(i => i < 12 ? 0f : 1f)])[0]);
    }

    private static float[] Convolve(ConvolutionKernel kernel, float[] signal)
    {
        var output = new float[ConvolutionKernel.OutputLength(signal.Length, kernel.Dilation)];
        kernel.ConvolveInto(signal, ConvolutionKernel.NineSums(signal, kernel.Dilation), output);
        return output;
    }
}
