using HarEdge.Trainer.Portability;

namespace HarEdge.Trainer.Tests.Portability;

/// <summary>Core as the device compiles it, compiled once for all tests.</summary>
internal static class CompiledCore
{
    private static readonly Lazy<byte[]> Compiled = new(() => DeviceCompiler.CompileForDesktop());
    private static readonly Lazy<byte[]> CompiledWithModel = new(() => DeviceCompiler.CompileForDesktop(DeviceSource.CommittedModel));

    /// <summary>Core alone.</summary>
    public static byte[] Image => Compiled.Value;

    /// <summary>Core, the model the firmware ships with and its known answers.</summary>
    public static byte[] ImageWithModel => CompiledWithModel.Value;
}
