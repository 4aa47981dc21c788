using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Trainer.Flashing;

/// <summary>Waits for a freshly flashed device to say who it is, and checks that it is the one that was meant.</summary>
/// <param name="source">Its console.</param>
/// <param name="model">The model it should carry.</param>
/// <param name="knownAnswers">Tells how many known answers the model has.</param>
internal sealed class BootWatch(IByteSource source, FixedPointModel model, Func<int> knownAnswers)
{
    private const int CheckFailed = 3;

    /// <summary>Listens.</summary>
    /// <param name="board">The board it should be; null for any.</param>
    /// <param name="longest">Time to give up after.</param>
    /// <param name="cancellation">Gives up at once.</param>
    /// <returns>Its banner; its self-test passed, if it was seen.</returns>
    /// <exception cref="InputException">Silence, another model or board, or a failed self-test (exit code 3).</exception>
    public (BannerRecord Banner, BootOutcome Boot) Run(BoardType? board, bool isNamed, TimeSpan longest, CancellationToken cancellation)
    {
        var listener = new DeviceListener(source);
        var boot = new BootCheck(knownAnswers);
        BannerRecord? banner = null;
        listener.Heard += record =>
        {
            banner = record as BannerRecord ?? banner;
            boot.Take(record);
        };

        // A decision shows that the boot, with its self-test, was over before anyone listened.
        var isOver = false;
        listener.Heard += record => isOver |= record is DecisionRecord or HealthRecord;
        listener.Until(() => banner is not null && (isOver || boot.Outcome != BootOutcome.NotSeen), longest, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (banner is null)
        {
            throw new InputException(
                $"The board was flashed, but did not say who it is in {longest.TotalSeconds:0} seconds.",
                $"Press its reset button; if it stays silent: haredge doctor --port {source.Name}.",
                CheckFailed);
        }

        DeviceIdentity.Verify(banner, model);
        if (board is not null && (isNamed ? banner.Board != board.BannerName : !board.HasChipOf(banner.Board)))
        {
            throw new InputException(
                $"The device says it is a {banner.Board}, not a {board.BannerName}.",
                "Flash it again with the --board it is, or set DeviceSettings.BoardKind and build: pins and sleep differ.",
                CheckFailed);
        }

        return boot.Outcome is BootOutcome.Failed or BootOutcome.Incomplete
            ? throw new InputException(
                boot.Outcome == BootOutcome.Failed
                    ? $"The device failed its self-test at known answer {boot.FirstFailure}: it reports no activity."
                    : $"The device checked {boot.Checks} known answers, the model has another number.",
                "Generate both files of the model again (haredge generate), build and flash; if it stays, report the runtime's version.",
                CheckFailed)
            : (banner, boot.Outcome);
    }
}

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
        new("m5stickc-plus", "M5StickC-Plus", "ESP32"),
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
