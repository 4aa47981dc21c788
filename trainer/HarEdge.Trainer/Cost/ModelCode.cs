using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace HarEdge.Trainer.Cost;

/// <summary>Sizes read from compiled device code.</summary>
internal sealed record ModelCode(int IlBytes, int ModelIlBytes)
{
    private const string ModelNamespace = "HarEdge.Core.Generated";

    /// <summary>Reads an assembly that holds Core and a generated model.</summary>
    public static ModelCode Read(byte[] image)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image));
        List<MethodDefinition> all = [.. module.GetAllTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)];
        return new ModelCode(
            all.Sum(method => method.Body.CodeSize),
            all.Where(method => method.DeclaringType.Namespace == ModelNamespace).Sum(method => method.Body.CodeSize));
    }
}
