using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HarEdge.Trainer.Tests.Portability;

/// <summary>Compiles offenders in namespace HarEdge.Core or HarEdge.Firmware, in any language version, unsafe code allowed.</summary>
internal static class PlantedCode
{
    public static byte[] Compile(string types, string ns = "HarEdge.Core")
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true);
        var tree = CSharpSyntaxTree.ParseText($"namespace {ns} {{ {types} }}");
        var compilation = CSharpCompilation.Create("Planted", [tree], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)], options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return image.ToArray();
    }
}
