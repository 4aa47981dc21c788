using System.Reflection;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.Portability;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HarEdge.Trainer.Tests.Portability;

/// <summary>The device's own mscorlib compiles what the device runs, and has every member that Core, firmware and the twin's stand-ins claim.</summary>
public class DeviceMembersTests
{
    private static readonly CSharpCompilation Device = CSharpCompilation.Create(
        "Device",
        [CSharpSyntaxTree.ParseText(DeviceFacade.Source.Text, new CSharpParseOptions(LanguageVersion.CSharp9), cancellationToken: TestContext.Current.CancellationToken)],
        [MetadataReference.CreateFromFile(DeviceFacade.CoreLibrary)],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    [Fact]
    public void Core_the_committed_model_and_its_known_answers_compile_against_the_devices_mscorlib_alone() =>
        Assert.NotEmpty(DeviceCompiler.Compile([.. DeviceSource.Core, .. DeviceSource.CommittedModel], [DeviceFacade.CoreLibrary], "HarEdge.Device"));

    [Fact]
    public void The_firmware_compiles_against_the_devices_mscorlib_and_the_members_its_other_libraries_have()
    {
        DeviceSource[] sources = [.. DeviceSource.Core, .. DeviceSource.CommittedModel, .. DeviceMembers.FirmwareSources, DeviceFacade.Source];
        var image = DeviceCompiler.Compile(sources, [DeviceFacade.CoreLibrary], "HarEdge.Firmware", OutputKind.ConsoleApplication);
        Assert.Contains(DeviceCode.Read(image).Types, type => type.FullName == "HarEdge.Firmware.DeviceLoop");
    }

    [Fact]
    public void The_bring_up_program_compiles_against_the_devices_mscorlib_and_the_members_the_stock_class_has()
    {
        var image = DeviceCompiler.Compile([.. DeviceMembers.BringUpSources, DeviceFacade.Source], [DeviceFacade.CoreLibrary], "HarEdge.BringUp", OutputKind.ConsoleApplication);
        using var module = Mono.Cecil.ModuleDefinition.ReadModule(new MemoryStream(image));
        Assert.Equal("HarEdge.BringUp.Program", module.EntryPoint.DeclaringType.FullName);
        Assert.DoesNotContain(module.GetTypeReferences(), type => type.FullName == "HarEdge.Core.Pipeline");
    }

    [Theory]
    [InlineData("warning", "public static class P { public static int F(int a) { int unused; return a; } }")]
    [InlineData("member the device lacks", "public static class P { public static int F(int a) { return System.Math.Clamp(a, 0, 9); } }")]
    [InlineData("newer language", "public static class P { public static int F(int[] a) { return a is [1, ..] ? 1 : 0; } }")]
    public void What_the_devices_compiler_refuses_is_refused(string what, string code) =>
        Assert.True(Record.Exception(() => DeviceCompiler.Compile([new DeviceSource(what, code)], [DeviceFacade.CoreLibrary], "P")) is InputException);

    [Fact]
    public void The_list_holds_what_is_used_and_nothing_else()
    {
        var used = ExternalMembers.Of(DeviceCode.Read(CompiledCore.ImageWithModel))
            .Union(ExternalMembers.Of(DeviceCode.Read(File.ReadAllBytes(typeof(SimulatedDevice).Assembly.Location))))
            .Order(StringComparer.Ordinal);
        Assert.Equal(used, DeviceMembers.Listed);
    }

    [Fact]
    public void The_device_has_every_listed_member() => Assert.Empty(DeviceMembers.Listed.Except(CoreLibraryIds()).Except(FacadeIds()));

    [Fact]
    public void A_stand_in_for_a_type_of_mscorlib_offers_only_what_the_real_one_has()
    {
        var claims = DeviceFacade.StandIns.Select(pair => (pair.StandIn, Real: Device.GetTypeByMetadataName(pair.DeviceType)!)).Where(pair => !pair.Real.Locations[0].IsInSource)
            .SelectMany(pair => pair.StandIn.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly), (pair, member) => (pair.Real, member.Name)).ToList();
        Assert.True(claims.Count >= 5);
        Assert.All(claims, claim => Assert.NotEmpty(claim.Real.GetMembers(claim.Name)));
    }

    [Fact]
    public void Every_member_of_the_other_stand_ins_is_in_the_api_lists()
    {
        Assert.InRange(DeviceFacade.StandIns.Count, 18, 60);
        var api = DeviceMembers.ApiLists().Values.SelectMany(ids => ids).ToHashSet();
        Assert.DoesNotContain(FacadeIds(), id => !api.Contains(id) && !id.Contains(":System.Numerics.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_api_list_of_mscorlib_is_what_the_assembly_has()
    {
        var api = DeviceMembers.ApiLists()["mscorlib"];
        Assert.Empty(api.Except(CoreLibraryIds()));
    }

    private static IEnumerable<string> FacadeIds() => Ids(Device.Assembly);

    private static IEnumerable<string> CoreLibraryIds() => Ids(Device.SourceModule.ReferencedAssemblySymbols.Single());

    // Accessors and a struct's own constructor have no line of their own.
    private static IEnumerable<string> Ids(IAssemblySymbol assembly)
    {
        var types = assembly.GlobalNamespace.GetNamespaceMembers().SelectMany(All).Where(IsPublic).ToList();
        var members = types.SelectMany(type => type.GetMembers()).Where(member => IsPublic(member) && member is not INamedTypeSymbol and not IMethodSymbol { AssociatedSymbol: not null }
            && (!member.IsImplicitlyDeclared || (member.ContainingType.TypeKind == TypeKind.Delegate && member.Name == WellKnownMemberNames.InstanceConstructorName)));
        return types.Concat(members).Select(symbol => symbol.GetDocumentationCommentId()!);
    }

    private static bool IsPublic(ISymbol symbol) => symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    private static IEnumerable<INamedTypeSymbol> All(INamespaceOrTypeSymbol of) =>
        of.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(All).Concat(of is INamedTypeSymbol type ? [type] : []);
}
