using System.Reflection.Metadata;
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
/// Bytes of the .pe the runtime loads, from the assembly it is made of. Rows as in the runtime's own records (nanoframework/nf-interpreter, nanoCLR_Types.h,
/// CLR_RECORD_*, July 2026): the metadata processor, compiled from its public source, made 97,120 bytes of the firmware of 28 November 2026; this gives 1 % less or more.
/// </summary>
public sealed class PeSizeTests
{
    private const int Budget = 90 * 1024;

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
        File.WriteAllBytes(folder.At("Facade.dll"), DeviceCompiler.Compile([DeviceFacade.Source], [DeviceFacade.CoreLibrary], "Facade"));
        DeviceSource[] sources = [.. DeviceSource.CoreOnDevice, .. DeviceSource.CommittedModel, .. DeviceMembers.FirmwareSources];
        var image = DeviceCompiler.Compile(sources, [DeviceFacade.CoreLibrary, folder.At("Facade.dll")], "HarEdge.Firmware", OutputKind.ConsoleApplication);
        var bytes = Estimate(image);
        Assert.InRange(bytes, 60 * 1024, Budget);
    }

    private static int Estimate(byte[] image)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image));
        List<TypeDefinition> types = [.. module.GetAllTypes().Where(type => type.Name != "<Module>")];
        List<MethodDefinition> methods = [.. types.SelectMany(type => type.Methods)];
        List<FieldDefinition> fields = [.. types.SelectMany(type => type.Fields).Where(field => !field.HasConstant)];
        List<Mono.Cecil.Cil.MethodBody> bodies = [.. methods.Where(method => method.HasBody).Select(method => method.Body)];
        List<Instruction> code = [.. bodies.SelectMany(body => body.Instructions)];
        var tokens = code.Count(instruction => instruction.OpCode.OperandType is Mono.Cecil.Cil.OperandType.InlineField or Mono.Cecil.Cil.OperandType.InlineMethod
            or Mono.Cecil.Cil.OperandType.InlineString or Mono.Cecil.Cil.OperandType.InlineTok or Mono.Cecil.Cil.OperandType.InlineType);
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
            + file.GetMetadataReader().GetHeapSize(HeapIndex.Blob)
            + bodies.Sum(body => body.CodeSize + Handler * body.ExceptionHandlers.Count) - SavedByToken * tokens;
    }
}
