using System.Reflection;
using System.Runtime.Loader;
using HarEdge.Core;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HarEdge.Trainer.CodeGeneration;

/// <summary>
/// Compiles generated source in memory under the rules Core itself is compiled under: the device's language, overflow checked,
/// warnings are errors. The types bear the names of the committed ones in HarEdge.Core but live in an assembly of their own.
/// </summary>
internal static class GeneratedModelCompiler
{
    /// <summary>Compiles and instantiates.</summary>
    /// <param name="modelSource">ActivityModel.g.cs.</param>
    /// <param name="knownAnswersSource">KnownAnswers.g.cs, or null.</param>
    /// <exception cref="InputException">The source does not compile: it was edited.</exception>
    public static CompiledModel Compile(string modelSource, string? knownAnswersSource = null)
    {
        var trees = new List<SyntaxTree> { Parse(modelSource, CSharpGenerator.FileName) };
        if (knownAnswersSource is not null)
        {
            trees.Add(Parse(knownAnswersSource, KnownAnswersGenerator.FileName));
        }

        var image = Emit(trees);
        var context = new AssemblyLoadContext("generated model", isCollectible: true);
        using var stream = new MemoryStream(image);
        var assembly = context.LoadFromStream(stream);
        return new CompiledModel(
            context,
            Instance<Classifier>(assembly, CSharpGenerator.TypeName),
            knownAnswersSource is null ? null : Instance<KnownAnswerSet>(assembly, KnownAnswersGenerator.TypeName),
            image);
    }

    private static SyntaxTree Parse(string source, string fileName) =>
        CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp9), path: fileName);

    private static byte[] Emit(IEnumerable<SyntaxTree> trees)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            checkOverflow: true,
            deterministic: true,
            generalDiagnosticOption: ReportDiagnostic.Error);
        var compilation = CSharpCompilation.Create("HarEdge.GeneratedModel", trees, References(), options);
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        var error = result.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return error is null
            ? stream.ToArray()
            : throw new InputException($"The generated source does not compile: {error}.", "Generate it again from model.json.");
    }

    // Core refers to the runtime through System.Runtime, which forwards to the private core library.
    private static IEnumerable<MetadataReference> References()
    {
        var runtimeFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return new[] { typeof(object).Assembly.Location, Path.Combine(runtimeFolder, "System.Runtime.dll"), typeof(Classifier).Assembly.Location }
            .Select(path => MetadataReference.CreateFromFile(path));
    }

    private static T Instance<T>(Assembly assembly, string typeName)
        where T : class =>
        assembly.GetType(typeName) is { } type && Activator.CreateInstance(type) is T instance
            ? instance
            : throw new InputException($"The generated source has no {typeName} that is a {typeof(T).Name}.", "Generate it again from model.json.");
}

/// <summary>A generated model compiled and loaded. Disposing lets the runtime unload it once nothing refers to it any more.</summary>
internal sealed class CompiledModel : IDisposable
{
    private readonly AssemblyLoadContext context;

    internal CompiledModel(AssemblyLoadContext context, Classifier classifier, KnownAnswerSet? knownAnswers, byte[] image)
    {
        this.context = context;
        Classifier = classifier;
        KnownAnswers = knownAnswers;
        Image = image;
    }

    /// <summary>The model, ready for a pipeline.</summary>
    public Classifier Classifier { get; }

    /// <summary>Its known answers; null when only the model was compiled.</summary>
    public KnownAnswerSet? KnownAnswers { get; }

    /// <summary>The assembly's bytes, for counting IL.</summary>
    public byte[] Image { get; }

    /// <inheritdoc/>
    public void Dispose() => context.Unload();
}
