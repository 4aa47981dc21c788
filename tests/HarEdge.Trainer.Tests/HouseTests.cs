using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Tests.CodeGeneration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HarEdge.Trainer.Tests;

/// <summary>The size of the code base, as CONTRIBUTING.md states it: what grows beyond asks for a merge or a split, not for a higher number.</summary>
public sealed class HouseTests
{
    private const int MostProductFiles = 410;
    private const int MostPublicTypes = 60;
    private const int MostFilesInAFolder = 20;
    private const int MostLinesOfAFile = 300;
    private const int MostLinesOfAMethod = 60;

    private static readonly string Root = Golden.Repository();

    // Sources of firmware and trainer, generated ones apart.
    private static readonly string[] ProductFiles =
    [
        .. new[] { "firmware", "trainer" }
            .SelectMany(top => Directory.EnumerateFiles(Path.Combine(Root, top), "*.cs", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.EndsWith(".g.cs", StringComparison.Ordinal) && !path.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal),
    ];

    private static readonly Lazy<IReadOnlyList<(string Path, SyntaxNode Syntax)>> Parsed = new(() =>
        [.. ProductFiles.AsParallel().AsOrdered().Select(path => (path, CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(Root, path))).GetRoot()))]);

    [Fact]
    public void The_product_has_few_files() => Assert.InRange(ProductFiles.Length, 200, MostProductFiles);

    [Fact]
    public void The_library_promises_few_types()
    {
        var exported = typeof(FixedPointModel).Assembly.GetExportedTypes();
        Assert.True(exported.Length <= MostPublicTypes, $"{exported.Length} public types: {string.Join(", ", exported.Select(type => type.Name).Order(StringComparer.Ordinal))}");
    }

    [Fact]
    public void A_folder_is_seen_at_a_glance() => AssertNone(ProductFiles
        .GroupBy(path => path[..path.LastIndexOf('/')])
        .Where(folder => folder.Count() > MostFilesInAFolder)
        .Select(folder => $"{folder.Key}: {folder.Count()} files"));

    [Fact]
    public void A_file_is_short() => AssertNone(ProductFiles
        .Select(path => (path, lines: File.ReadLines(Path.Combine(Root, path)).Count()))
        .Where(file => file.lines > MostLinesOfAFile)
        .Select(file => $"{file.path}: {file.lines} lines"));

    // Stand-ins for the device's libraries bear the name of the library; assembly attributes have no type.
    [Fact]
    public void A_file_is_named_after_a_type_in_it() => AssertNone(Parsed.Value
        .Where(file => !file.Path.Contains("/Shims/", StringComparison.Ordinal) && !file.Path.EndsWith("/AssemblyInfo.cs", StringComparison.Ordinal))
        .Where(file => !file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Any(type => type.Identifier.Text == Path.GetFileNameWithoutExtension(file.Path)))
        .Select(file => file.Path));

    [Fact]
    public void A_method_is_short() => AssertNone(
        from file in Parsed.Value
        from node in file.Syntax.DescendantNodes()
        where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        let span = node.SyntaxTree.GetLineSpan(node.Span)
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > MostLinesOfAMethod
        select $"{file.Path}({span.StartLinePosition.Line + 1}): {lines} lines");

    private static void AssertNone(IEnumerable<string> offences)
    {
        var found = string.Join('\n', offences);
        Assert.True(found.Length == 0, found);
    }
}
