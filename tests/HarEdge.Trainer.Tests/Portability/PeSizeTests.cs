using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;
using HarEdge.Trainer.Portability;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace HarEdge.Trainer.Tests.Portability;

/// <summary>
/// Bytes of the .pe the runtime loads, estimated from the assembly it is made of. Rows as in the runtime's own records (nanoframework/nf-interpreter, nanoCLR_Types.h,
/// CLR_RECORD_*, July 2026). The metadata processor, compiled from its public source of June 2025, made 90,452 bytes of this firmware on 28 November 2026, where this
/// gives 93,467: its signatures are smaller than the desktop's, and of some fields it keeps no name.
/// </summary>
public sealed class PeSizeTests
{
    // What the metadata processor makes; the estimate is 3 % above it.
    private const double Budget = 90 * 1024;
    private const double EstimateAbove = 1.033;

    // CLR_RECORD_ASSEMBLY: marker, checksums, version, starts of sixteen tables and their paddings.
    private const int Header = 124;
    private const int AssemblyReference = 12;
    private const int TypeReference = 8;
    private const int MemberReference = 8;
    private const int TypeDefinition = 24;
    private const int FieldDefinition = 8;
    private const int MethodDefinition = 16;

    // Operands that name something take two bytes instead of four.
    private const int SavedByToken = 2;
    private const int Handler = 12;

    [Fact]
    public void The_firmware_with_the_committed_model_keeps_to_its_budget()
    {
        using var folder = new Datasets.TempFolder();
        var facade = Path.Combine(folder.Path, "Facade.dll");
        File.WriteAllBytes(facade, DeviceCompiler.Compile([DeviceFacade.Source], [DeviceFacade.CoreLibrary], "Facade"));
        DeviceSource[] sources = [.. DeviceSource.CoreOnDevice, .. DeviceSource.CommittedModel, .. DeviceMembers.FirmwareSources];
        var image = DeviceCompiler.Compile(sources, [DeviceFacade.CoreLibrary, facade], "HarEdge.Firmware", OutputKind.ConsoleApplication);
        Assert.InRange(Estimate(image) / EstimateAbove, 0.6 * Budget, Budget);
    }

    private static int Estimate(byte[] image)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image));
        List<TypeDefinition> types = [.. module.GetAllTypes().Where(type => type.Name != "<Module>")];
        List<MethodDefinition> methods = [.. types.SelectMany(type => type.Methods)];
        List<FieldDefinition> fields = [.. types.SelectMany(type => type.Fields).Where(field => !field.HasConstant)];
        List<MethodBody> bodies = [.. methods.Where(method => method.HasBody).Select(method => method.Body)];
        List<Instruction> code = [.. bodies.SelectMany(body => body.Instructions)];
        var tokens = code.Count(instruction => instruction.OpCode.OperandType is OperandType.InlineField or OperandType.InlineMethod
            or OperandType.InlineString or OperandType.InlineTok or OperandType.InlineType);
        var texts = types.SelectMany(type => new[] { type.Name, type.Namespace })
            .Concat(methods.Select(method => method.Name))
            .Concat(fields.Select(field => field.Name))
            .Concat(module.GetTypeReferences().SelectMany(type => new[] { type.Name, type.Namespace }))
            .Concat(module.GetMemberReferences().Select(member => member.Name))
            .Concat(code.Where(instruction => instruction.OpCode.Code == Code.Ldstr).Select(instruction => (string)instruction.Operand))
            .Distinct();
        using var file = new PEReader(new MemoryStream(image));
        return Header
            + AssemblyReference * module.AssemblyReferences.Count
            + TypeReference * module.GetTypeReferences().Count()
            + MemberReference * module.GetMemberReferences().Count()
            + TypeDefinition * types.Count + FieldDefinition * fields.Count + MethodDefinition * methods.Count
            + texts.Sum(text => Encoding.UTF8.GetByteCount(text) + 1)
            + System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(file).GetHeapSize(HeapIndex.Blob)
            + bodies.Sum(body => body.CodeSize + Handler * body.ExceptionHandlers.Count) - SavedByToken * tokens;
    }
}
