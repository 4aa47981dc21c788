using System.Runtime.InteropServices;
using HarEdge.Trainer.Portability.NanoClr;

namespace HarEdge.Trainer.Tests.Portability.NanoClr;

/// <summary>
/// Stand-ins for the nanoFramework tools, which this machine lacks: a metadata processor that copies, and an interpreter that runs
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
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        foreach (string name in new[] { "System.Private.CoreLib", "System.Runtime", "System.Console" })
        {
            File.CreateSymbolicLink(Path.Combine(References, name + ".dll"), Path.Combine(runtime, name + ".dll"));
            File.WriteAllText(Path.Combine(References, name + ".pe"), "");
        }

        File.WriteAllText(
            Path.Combine(folder, "runtimeconfig.json"),
            $$"""{ "runtimeOptions": { "tfm": "net10.0", "framework": { "name": "Microsoft.NETCore.App", "version": "{{Environment.Version}}" } } }""");
        Converter = Script("mdp", "[ \"$1\" = -loadHints ] || exit 4\nfor last; do input=\"$output\"; output=\"$last\"; done\ncp \"$input\" \"$output\"");
        string host = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet");
        Interpreter = Script(
            "clr",
            $"for app; do :; done\ncp \"$app\" \"$app.dll\"\necho loading...\nexec \"{host}\" exec --runtimeconfig \"{folder}/runtimeconfig.json\" \"$app.dll\"");
    }

    /// <summary>Folder of reference assemblies, the desktop's in place of the device's.</summary>
    public string References { get; }

    /// <summary>Converter script: takes the last argument as output and the one before as input.</summary>
    public string Converter { get; }

    /// <summary>Interpreter script: runs its last argument.</summary>
    public string Interpreter { get; }

    /// <summary>Settings over the stand-ins, or over other scripts.</summary>
    public NanoClrSettings Settings(string? converter = null, string? interpreter = null) => NanoClrSettings.Read(variable => variable switch
    {
        NanoClrSettings.ReferencesVariable => References,
        NanoClrSettings.MetadataProcessorVariable => $"{converter ?? Converter} {{references}} {{input}} {{output}}",
        _ => $"{interpreter ?? Interpreter} {{assemblies}}",
    });

    /// <summary>Makes a shell script and returns its path.</summary>
    public string Script(string name, string body)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
