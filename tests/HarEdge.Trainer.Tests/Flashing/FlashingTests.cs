using HarEdge.Trainer.Flashing;

namespace HarEdge.Trainer.Tests.Flashing;

public sealed class FlashingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("haredge-flash-").FullName;

    // Names of nanoFramework's image repository since the renaming of June 2026.
    private static readonly HashSet<string> Listed =
        ["ESP32_REV0", "ESP32_REV3", "ESP32_PSRAM_REV0", "ESP32_PSRAM_REV3", "ESP32_PSRAM_XTAL26_REV0", "ESP32_PICO", "ESP32_C3", "ESP32_C3_BETA", "ESP32_S3_OCTAL", "ESP32_S3_QUAD", "ESP32_S2"];

    [Fact]
    public void The_commands_are_those_of_nanoff()
    {
        var runtime = new RuntimeTarget("ESP32_REV3", "");
        Assert.Equal("nanoff --update --target ESP32_REV3 --serialport COM3 --masserase", NanoffCommand.Update(runtime, "COM3").ToString());
        Assert.Equal("nanoff --target ESP32_REV3 --serialport COM3 --deploy --image \"my App.bin\"", NanoffCommand.Deploy(runtime, "COM3", "my App.bin").ToString());
        Assert.Equal("nanoff --listtargets --platform esp32", NanoffCommand.ListTargets().ToString());
        Assert.Equal("nanoff --platform esp32 --serialport COM3 --devicedetails", NanoffCommand.Details("COM3").ToString());
    }

    [Theory]
    [InlineData("ESP32 (ESP32-D0WD-V3 (revision v3.1))", "undetermined", "40MHz", "esp32", "ESP32_REV3", "revision 3")]
    [InlineData("ESP32 (ESP32-D0WDQ6 (revision v1.0))", "undetermined", "40MHz", "esp32", "ESP32_REV0", "older than revision 3")]
    [InlineData("ESP32 (ESP32-D0WDR2-V3 (revision v3.0))", "2MB", "40MHz", "esp32", "ESP32_PSRAM_REV3", "with PSRAM")]
    [InlineData("ESP32 (ESP32-PICO-D4 (revision v1.0))", "undetermined", "40MHz", "esp32", "ESP32_PICO", "flash inside")]
    [InlineData("ESP32 (ESP32-D0WD-V3 (revision v3.1))", "undetermined", "26MHz", "esp32", "ESP32_PSRAM_XTAL26_REV0", "26 MHz")]
    [InlineData("ESP32-S3 (ESP32-S3 (QFN56) (revision v0.2))", "8MB", "40MHz", "esp32-s3", "ESP32_S3_OCTAL", "8 MB")]
    [InlineData("ESP32-S3 (ESP32-S3 (QFN56) (revision v0.2))", "undetermined", "40MHz", "esp32-s3", "ESP32_S3_OCTAL", "--target ESP32_S3_QUAD")]
    [InlineData("ESP32-S3 (ESP32-S3 (QFN56) (revision v0.1))", "2MB", "40MHz", "esp32-s3", "ESP32_S3_QUAD", "2 MB")]
    [InlineData("ESP32-C3 (ESP32-C3 (QFN32) (revision v0.4))", "not available", "40MHz", "esp32-c3", "ESP32_C3", "QFN32")]
    [InlineData("ESP32-C3 (ESP32-C3 (QFN32) (revision v0.2))", "not available", "40MHz", "esp32-c3", "ESP32_C3_BETA", "older than revision 0.3")]
    public void Board_and_runtime_are_chosen_by_the_chip_with_the_reason(string line, string psram, string crystal, string board, string runtime, string why)
    {
        var chip = ChipDetails.Parse(Printed(line, psram, crystal))!;
        Assert.Equal(board, BoardType.OfChip(chip.Type)!.Name);
        var chosen = RuntimeTarget.For(chip, Listed);
        Assert.Equal(runtime, chosen.Name);
        Assert.Contains(why, chosen.Why, StringComparison.Ordinal);
        Assert.Equal(board, BoardType.OfRuntime(runtime).Name);
    }

    [Theory]
    [InlineData("ESP32-S2", "ESP32-S2")]
    [InlineData("ESP32-C6 (ESP32-C6 (QFN40) (revision v0.0))", "ESP32-C6")]
    public void A_chip_without_a_board_is_named(string line, string type)
    {
        Assert.Equal(type, ChipDetails.Parse(Printed(line, "undetermined", "40MHz"))!.Type);
        Assert.Null(BoardType.OfChip(type));
    }

    [Fact]
    public void Nothing_is_known_of_a_chip_when_nanoff_does_not_connect() =>
        Assert.Null(ChipDetails.Parse([".NET nanoFramework Firmware Flasher v3", "Reading details from chip...", "Error E4000: Error executing ESP32 serial command."]));

    [Fact]
    public void A_runtime_that_is_not_listed_any_more_gives_way_to_one_that_runs_as_well_or_is_refused()
    {
        var old = new ChipDetails("ESP32", "ESP32-D0WDQ6 (revision v1.0)");
        var chosen = RuntimeTarget.For(old, new HashSet<string> { "ESP32_PSRAM_REV0", "ESP32_C3" });
        Assert.Equal("ESP32_PSRAM_REV0", chosen.Name);
        Assert.Contains("ESP32_REV0 is not listed any more", chosen.Why, StringComparison.Ordinal);
        var refused = Assert.Throws<InputException>(() => RuntimeTarget.For(old, new HashSet<string> { "ESP32_REV1", "ST_NUCLEO64_F091RC" }));
        Assert.Contains("Did you mean ESP32_REV1?", refused.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ESP32_S3_ALL", "Did you mean ESP32_S3_OCTAL (or ESP32_S3_QUAD")]
    [InlineData("ESP32_C3_REV3", "Did you mean ESP32_C3?")]
    [InlineData("ESP32_S3_QAUD", "Did you mean ESP32_S3_QUAD?")]
    [InlineData("M5CORE", "nanoff --listtargets")]
    public void A_named_runtime_that_does_not_exist_is_answered_with_the_one_that_was_meant(string name, string remedy)
    {
        var refused = Assert.Throws<InputException>(() => RuntimeTarget.Named(name, Listed));
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(remedy, refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_of_runtimes_has_names_without_versions_and_an_empty_one_says_nothing()
    {
        string[] printed = [".NET nanoFramework Firmware Flasher v3", "", "Available targets:", "  ESP32_REV3", "    1.17.0.285", "    1.17.0.280", "  ESP32_C3", "    1.17.0.285"];
        Assert.Equal(["ESP32_C3", "ESP32_REV3"], RuntimeTarget.ParseList(printed)!.Order());
        Assert.Null(RuntimeTarget.ParseList(printed.Take(3)));
        Assert.Equal("ESP32_REV3", RuntimeTarget.Named("ESP32_REV3", listed: null).Name);
        Assert.Throws<InputException>(() => RuntimeTarget.Named("ESP32_S3_ALL", listed: null));
    }

    [Fact]
    public void An_image_is_the_core_library_the_references_and_the_application_each_padded_to_four_bytes()
    {
        Write("HarEdge.Firmware", 9);
        Write("nanoFramework.Runtime.Native", 12);
        Write("System.Device.Gpio", 10);
        Write("mscorlib", 11);
        var image = AppImage.FromFolder(folder, AppImage.Firmware);
        Assert.Equal(12 + 12 + 12 + 12, image.Length);
        Assert.Equal("mSnH", string.Concat(Enumerable.Range(0, 4).Select(i => (char)image[(12 * i) + 7])));
        Assert.Equal(0, image[11]);
    }

    [Fact]
    public void A_folder_without_the_application_or_with_other_files_makes_no_image()
    {
        Assert.Contains("HarEdge.Firmware.pe", Assert.Throws<InputException>(() => AppImage.FromFolder(folder, AppImage.Firmware)).Message, StringComparison.Ordinal);
        Write("HarEdge.Firmware", 9);
        Write("mscorlib", 9);
        File.WriteAllText(Path.Combine(folder, "Other.pe"), "MZ and so on");
        Assert.Contains("Other.pe", Assert.Throws<InputException>(() => AppImage.FromFolder(folder, AppImage.Firmware)).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => AppImage.FromFolder(Path.Combine(folder, "none"), AppImage.Firmware));
    }

    [Fact]
    public void The_build_of_the_clone_is_found_release_first()
    {
        Assert.Null(AppImage.FindBuilt(folder, AppImage.Firmware));
        foreach (var configuration in new[] { "Debug", "Release" })
        {
            var built = Directory.CreateDirectory(Path.Combine(folder, "firmware/HarEdge.Firmware/bin", configuration)).FullName;
            File.WriteAllText(Path.Combine(built, "HarEdge.Firmware.bin"), "");
            Assert.Contains(configuration, AppImage.FindBuilt(folder, AppImage.Firmware), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_is_no_application_is_refused_before_it_is_flashed()
    {
        var file = Path.Combine(folder, "nanoCLR.bin");
        File.WriteAllText(file, "\u00e9 and so on");
        Assert.Contains("does not begin with NFMRK", Assert.Throws<InputException>(() => AppImage.Verify(file)).Message, StringComparison.Ordinal);
        File.WriteAllText(file, "NF");
        Assert.Throws<InputException>(() => AppImage.Verify(file));
        Assert.Throws<InputException>(() => AppImage.Verify(file + "x"));
        File.WriteAllText(file, "NFMRK2");
        AppImage.Verify(file);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // As nanoff prints it: Esp32Manager.DoProcessAsync and Esp32DeviceInfo.ToString of nanoframework/nanoFirmwareFlasher, July 2026.
    private static string[] Printed(string chip, string psram, string crystal) =>
    [
        ".NET nanoFramework Firmware Flasher v3.0.1", "Copyright (C) 2019 .NET Foundation and nanoFramework project contributors", "", "Reading details from chip...OK", "", "Connected to:", chip,
        "Features Wi-Fi, BT, Dual Core, 240MHz", "Flash size 4MB WINBOND_NEX_W25Q32_V from WINBOND_NEX (manufacturer 0xEF device 0x4016)", $"PSRAM: {psram}", $"Crystal {crystal}", "MAC 30:AE:A4:00:11:22", "",
    ];

    // Marker, version, the file's initial, and so many bytes altogether.
    private void Write(string name, int length) =>
        File.WriteAllText(Path.Combine(folder, name + ".pe"), ("NFMRK2\0" + name[0]).PadRight(length, 'x'));
}
