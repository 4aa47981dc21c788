namespace HarEdge.Trainer.Flashing;

/// <summary>A board the firmware knows, and the nanoFramework runtime for it.</summary>
/// <param name="Name">On the command line.</param>
/// <param name="RuntimeTarget">For nanoff's --target.</param>
/// <param name="BannerName">What the firmware calls the board in its banner.</param>
/// <param name="ChipName">How nanoff's --devicedetails names its chip.</param>
internal sealed record FlashTarget(string Name, string RuntimeTarget, string BannerName, string ChipName)
{
    /// <summary>All of them; a chip's name never begins with that of one after it.</summary>
    public static IReadOnlyList<FlashTarget> All { get; } =
    [
        new("esp32-s3", "ESP32_S3_ALL", "ESP32-S3-DevKit", "ESP32-S3"),
        new("esp32-c3", "ESP32_C3_REV3", "ESP32-C3-DevKit", "ESP32-C3"),
        new("esp32", "ESP32_REV3", "ESP32-DevKit", "ESP32"),
    ];

    /// <summary>The board with a name of <see cref="All"/>.</summary>
    public static FlashTarget Named(string name) => All.Single(target => target.Name == name);

    /// <summary>Reads the chip from what nanoff prints about a device; null when none of ours is named.</summary>
    public static FlashTarget? FromDetails(IEnumerable<string> lines)
    {
        // "ESP32-S3 (ESP32-S3 (QFN56) (revision v0.2))", "ESP32-D0WDQ6 …"; other chips of the family end in another letter.
        var chip = lines.Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("ESP32", StringComparison.Ordinal));
        if (chip is null)
        {
            return null;
        }

        var isClassic = chip.StartsWith("ESP32 ", StringComparison.Ordinal) || chip == "ESP32"
            || new[] { "ESP32-D", "ESP32-U", "ESP32-PICO" }.Any(prefix => chip.StartsWith(prefix, StringComparison.Ordinal));
        return isClassic ? All[^1] : All.SkipLast(1).FirstOrDefault(target => chip.StartsWith(target.ChipName, StringComparison.Ordinal));
    }
}
