using System.Xml.Linq;

namespace HarEdge.DeviceTwin.Tests;

public class ProjectFileTests
{
    private static readonly XNamespace MsBuild = "http://schemas.microsoft.com/developer/msbuild/2003";

    private static readonly XDocument Device = XDocument.Parse(Repository.Read("firmware", "HarEdge.Firmware", "HarEdge.Firmware.nfproj"));

    [Fact]
    public void The_device_project_lists_exactly_the_files_the_twin_compiles()
    {
        var twin = XDocument.Parse(Repository.Read("trainer", "HarEdge.DeviceTwin", "HarEdge.DeviceTwin.csproj"));
        const string prefix = @"..\..\firmware\HarEdge.Firmware\";
        var linked = twin.Descendants("Compile").Select(e => (string)e.Attribute("Include")!);
        Assert.All(linked, file => Assert.StartsWith(prefix, file));
        Assert.Equal(DeviceFiles().Where(f => f != @"Properties\AssemblyInfo.cs"), linked.Select(f => f[prefix.Length..]));
    }

    [Fact]
    public void No_source_file_of_the_firmware_is_left_out()
    {
        var folder = Path.Combine(Repository.Root, "firmware", "HarEdge.Firmware");
        var onDisk = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('/', '\\'))
            .Where(f => !f.StartsWith(@"bin\", StringComparison.Ordinal) && !f.StartsWith(@"obj\", StringComparison.Ordinal)
                && !f.StartsWith(@"packages\", StringComparison.Ordinal));
        Assert.Equal(onDisk.Order(StringComparer.Ordinal), DeviceFiles().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Core_comes_from_its_one_list()
    {
        var imports = Device.Descendants(MsBuild + "Import").Select(e => (string)e.Attribute("Project")!).ToList();
        Assert.Contains(@"..\Core\Core.projitems", imports);
        foreach (var wanted in new[] { "NFProjectSystem.Default.props", "NFProjectSystem.props", "NFProjectSystem.CSharp.targets" })
        {
            Assert.Contains(imports, i => i.EndsWith(wanted, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_core_file_is_in_the_list_and_on_disk()
    {
        var core = Path.Combine(Repository.Root, "firmware", "Core");
        var listed = XDocument.Load(Path.Combine(core, "Core.projitems")).Descendants(MsBuild + "Compile")
            .Select(e => ((string)e.Attribute("Include")!).Replace("$(MSBuildThisFileDirectory)", "").Replace('\\', '/'));
        var onDisk = Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(core, f).Replace('\\', '/'));
        Assert.Equal(onDisk.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_language_is_the_devices() =>
        Assert.Equal("9.0", Device.Descendants(MsBuild + "LangVersion").Single().Value);

    [Fact]
    public void Every_reference_is_a_package_of_the_same_version()
    {
        var packages = XDocument.Parse(Repository.Read("firmware", "HarEdge.Firmware", "packages.config")).Root!.Elements()
            .Select(e => $"{(string)e.Attribute("id")!}.{(string)e.Attribute("version")!}");
        var hints = Device.Descendants(MsBuild + "HintPath").Select(e => e.Value.Split('\\'));
        Assert.All(hints, parts => Assert.Equal("packages", parts[0]));
        Assert.Equal(packages.Order(StringComparer.Ordinal), hints.Select(parts => parts[1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_mscorlib_that_tests_compile_against_is_the_firmwares()
    {
        const string id = "nanoFramework.CoreLibrary";
        var tested = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion").Single(e => (string)e.Attribute("Include")! == id);
        var shipped = XDocument.Parse(Repository.Read("firmware", "HarEdge.Firmware", "packages.config")).Root!.Elements().Single(e => (string)e.Attribute("id")! == id);
        Assert.Equal((string)shipped.Attribute("version")!, (string)tested.Attribute("Version")!);
    }

    private static IEnumerable<string> DeviceFiles() => Device.Descendants(MsBuild + "Compile").Select(e => (string)e.Attribute("Include")!);
}
