using System.Xml.Linq;

namespace HarEdge.DeviceTwin.Tests;

public class ProjectFileTests
{
    private static readonly XNamespace MsBuild = "http://schemas.microsoft.com/developer/msbuild/2003";

    private const string AssemblyInfo = @"Properties\AssemblyInfo.cs";

    private static readonly XDocument BringUp = XDocument.Parse(Repository.Read("firmware", "HarEdge.BringUp", "HarEdge.BringUp.nfproj"));

    private static readonly XDocument Device = XDocument.Parse(Repository.Read("firmware", "HarEdge.Firmware", "HarEdge.Firmware.nfproj"));

    [Fact]
    public void The_device_project_lists_exactly_the_files_the_twin_compiles()
    {
        var twin = XDocument.Parse(Repository.Read("trainer", "HarEdge.DeviceTwin", "HarEdge.DeviceTwin.csproj"));
        const string firmware = @"..\..\firmware\HarEdge.Firmware\";
        const string bringUp = @"..\..\firmware\HarEdge.BringUp\";
        var linked = twin.Descendants("Compile").Select(e => (string)e.Attribute("Include")!).ToLookup(file => file.StartsWith(firmware, StringComparison.Ordinal));
        Assert.Equal(DeviceFiles().Where(f => f != AssemblyInfo), linked[true].Select(f => f[firmware.Length..]));
        Assert.Equal(Files(BringUp).Where(f => !f.StartsWith("..", StringComparison.Ordinal) && f != AssemblyInfo).Select(f => bringUp + f), linked[false]);
    }

    [Fact]
    public void The_bring_up_program_takes_its_pins_from_the_firmwares_boards_and_has_the_packages_of_the_stock_class()
    {
        var folder = Path.Combine(Repository.Root, "firmware", "HarEdge.BringUp");
        Assert.All(Files(BringUp), file => Assert.True(File.Exists(Path.Combine(folder, file.Replace('\\', Path.DirectorySeparatorChar))), file));
        Assert.Equal(
            DeviceFiles().Where(file => file.StartsWith("Board", StringComparison.Ordinal)).Select(file => @"..\HarEdge.Firmware\" + file).Order(StringComparer.Ordinal),
            Files(BringUp).Where(file => file.StartsWith("..", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        string[] wanted = ["nanoFramework.CoreLibrary", "nanoFramework.Hardware.Esp32", "nanoFramework.Iot.Device.Mpu9250", "nanoFramework.System.Device.I2c"];
        Assert.Empty(wanted.Except(Packages("HarEdge.BringUp").Select(package => package.Id)));
        Assert.All(Packages("HarEdge.BringUp").Join(Packages("HarEdge.Firmware"), p => p.Id, p => p.Id, (a, b) => (a, b)), pair => Assert.Equal(pair.b, pair.a));
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
    public void The_list_of_features_stays_off_the_device()
    {
        // The condition reads a property that the device's project sets before it imports the list.
        const string Condition = "'$(TargetFrameworkVersion)' != 'v1.0'";
        var offDevice = XDocument.Load(Path.Combine(Repository.Root, "firmware", "Core", "Core.projitems")).Descendants(MsBuild + "Compile").Where(e => e.Attribute("Condition") is not null).ToList();
        Assert.Equal(["Feature.cs", "FeatureLayout.cs"], offDevice.Select(e => ((string)e.Attribute("Include")!).Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal)));
        Assert.All(offDevice, e => Assert.Equal(Condition, (string)e.Attribute("Condition")!));
        Assert.Equal("v1.0", Device.Descendants(MsBuild + "TargetFrameworkVersion").Single().Value);
        var order = Device.Root!.Elements().ToList();
        Assert.True(order.FindIndex(e => e.Descendants(MsBuild + "TargetFrameworkVersion").Any()) < order.FindIndex(e => (string?)e.Attribute("Project") == @"..\Core\Core.projitems"));
    }

    [Fact]
    public void The_language_is_the_devices() =>
        Assert.Equal("9.0", Device.Descendants(MsBuild + "LangVersion").Single().Value);

    [Theory]
    [InlineData("HarEdge.Firmware")]
    [InlineData("HarEdge.BringUp")]
    public void Every_reference_is_a_package_of_the_same_version(string application)
    {
        var project = application == "HarEdge.BringUp" ? BringUp : Device;
        var hints = project.Descendants(MsBuild + "HintPath").Select(e => e.Value.Split('\\'));
        Assert.All(hints, parts => Assert.Equal("packages", parts[0]));
        Assert.Equal(
            Packages(application).Select(package => $"{package.Id}.{package.Version}").Order(StringComparer.Ordinal),
            hints.Select(parts => parts[1]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_mscorlib_that_tests_compile_against_is_the_firmwares()
    {
        const string id = "nanoFramework.CoreLibrary";
        var tested = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion").Single(e => (string)e.Attribute("Include")! == id);
        Assert.Equal(Packages("HarEdge.Firmware").Single(package => package.Id == id).Version, (string)tested.Attribute("Version")!);
    }

    private static IEnumerable<string> DeviceFiles() => Files(Device);

    private static IEnumerable<string> Files(XDocument project) => project.Descendants(MsBuild + "Compile").Select(e => (string)e.Attribute("Include")!);

    private static IEnumerable<(string Id, string Version)> Packages(string application) =>
        XDocument.Parse(Repository.Read("firmware", application, "packages.config")).Root!.Elements().Select(e => ((string)e.Attribute("id")!, (string)e.Attribute("version")!));
}
