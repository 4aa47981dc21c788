using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Tests.CodeGeneration;

namespace HarEdge.Trainer.Tests;

/// <summary>
/// The folders of HarEdge.Trainer stand on each other in one order, read from the compiled assembly. What lies at the top of the
/// namespace (errors, progress, whole files) is the ground of all of them.
/// </summary>
public sealed class LayerTests
{
    private const string Root = "HarEdge.Trainer";

    /// <summary>Ground first; each may use those before it.</summary>
    private static readonly string[] Layers =
    [
        "Telemetry", "Datasets", "Capture", "FixedPoint", "Windows", "CodeGeneration", "Evaluation", "Comparison", "Portability",
        "Cost", "Learning", "Teachers", "Distillation", "Training", "Experiments", "Reports", "Tables", "Exploration", "Flashing", "Diagnosis",
    ];

    private static string Folder => Path.Combine(Golden.Repository(), "trainer", Root);

    [Fact]
    public void Every_folder_uses_only_those_below_it()
    {
        List<string> upward =
        [
            .. ReadUses()
                .Where(use => Array.IndexOf(Layers, use.To) > Array.IndexOf(Layers, use.From))
                .Select(use => $"{use.From} uses {use.To}: {use.How}")
                .Distinct().Order(StringComparer.Ordinal),
        ];
        Assert.True(upward.Count == 0, string.Join('\n', upward));
    }

    [Fact]
    public void Every_folder_is_a_layer_and_every_layer_a_folder()
    {
        var folders = Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)!)
            .Where(name => name is not ("bin" or "obj"));
        Assert.Equal(Layers.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_design_draws_the_layers_in_this_order()
    {
        var design = File.ReadAllText(Path.Combine(Golden.Repository(), "docs", "DESIGN.md"));
        var drawn = Regex.Match(design, @"^Telemetry →[^`]*", RegexOptions.Multiline).Value;
        Assert.Equal(Layers, Regex.Matches(drawn, @"\w+").Select(word => word.Value));
        var readme = File.ReadAllText(Path.Combine(Golden.Repository(), "trainer", "README.md"));
        var listed = Regex.Matches(readme[readme.IndexOf("## The layers", StringComparison.Ordinal)..], @"^\| `(\w+)` \|", RegexOptions.Multiline);
        Assert.Equal(Layers, listed.Select(row => row.Groups[1].Value).Take(Layers.Length));
    }

    // The compiled types, and for what a compiler leaves no trace of (constants, names) the using directives.
    private static List<(string From, string To, string How)> ReadUses()
    {
        var architecture = new ArchLoader().LoadAssembly(typeof(FixedPointModel).Assembly).Build();
        return
        [
            .. from type in architecture.Types
               let fromLayer = LayerOf(type)
               where fromLayer.Length > 0
               from target in type.Dependencies.Select(dependency => dependency.Target).Distinct()
               let toLayer = LayerOf(target)
               where toLayer.Length > 0 && toLayer != fromLayer
               select (fromLayer, toLayer, $"{type.Name} → {target.Name}"),
            .. from layer in Layers
               from file in Directory.EnumerateFiles(Path.Combine(Folder, layer), "*.cs", SearchOption.AllDirectories)
               from Match used in Regex.Matches(File.ReadAllText(file), $@"^using (?:\w+ = )?{Regex.Escape(Root)}\.(\w+)", RegexOptions.Multiline)
               select (layer, used.Groups[1].Value, Path.GetFileName(file)),
        ];
    }

    // The first part of the namespace below the root; empty at the top and outside.
    private static string LayerOf(IType type) =>
        Regex.Match(type.Namespace?.FullName ?? "", $@"^{Regex.Escape(Root)}\.(\w+)").Groups[1].Value;
}
