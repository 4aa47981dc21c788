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
        string packages = Named(variable, "NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string? references = Named(variable, ReferencesVariable)
            ?? Path.GetDirectoryName(InPackage(packages, ReferencesPackage, "lib", "mscorlib.dll"));
        CommandTemplate? processor = Named(variable, MetadataProcessorVariable) is { } namedProcessor
            ? CommandTemplate.Parse(MetadataProcessorVariable, namedProcessor, MetadataProcessorArguments)
            : InstalledMetadataProcessor(packages, toolFolders);
        CommandTemplate? interpreter = Named(variable, InterpreterVariable) is { } namedInterpreter
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
        string program = MetadataProcessorProgram + ".exe";
        string? found = InstalledTool.Find(MetadataProcessorProgram, toolFolders)
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
        string versions = Path.Combine(packages, id.ToLowerInvariant());
        return Directory.Exists(versions)
            ? Directory.GetDirectories(versions)
                .OrderByDescending(path => Version.TryParse(Path.GetFileName(path).Split('-')[0], out Version? version) ? version : new Version())
                .ThenBy(path => Path.GetFileName(path).Contains('-', StringComparison.Ordinal))
                .Select(path => Path.Combine(path, folder, file))
                .FirstOrDefault(File.Exists)
            : null;
    }
}
