using System.Text;
using HarEdge.Trainer.Learning.LightGbm;

namespace HarEdge.Trainer.Tests.Teachers;

public sealed class LightGbmLibraryTests
{
    [Fact]
    public void The_packaged_library_loads() => LightGbmLibrary.EnsureLoaded();

    [Fact]
    public void A_missing_library_names_the_platform_and_the_remedy()
    {
        var error = Assert.Throws<InputException>(() => LightGbmLibrary.EnsureLoaded("no_such_library_for_lightgbm"));
        Assert.Contains("does not load", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
    }

    [Fact]
    public void Without_the_OpenMP_runtime_the_remedy_says_how_to_install_it()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("only the Linux library wants libgomp");
        }

        // A copy of the real library that asks for an OpenMP runtime no machine has.
        var original = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "lib_lightgbm.so");
        var bytes = File.ReadAllBytes(File.Exists(original) ? original : Path.Combine(AppContext.BaseDirectory, "lib_lightgbm.so"));
        var at = bytes.AsSpan().IndexOf("libgomp.so.1"u8);
        Assert.NotEqual(-1, at);
        Encoding.ASCII.GetBytes("libgomp.so.9").CopyTo(bytes, at);
        var folder = Directory.CreateTempSubdirectory("haredge-lightgbm-");
        try
        {
            var copy = Path.Combine(folder.FullName, "lib_lightgbm.so");
            File.WriteAllBytes(copy, bytes);
            var error = Assert.Throws<InputException>(() => LightGbmLibrary.EnsureLoaded(copy));
            Assert.Contains("libgomp", error.Message, StringComparison.Ordinal);
            Assert.Contains("apt-get install libgomp1", error.Remedy, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
