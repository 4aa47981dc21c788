using System.Xml.Linq;
using HarEdge.Cli.Commands;
using HarEdge.Cli.Tests.Running;

namespace HarEdge.Cli.Tests;

/// <summary><c>new</c> writes the firmware as it is in this clone, with the model that was named.</summary>
public sealed class NewTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void The_project_is_the_firmware_of_this_clone_with_the_built_in_model()
    {
        CliRun.Of("new", folder.At("band")).AssertDone();
        foreach (var (name, bytes) in NewCommand.Files())
        {
            var written = File.ReadAllBytes(Path.Combine(folder.At("band"), name));
            Assert.Equal(File.ReadAllBytes(Path.Combine(Repository.Root, name)), written);
            Assert.Equal(bytes, written);
        }

        foreach (var path in Directory.GetFiles(Path.Combine(Repository.Root, "firmware/Core/Generated")))
        {
            Assert.Equal(File.ReadAllText(path), File.ReadAllText(Path.Combine(folder.At("band"), "firmware/Core/Generated", Path.GetFileName(path))));
        }

        Assert.Contains("haredge flash --bring-up", File.ReadAllText(folder.At("band/README.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HarEdge.Firmware")]
    [InlineData("HarEdge.BringUp")]
    public void Every_file_that_a_project_lists_is_there(string project)
    {
        CliRun.Of("new", folder.At("band")).AssertDone();
        var root = Path.Combine(folder.At("band"), "firmware");
        var listed = Includes(Path.Combine(root, project, project + ".nfproj")).Concat(Includes(Path.Combine(root, "Core", "Core.projitems"))).ToList();
        Assert.True(listed.Count > 30);
        Assert.All(listed, path => Assert.True(File.Exists(path), path));
        Assert.True(File.Exists(Path.Combine(root, project, project + ".sln")));
        Assert.True(File.Exists(Path.Combine(root, project, "packages.config")));
    }

    [Fact]
    public void Another_model_is_put_in()
    {
        CliRun.Of("new", folder.At("band"), "--model", Models.Small).AssertDone();
        CliRun.Of("generate", "--model", Models.Small, "--out", folder.At("generated")).AssertDone();
        Assert.Equal(File.ReadAllText(folder.At("generated/ActivityModel.g.cs")), File.ReadAllText(folder.At("band/firmware/Core/Generated/ActivityModel.g.cs")));
    }

    [Fact]
    public void A_folder_with_something_in_it_is_left_alone()
    {
        File.WriteAllText(folder.At("mine.txt"), "mine");
        CliRun.Of("new", folder.Path).AssertRefused(2, "is there already");
        Assert.Equal(["mine.txt"], folder.Entries);
        CliRun.Of("new", folder.At("mine.txt/band")).AssertRefused(1, "cannot be written");
        CliRun.Of("new", folder.At("band"), "--model", folder.At("none.json")).AssertRefused(1, "none.json");
        Assert.Equal(["mine.txt"], folder.Entries);
    }

    public void Dispose() => folder.Dispose();

    private static IEnumerable<string> Includes(string project)
    {
        var here = Path.GetDirectoryName(project)!;
        return XDocument.Load(project).Descendants().Where(element => element.Name.LocalName is "Compile" or "None" or "ProjectReference")
            .Select(element => (string?)element.Attribute("Include") ?? "")
            .Where(include => include.Length > 0)
            .Select(include => Path.GetFullPath(Path.Combine(here, include.Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal).Replace('\\', Path.DirectorySeparatorChar))));
    }
}
