using System.Diagnostics;
using System.IO.Compression;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

/// <summary>
/// The dotnet tool: packed from this build, installed into an empty folder from a source that holds nothing else, and used there. With HAREDGE_TOOL=1: it takes half a minute.
/// </summary>
public sealed class ToolTests : IDisposable
{
    // Package registries take 250 MB; what was cut out of the package would come back unseen otherwise.
    private const long MostBytes = 120_000_000;

    private readonly TempFolder folder = new();

    [Fact]
    public void The_tool_installs_from_its_package_alone_decides_and_writes_a_project()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("HAREDGE_TOOL") == "1", "packing and installing takes half a minute: set HAREDGE_TOOL=1");
        var configuration = AppContext.BaseDirectory.Contains("/Debug/", StringComparison.Ordinal) ? "Debug" : "Release";
        var packages = folder.At("packages");
        Run("dotnet", "pack", Path.Combine(Repository.Root, "trainer/HarEdge.Cli/HarEdge.Cli.csproj"), "-c", configuration, "--no-build", "-o", packages, "-nologo");
        var package = Assert.Single(Directory.GetFiles(packages, "HarEdge.Cli.*.nupkg"));
        Assert.InRange(new FileInfo(package).Length, 1, MostBytes);
        AssertNativePartsOf(package);

        File.WriteAllText(folder.At("nuget.config"), $"<configuration><packageSources><clear/><add key=\"here\" value=\"{packages}\"/></packageSources></configuration>");
        Run("dotnet", "tool", "install", "HarEdge.Cli", "--tool-path", folder.At("tools"), "--configfile", folder.At("nuget.config"));
        var tool = Path.Combine(folder.At("tools"), OperatingSystem.IsWindows() ? "haredge.exe" : "haredge");
        Assert.Contains("[good] LightGBM", Run(tool, "doctor", "--no-device"), StringComparison.Ordinal);
        Assert.Contains("$HD,", Run(tool, "simulate"), StringComparison.Ordinal);
        Run(tool, "new", "band");
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "firmware/HarEdge.Firmware/Program.cs")), File.ReadAllText(folder.At("band/firmware/HarEdge.Firmware/Program.cs")));
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "firmware/Core/Generated/model.json")), File.ReadAllText(folder.At("band/firmware/Core/Generated/model.json")));
    }

    public void Dispose() => folder.Dispose();

    private static void AssertNativePartsOf(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        var names = zip.Entries.Select(entry => entry.FullName).ToList();
        string[] wanted =
        [
            "win-x64/native/lib_lightgbm.dll", "linux-x64/native/lib_lightgbm.so", "osx-x64/native/lib_lightgbm.dylib", "win-x64/native/onnxruntime.dll", "win-arm64/native/onnxruntime.dll",
            "linux-x64/native/libonnxruntime.so", "linux-arm64/native/libonnxruntime.so", "osx-arm64/native/libonnxruntime.dylib",
        ];
        Assert.All(wanted, part => Assert.Contains($"tools/net10.0/any/runtimes/{part}", names));
        Assert.DoesNotContain(names, name => name.Contains("android", StringComparison.Ordinal) || name.Contains("musl", StringComparison.Ordinal) || name.EndsWith(".pdb", StringComparison.Ordinal));
    }

    private string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{output}\n{error.Result}");
        return output;
    }
}
