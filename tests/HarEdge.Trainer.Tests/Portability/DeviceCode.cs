using HarEdge.Trainer.Portability;

namespace HarEdge.Trainer.Tests.Portability;

/// <summary>Core as the device compiles it, compiled once for all tests.</summary>
internal static class DeviceCode
{
    private static readonly Lazy<byte[]> Compiled = new(() => DeviceCompiler.CompileForDesktop());

    public static byte[] Image => Compiled.Value;
}
