using HarEdge.Trainer.Portability.NanoClr;

namespace HarEdge.Trainer.Tests.Portability.NanoClr;

/// <summary>Finding the tools in folders laid out as their makers' packages are.</summary>
public sealed class NanoClrToolsTests : IDisposable
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Values = new()
    {
        ["{references}"] = [],
        ["{input}"] = ["in.exe"],
        ["{output}"] = ["out.pe"],
        ["{assemblies}"] = ["mscorlib.pe", "out.pe"],
    };

    private readonly string folder = Directory.CreateTempSubdirectory("haredge-tools-").FullName;

    [Fact]
    public void Tools_that_are_installed_need_no_variable()
    {
        var library = Write("packages", "nanoframework.corelibrary", "1.17.11", "lib", "mscorlib.dll");
        var processor = Write(
            "packages", "nanoframework.tools.metadataprocessor.cli", "3.0.90", "contentFiles", "any", "any", "MetadataProcessor", "nanoFramework.Tools.MetadataProcessor.exe");
        var mono = WriteTool("mono");
        var nanoclr = WriteTool("nanoclr");
        var tools = Find();
        Assert.Equal(Path.GetDirectoryName(library), tools.ReferenceFolder);
        string[] launcher = OperatingSystem.IsWindows() ? [] : [mono];
        Assert.Equal([.. launcher, processor, "-parse", "in.exe", "-compile", "out.pe", "false"], tools.MetadataProcessor.Fill(Values));
        Assert.Equal([nanoclr, "run", "--assemblies", "mscorlib.pe", "out.pe"], tools.Interpreter.Fill(Values));
    }

    [Fact]
    public void The_newest_version_is_taken_and_a_preview_is_older_than_its_release()
    {
        foreach (var version in new[] { "1.9.0", "1.17.11", "1.17.11-preview.3", "1.2.0" })
        {
            Write("packages", "nanoframework.corelibrary", version, "lib", "mscorlib.dll");
        }

        WriteTool("nanoFramework.Tools.MetadataProcessor");
        WriteTool("nanoclr");
        Assert.Equal(Path.Combine(folder, "packages", "nanoframework.corelibrary", "1.17.11", "lib"), Find().ReferenceFolder);
    }

    [Fact]
    public void What_is_missing_is_named_with_the_command_that_installs_it_and_exits_with_three()
    {
        WriteTool("nanoclr");
        var error = Assert.Throws<InputException>(Find);
        Assert.Equal(3, error.ExitCode);
        Assert.EndsWith("not found: mscorlib.dll with mscorlib.pe, the metadata processor.", error.Message, StringComparison.Ordinal);
        Assert.Contains("dotnet package download nanoFramework.CoreLibrary@1.17.11", error.Remedy, StringComparison.Ordinal);
        Assert.Contains("dotnet package download nanoFramework.Tools.MetadataProcessor.CLI", error.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("dotnet tool install", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_mono_its_absence_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows runs the metadata processor by itself");
        Write("packages", "nanoframework.tools.metadataprocessor.cli", "3.0.90", "content", "MetadataProcessor", "nanoFramework.Tools.MetadataProcessor.exe");
        var error = Assert.Throws<InputException>(Find);
        Assert.Equal(3, error.ExitCode);
        Assert.Contains("no mono", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_goes_before_what_is_installed()
    {
        Write("packages", "nanoframework.corelibrary", "1.17.11", "lib", "mscorlib.dll");
        WriteTool("nanoFramework.Tools.MetadataProcessor");
        WriteTool("nanoclr");
        var tools = NanoClrTools.Find(
            variable => variable switch
            {
                "NUGET_PACKAGES" => Path.Combine(folder, "packages"),
                NanoClrTools.InterpreterVariable => "other {assemblies}",
                NanoClrTools.ReferencesVariable => "refs",
                _ => " ",
            },
            Path.Combine(folder, "bin"));
        Assert.Equal("refs", tools.ReferenceFolder);
        Assert.Equal(["other", "mscorlib.pe", "out.pe"], tools.Interpreter.Fill(Values));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private NanoClrTools Find() =>
        NanoClrTools.Find(variable => variable == "NUGET_PACKAGES" ? Path.Combine(folder, "packages") : null, Path.Combine(folder, "bin"));

    private string WriteTool(string name) => Write("bin", OperatingSystem.IsWindows() ? name + ".exe" : name);

    private string Write(params string[] parts)
    {
        var path = Path.Combine([folder, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return path;
    }
}
