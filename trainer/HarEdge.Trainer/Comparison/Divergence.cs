namespace HarEdge.Trainer.Comparison;

/// <summary>A window on which device and desktop differ, or which only one of them has.</summary>
/// <param name="Place">Which window, in words: the beginning of a sentence.</param>
/// <param name="Sample">The device's number of the window's last sample.</param>
/// <param name="Desktop">The desktop's side; null when it has no such window.</param>
/// <param name="Device">The device's side; null when it said nothing.</param>
internal sealed record Divergence(string Place, int Sample, WindowVerdict? Desktop, WindowVerdict? Device)
{
    /// <summary>Both sides in one sentence.</summary>
    public string Describe(IReadOnlyList<string> classes) =>
        $"{Place}: the desktop says {Side(Desktop, classes)}, the device {Side(Device, classes)}";

    private static string Side(WindowVerdict? side, IReadOnlyList<string> classes) => side?.Describe(classes) ?? "nothing";
}
