namespace HarEdge.Trainer.Flashing;

/// <summary>A board the firmware knows.</summary>
/// <param name="Name">On the command line.</param>
/// <param name="BannerName">What the firmware calls the board in its banner.</param>
/// <param name="ChipType">How nanoff calls its chip.</param>
internal sealed record BoardType(string Name, string BannerName, string ChipType)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<BoardType> All { get; } =
    [
        new("esp32", "ESP32-DevKit", "ESP32"),
        new("esp32-s3", "ESP32-S3-DevKit", "ESP32-S3"),
        new("esp32-c3", "ESP32-C3-DevKit", "ESP32-C3"),
        new("xiao-esp32-s3", "XIAO-ESP32-S3", "ESP32-S3"),
        new("xiao-esp32-c3", "XIAO-ESP32-C3", "ESP32-C3"),
    ];

    /// <summary>The board with a name of <see cref="All"/>.</summary>
    public static BoardType Named(string name) => All.Single(board => board.Name == name);

    /// <summary>Whether a banner is one of a board with this chip; its pins may be another board's.</summary>
    public bool HasChipOf(string bannerName) => All.FirstOrDefault(board => board.BannerName == bannerName)?.ChipType == ChipType;

    /// <summary>The board for a chip, of several the chip's own development board; null for a chip the firmware has no pins for.</summary>
    public static BoardType? OfChip(string chipType) => All.FirstOrDefault(board => board.ChipType == chipType);

    /// <summary>The board the firmware takes a runtime for: firmware/HarEdge.Firmware/Board.cs goes by the beginning of the target's name, and by default to the classic ESP32.</summary>
    public static BoardType OfRuntime(string target) =>
        All.FirstOrDefault(board => board.ChipType.Contains('-', StringComparison.Ordinal) && target.StartsWith(board.ChipType.Replace('-', '_'), StringComparison.Ordinal)) ?? All[0];
}
