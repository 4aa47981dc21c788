using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;

namespace HarEdge.Cli.Comparing;

/// <summary>What a comparison with a device found.</summary>
/// <param name="Source">Where the device was.</param>
/// <param name="Model">The desktop's model that the device carries.</param>
/// <param name="Banner">Who it is.</param>
/// <param name="Boot">Its known answers.</param>
/// <param name="Live">Its own samples.</param>
/// <param name="Replay">Recordings sent to it; null when there was no way to send.</param>
/// <param name="Replayed">What they are of; null likewise.</param>
/// <param name="Timing">What its last report says a decision took on the chip; null before the first.</param>
/// <param name="Link">What the wire lost.</param>
internal sealed record DeviceCompareReport(
    string Source,
    FixedPointModel Model,
    BannerRecord Banner,
    BootCheck Boot,
    LiveComparison Live,
    ReplayReport? Replay,
    IReadOnlyList<DataSet>? Replayed,
    TimingRecord? Timing,
    LinkStatistics Link)
{
    /// <summary>Whether anything differs.</summary>
    public bool Differs => Boot.Outcome is BootOutcome.Failed or BootOutcome.Incomplete || Live.Divergences > 0 || Replay is { Divergences: > 0 };

    /// <summary>Whether any window was compared after the boot.</summary>
    public bool IsEmpty => Live.Windows == 0 && Replay is not { Windows: > 0 };
}
