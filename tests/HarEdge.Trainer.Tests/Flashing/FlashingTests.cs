using HarEdge.Trainer.Flashing;

namespace HarEdge.Trainer.Tests.Flashing;

public sealed class FlashingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("haredge-flash-").FullName;

    [Fact]
    public void The_commands_are_those_of_nanoff()
    {
        var board = FlashTarget.Named("esp32");
        Assert.Equal("nanoff --update --target ESP32_REV3 --serialport COM3 --masserase", NanoffCommand.Update(board, "COM3").ToString());
        Assert.Equal("nanoff --target ESP32_REV3 --serialport COM3 --deploy --image \"my App.bin\"", NanoffCommand.Deploy(board, "COM3", "my App.bin").ToString());
    }

    [Theory]
    [InlineData("ESP32-S3 (ESP32-S3 (QFN56) (revision v0.2))", "esp32-s3")]
    [InlineData("ESP32-C3 (ESP32-C3 (QFN32) (revision v0.4))", "esp32-c3")]
    [InlineData("ESP32 (ESP32-D0WD-V3 (revision v3.1))", "esp32")]
    [InlineData("ESP32-D0WDQ6 (revision 1)", "esp32")]
    [InlineData("ESP32-S2 (ESP32-S2 (revision v0.0))", null)]
    [InlineData("ESP32-C6 (QFN40)", null)]
    [InlineData("Connected to:", null)]
    public void The_board_is_known_by_its_chip(string line, string? name) =>
        Assert.Equal(name, FlashTarget.FromDetails([".NET nanoFramework Firmware Flasher", "Connected to:", line])?.Name);

    [Fact]
    public void An_image_is_the_core_library_the_references_and_the_application_each_padded_to_four_bytes()
    {
        Write("HarEdge.Firmware", 9);
        Write("nanoFramework.Runtime.Native", 12);
        Write("System.Device.Gpio", 10);
        Write("mscorlib", 11);
        var image = AppImage.FromFolder(folder);
        Assert.Equal(12 + 12 + 12 + 12, image.Length);
        Assert.Equal("mSnH", string.Concat(Enumerable.Range(0, 4).Select(i => (char)image[(12 * i) + 7])));
        Assert.Equal(0, image[11]);
    }

    [Fact]
    public void A_folder_without_the_application_or_with_other_files_makes_no_image()
    {
        Assert.Contains("HarEdge.Firmware.pe", Assert.Throws<InputException>(() => AppImage.FromFolder(folder)).Message, StringComparison.Ordinal);
        Write("HarEdge.Firmware", 9);
        Write("mscorlib", 9);
        File.WriteAllText(Path.Combine(folder, "Other.pe"), "MZ and so on");
        Assert.Contains("Other.pe", Assert.Throws<InputException>(() => AppImage.FromFolder(folder)).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => AppImage.FromFolder(Path.Combine(folder, "none")));
    }

    [Fact]
    public void The_build_of_the_clone_is_found_release_first()
    {
        Assert.Null(AppImage.FindBuilt(folder));
        foreach (var configuration in new[] { "Debug", "Release" })
        {
            var built = Directory.CreateDirectory(Path.Combine(folder, "firmware/HarEdge.Firmware/bin", configuration)).FullName;
            File.WriteAllText(Path.Combine(built, "HarEdge.Firmware.bin"), "");
            Assert.Contains(configuration, AppImage.FindBuilt(folder), StringComparison.Ordinal);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Marker, version, the file's initial, and so many bytes altogether.
    private void Write(string name, int length) =>
        File.WriteAllText(Path.Combine(folder, name + ".pe"), ("NFMRK2\0" + name[0]).PadRight(length, 'x'));
}
