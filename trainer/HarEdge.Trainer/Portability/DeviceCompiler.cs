using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace HarEdge.Trainer.Portability;

/// <summary>
/// Compiles device source the way the firmware project does: C# 9, optimized, without overflow checks, warnings as errors, Core and model
/// in one assembly. The desktop's own build differs only in its overflow checks, which take one instruction for another.
/// </summary>
internal static class DeviceCompiler
{
    /// <summary>Name of the compiled assembly.</summary>
    public const string AssemblyName = "HarEdge.Device";

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp9, DocumentationMode.None);

    /// <summary>Core and the given sources against the desktop's base library; the bytes of the assembly.</summary>
    /// <param name="sources">Files beyond Core, for example a generated model.</param>
    /// <exception cref="InputException">They do not compile.</exception>
    public static byte[] CompileForDesktop(params IEnumerable<DeviceSource> sources) =>
        Compile([.. DeviceSource.Core, .. sources], [typeof(object).Assembly.Location], AssemblyName);

    /// <summary>What the device has of Core, and a model, against the desktop's base library.</summary>
    /// <param name="model">The generated model.</param>
    public static byte[] CompileAsShipped(DeviceSource model) =>
        Compile([.. DeviceSource.CoreOnDevice, model], [typeof(object).Assembly.Location], AssemblyName);

    /// <summary>Exactly the given sources against exactly the given reference assemblies; the bytes of the assembly.</summary>
    /// <exception cref="InputException">They do not compile.</exception>
    /// <param name="sources">Every file.</param>
    /// <param name="referencePaths">Every assembly they may use.</param>
    /// <param name="assemblyName">Name of the result.</param>
    /// <param name="kind">A library, or a program with a Main.</param>
    public static byte[] Compile(
        IReadOnlyList<DeviceSource> sources,
        IReadOnlyList<string> referencePaths,
        string assemblyName,
        OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        var trees = sources.Select(source => CSharpSyntaxTree.ParseText(SourceText.From(source.Text, Encoding.UTF8), Language, source.Path));
        var options = new CSharpCompilationOptions(
            kind,
            optimizationLevel: OptimizationLevel.Release,
            checkOverflow: false,
            deterministic: true,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 4);
        var compilation = CSharpCompilation.Create(
            assemblyName, trees, referencePaths.Select(path => MetadataReference.CreateFromFile(path)), options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
        {
            var error = result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            var place = error.Location.GetLineSpan();
            throw new InputException(
                $"{place.Path}({place.StartLinePosition.Line + 1}): {error.GetMessage(null)} ({error.Id}).",
                "Generate the model again with the same version of haredge that reads it.");
        }

        return image.ToArray();
    }
}

/// <summary>A C# file the device compiles.</summary>
/// <param name="Path">Relative to firmware/Core, with '/' between folders.</param>
/// <param name="Text">Its content.</param>
internal sealed record DeviceSource(string Path, string Text)
{
    private const string ResourcePrefix = "HarEdge.Core/";
    private const string GeneratedFolder = "Generated/";

    /// <summary>The shared source of firmware/Core without any generated model, as it was when the trainer was built.</summary>
    public static IReadOnlyList<DeviceSource> Core { get; } =
        [.. Embedded().Where(source => !source.Path.StartsWith(GeneratedFolder, StringComparison.Ordinal))];

    /// <summary>Of these what the firmware compiles, too: all but the list of features.</summary>
    public static IReadOnlyList<DeviceSource> CoreOnDevice { get; } = [.. Core.Where(source => source.Path is not ("Feature.cs" or "FeatureLayout.cs"))];

    /// <summary>The generated model and known answers the firmware ships with.</summary>
    public static IReadOnlyList<DeviceSource> CommittedModel { get; } =
        [.. Embedded().Where(source => source.Path.StartsWith(GeneratedFolder, StringComparison.Ordinal))];

    private static IEnumerable<DeviceSource> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            // Resource names keep the separators of the machine that built the trainer.
            var path = name.Replace('\\', '/');
            if (path.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                yield return new DeviceSource(path[ResourcePrefix.Length..], reader.ReadToEnd());
            }
        }
    }
}
