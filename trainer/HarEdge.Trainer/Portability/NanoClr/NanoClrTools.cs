using Mono.Cecil;

namespace HarEdge.Trainer.Portability.NanoClr;

/// <summary>The nanoFramework tools that run code on the real interpreter, found where their makers' packages put them.</summary>
/// <param name="ReferenceFolder">Folder of reference assemblies: each .dll with its .pe beside it.</param>
/// <param name="MetadataProcessor">Command that converts {input} into {output}, with {references}.</param>
/// <param name="Interpreter">Command that runs {assemblies}.</param>
internal sealed record NanoClrTools(string ReferenceFolder, CommandTemplate MetadataProcessor, CommandTemplate Interpreter)
{
    /// <summary>Environment variable that names another reference folder.</summary>
    public const string ReferencesVariable = "HAREDGE_NANOFRAMEWORK_REFS";

    /// <summary>Environment variable that names another metadata processor: a program, or a command with its placeholders.</summary>
    public const string MetadataProcessorVariable = "HAREDGE_MDP";

    /// <summary>Environment variable that names another interpreter: a program, or a command with its placeholder.</summary>
    public const string InterpreterVariable = "HAREDGE_NANOCLR";

    /// <summary>The page that says how to install them.</summary>
    public const string Page = "docs/NANOCLR.md";

    private const int CheckNotMade = 3;
    private const string ReferencesPackage = "nanoFramework.CoreLibrary";

    // As in the firmware's packages.config.
    private const string ReferencesVersion = "1.17.11";
    private const string MetadataProcessorPackage = "nanoFramework.Tools.MetadataProcessor.CLI";
    private const string MetadataProcessorProgram = "nanoFramework.Tools.MetadataProcessor";

    // "false": not the core library itself.
    private static readonly string[] MetadataProcessorArguments = ["{references}", "-parse", "{input}", "-compile", "{output}", "false"];
    private static readonly string[] InterpreterArguments = ["run", "--assemblies", "{assemblies}"];

    /// <summary>Finds all three: what a variable names, else what is installed.</summary>
    /// <param name="variable">Gives an environment variable, or null.</param>
    /// <param name="toolFolders">Folders to search for programs; null for the usual ones.</param>
    /// <exception cref="InputException">Some are missing, with exit code 3: the check was asked for and not made.</exception>
    public static NanoClrTools Find(Func<string, string?> variable, string? toolFolders = null)
    {
        var packages = Named(variable, "NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var references = Named(variable, ReferencesVariable)
            ?? Path.GetDirectoryName(InPackage(packages, ReferencesPackage, "lib", "mscorlib.dll"));
        var processor = Named(variable, MetadataProcessorVariable) is { } namedProcessor
            ? CommandTemplate.Parse(MetadataProcessorVariable, namedProcessor, MetadataProcessorArguments)
            : InstalledMetadataProcessor(packages, toolFolders);
        var interpreter = Named(variable, InterpreterVariable) is { } namedInterpreter
            ? CommandTemplate.Parse(InterpreterVariable, namedInterpreter, InterpreterArguments)
            : InstalledTool.Find("nanoclr", toolFolders) is { } nanoclr ? CommandTemplate.Of("nanoclr", [nanoclr, .. InterpreterArguments]) : null;
        if (references is not null && processor is not null && interpreter is not null)
        {
            return new NanoClrTools(references, processor, interpreter);
        }

        (bool IsMissing, string Name, string Command)[] all =
        [
            (references is null, "mscorlib.dll with mscorlib.pe", $"dotnet package download {ReferencesPackage}@{ReferencesVersion} --output \"{packages}\""),
            (processor is null, "the metadata processor", $"dotnet package download {MetadataProcessorPackage} --output \"{packages}\""),
            (interpreter is null, "nanoclr", "dotnet tool install -g nanoclr"),
        ];
        (bool IsMissing, string Name, string Command)[] missing = [.. all.Where(tool => tool.IsMissing)];
        throw new InputException(
            $"The nanoFramework interpreter cannot be run; not found: {string.Join(", ", missing.Select(tool => tool.Name))}.",
            $"Install with: {string.Join("; ", missing.Select(tool => tool.Command))}. See {Page}.",
            CheckNotMade);
    }

    private static CommandTemplate? InstalledMetadataProcessor(string packages, string? toolFolders)
    {
        var program = MetadataProcessorProgram + ".exe";
        var found = InstalledTool.Find(MetadataProcessorProgram, toolFolders)
            ?? InPackage(packages, MetadataProcessorPackage, Path.Combine("contentFiles", "any", "any", "MetadataProcessor"), program)
            ?? InPackage(packages, MetadataProcessorPackage, Path.Combine("content", "MetadataProcessor"), program);
        return found is null ? null : CommandTemplate.Of("The metadata processor", [.. Launcher(found, toolFolders), found, .. MetadataProcessorArguments]);
    }

    // The package holds a .NET Framework program; elsewhere than on Windows mono runs it.
    private static string[] Launcher(string program, string? toolFolders) =>
        OperatingSystem.IsWindows() || !program.EndsWith(".exe", StringComparison.OrdinalIgnoreCase)
            ? []
            : [InstalledTool.Find("mono", toolFolders) ?? throw new InputException(
                $"{program} is a .NET Framework program, and there is no mono to run it.", $"Install mono as {Page} says.", CheckNotMade)];

    private static string? Named(Func<string, string?> variable, string name) => string.IsNullOrWhiteSpace(variable(name)) ? null : variable(name);

    // The file in the newest version that has it; a preview counts as older than its release.
    private static string? InPackage(string packages, string id, string folder, string file)
    {
        var versions = Path.Combine(packages, id.ToLowerInvariant());
        return Directory.Exists(versions)
            ? Directory.GetDirectories(versions)
                .OrderByDescending(path => Version.TryParse(Path.GetFileName(path).Split('-')[0], out var version) ? version : new Version())
                .ThenBy(path => Path.GetFileName(path).Contains('-', StringComparison.Ordinal))
                .Select(path => Path.Combine(path, folder, file))
                .FirstOrDefault(File.Exists)
            : null;
    }
}

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
        var found = Directory.Exists(folder)
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
        foreach (var needed in module.AssemblyReferences)
        {
            Add(needed.Name, seen, order);
        }

        return order;
    }

    private void Add(string name, HashSet<string> seen, List<(string Name, string Dll, string Pe)> order)
    {
        if (!seen.Add(name) || !paths.TryGetValue(name, out var dll))
        {
            return;
        }

        using (var module = ModuleDefinition.ReadModule(dll))
        {
            foreach (var needed in module.AssemblyReferences)
            {
                Add(needed.Name, seen, order);
            }
        }

        var pe = Path.ChangeExtension(dll, ".pe");
        if (!File.Exists(pe))
        {
            throw new InputException($"{pe} is missing beside {Path.GetFileName(dll)}.", "Copy both from the same nanoFramework package.");
        }

        order.Add((name, dll, pe));
    }
}
