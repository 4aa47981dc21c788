using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Portability.NanoClr;
using HarEdge.Trainer.Tests.CodeGeneration;
using HarEdge.Trainer.Tests.Cost;
using HarEdge.Trainer.Tests.FixedPoint;

namespace HarEdge.Trainer.Tests.Portability.NanoClr;

/// <summary>nanoFramework's own interpreter, where it is installed.</summary>
public class RealInterpreterTests
{
    [Fact]
    public void The_committed_model_computes_the_same_on_the_interpreter() =>
        AssertSame(ModelFile.Read(Path.Combine(Golden.Repository(), "firmware", "Core", "Generated", "model.json")), 40);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Models_of_other_shapes_compute_the_same_on_the_interpreter(int seed) => AssertSame(RandomModel.Create(seed), 12);

    private static void AssertSame(FixedPointModel model, int windows)
    {
        NanoClrTools tools;
        try
        {
            tools = NanoClrTools.Find(Environment.GetEnvironmentVariable);
        }
        catch (InputException missing)
        {
            Assert.Skip(missing.Message);
            return;
        }

        var report = new NanoClrVerification(model, tools)
            .Run(NoiseData.Make(40).Recordings, windows, null, TestContext.Current.CancellationToken);
        Assert.True(report.Mismatches == 0, report.FirstMismatch);
        Assert.True(report.Windows > windows);
    }
}
