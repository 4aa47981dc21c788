namespace HarEdge.Trainer.Portability.NanoClr;

/// <summary>Where the nanoFramework tools are: what the build machine must give to run code on the real interpreter.</summary>
/// <param name="ReferenceFolder">Folder of reference assemblies: each .dll with its .pe beside it.</param>
/// <param name="MetadataProcessor">Command template that converts {input} into {output}, with {references}.</param>
/// <param name="Interpreter">Command template that runs {assemblies}.</param>
public sealed record NanoClrSettings(string ReferenceFolder, CommandTemplate MetadataProcessor, CommandTemplate Interpreter)
{
    /// <summary>Environment variable of the reference folder.</summary>
    public const string ReferencesVariable = "HAREDGE_NANOFRAMEWORK_REFS";

    /// <summary>Environment variable of the metadata processor's template.</summary>
    public const string MetadataProcessorVariable = "HAREDGE_MDP";

    /// <summary>Environment variable of the interpreter's template.</summary>
    public const string InterpreterVariable = "HAREDGE_NANOCLR";

    private const int CheckNotMade = 3;

    /// <summary>Reads the three variables.</summary>
    /// <param name="variable">Gives an environment variable, or null.</param>
    /// <exception cref="InputException">Some are missing, with exit code 3: the check was asked for and not made.</exception>
    public static NanoClrSettings Read(Func<string, string?> variable)
    {
        string[] names = [ReferencesVariable, MetadataProcessorVariable, InterpreterVariable];
        string?[] values = [.. names.Select(variable)];
        string[] missing = [.. names.Where((_, i) => string.IsNullOrWhiteSpace(values[i]))];
        if (missing.Length > 0)
        {
            throw new InputException(
                $"The nanoFramework interpreter cannot be run: {string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} not set.",
                "Set them as firmware/README.md says: the folder of reference assemblies, and the commands of metadata processor and nanoclr.",
                CheckNotMade);
        }

        return new NanoClrSettings(
            values[0]!,
            CommandTemplate.Parse(MetadataProcessorVariable, values[1]!, "{references}", "{input}", "{output}"),
            CommandTemplate.Parse(InterpreterVariable, values[2]!, "{assemblies}"));
    }
}
