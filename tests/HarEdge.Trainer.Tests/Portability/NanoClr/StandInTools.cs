using System.Runtime.InteropServices;
using HarEdge.Trainer.Portability.NanoClr;

namespace HarEdge.Trainer.Tests.Portability.NanoClr;

/// <summary>
/// Stand-ins for the nanoFramework tools where they are not installed: a metadata processor that copies, and an interpreter that runs
/// the program on the desktop runtime. They prove the plumbing, nothing about the device. Shell scripts, so not on Windows.
/// </summary>
internal sealed class StandInTools : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("haredge-tools-").FullName;

    public StandInTools()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("the stand-in tools are shell scripts");
        }

        References = Directory.CreateDirectory(Path.Combine(folder, "refs with a space")).FullName;
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        foreach (var name in new[] { "System.Private.CoreLib", "System.Runtime", "System.Console" })
        {
            File.CreateSymbolicLink(Path.Combine(References, name + ".dll"), Path.Combine(runtime, name + ".dll"));
            File.WriteAllText(Path.Combine(References, name + ".pe"), "");
        }

        File.WriteAllText(
            Path.Combine(folder, "runtimeconfig.json"),
            $$"""{ "runtimeOptions": { "tfm": "net10.0", "framework": { "name": "Microsoft.NETCore.App", "version": "{{Environment.Version}}" } } }""");
        Converter = Script(
            "mdp",
            $"[ \"$1\" = -loadHints ] || exit 4\nfor last; do input=\"$output\"; output=\"$last\"; done\ncp \"$input\" \"$output\"\necho \"$input\" >> \"{Conversions}\"");

        // What the program references must lie beside it; the empty ones are the desktop runtime's own.
        var host = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet");
        Interpreter = Script(
            "clr",
            "for app; do [ -s \"$app\" ] && cp \"$app\" \"$(basename \"$app\" .pe).dll\"; done\necho loading...\n"
            + $"exec \"{host}\" exec --runtimeconfig \"{folder}/runtimeconfig.json\" \"$(basename \"$app\" .pe).dll\"");
    }

    /// <summary>One line for each assembly the converter script converted.</summary>
    public string Conversions => Path.Combine(folder, "conversions");

    /// <summary>Folder of reference assemblies, the desktop's in place of the device's.</summary>
    public string References { get; }

    /// <summary>Converter script: takes the last argument as output and the one before as input.</summary>
    public string Converter { get; }

    /// <summary>Interpreter script: runs its last argument.</summary>
    public string Interpreter { get; }

    /// <summary>The stand-ins, or other scripts in their place.</summary>
    public NanoClrTools Tools(string? converter = null, string? interpreter = null) => NanoClrTools.Find(variable => variable switch
    {
        NanoClrTools.ReferencesVariable => References,
        NanoClrTools.MetadataProcessorVariable => $"{converter ?? Converter} {{references}} {{input}} {{output}}",
        NanoClrTools.InterpreterVariable => $"{interpreter ?? Interpreter} {{assemblies}}",
        _ => null,
    });

    /// <summary>Makes a shell script and returns its path.</summary>
    public string Script(string name, string body)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
