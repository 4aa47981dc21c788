using Mono.Cecil;

namespace HarEdge.Trainer.Portability.NanoClr;

/// <summary>The device's libraries: metadata to compile against, and the converted form the interpreter loads.</summary>
internal sealed class ReferenceAssemblies
{
    private readonly Dictionary<string, string> paths;

    private ReferenceAssemblies(Dictionary<string, string> paths) => this.paths = paths;

    /// <summary>Every .dll.</summary>
    public IReadOnlyList<string> Dlls => [.. paths.Values];

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InputException">It does not exist, or holds no assembly.</exception>
    public static ReferenceAssemblies In(string folder)
    {
        Dictionary<string, string> found = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal).ToDictionary(path => Path.GetFileNameWithoutExtension(path)!)
            : [];
        return found.Count > 0
            ? new ReferenceAssemblies(found)
            : throw new InputException(
                $"{NanoClrTools.ReferencesVariable}: {folder} holds no assembly.",
                "Name the folder with mscorlib.dll and mscorlib.pe, as unpacked from nanoFramework.CoreLibrary.");
    }

    /// <summary>The same and one more assembly.</summary>
    /// <param name="dll">Its path.</param>
    public ReferenceAssemblies And(string dll) => new(new Dictionary<string, string>(paths) { [Path.GetFileNameWithoutExtension(dll)] = dll });

    /// <summary>What an assembly needs from the folder, in an order in which each comes after what it needs itself.</summary>
    /// <param name="image">The assembly.</param>
    public IReadOnlyList<(string Name, string Dll, string Pe)> LoadOrder(byte[] image)
    {
        var order = new List<(string Name, string Dll, string Pe)>();
        var seen = new HashSet<string>();
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image));
        foreach (AssemblyNameReference needed in module.AssemblyReferences)
        {
            Add(needed.Name, seen, order);
        }

        return order;
    }

    private void Add(string name, HashSet<string> seen, List<(string Name, string Dll, string Pe)> order)
    {
        if (!seen.Add(name) || !paths.TryGetValue(name, out string? dll))
        {
            return;
        }

        using (var module = ModuleDefinition.ReadModule(dll))
        {
            foreach (AssemblyNameReference needed in module.AssemblyReferences)
            {
                Add(needed.Name, seen, order);
            }
        }

        string pe = Path.ChangeExtension(dll, ".pe");
        if (!File.Exists(pe))
        {
            throw new InputException($"{pe} is missing beside {Path.GetFileName(dll)}.", "Copy both from the same nanoFramework package.");
        }

        order.Add((name, dll, pe));
    }
}
