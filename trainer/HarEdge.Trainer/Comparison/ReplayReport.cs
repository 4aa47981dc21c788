namespace HarEdge.Trainer.Comparison;

/// <summary>Recordings replayed to a device: both sides' answers, against each other and against the labels.</summary>
internal sealed record ReplayReport
{
    /// <summary>Recordings replayed, the last perhaps in part.</summary>
    public required int Recordings { get; init; }

    /// <summary>Samples the device stepped.</summary>
    public required long Samples { get; init; }

    /// <summary>Windows both sides answered.</summary>
    public required int Windows { get; init; }

    /// <summary>Windows that differ in any bit, or that one side lacks although no line was lost.</summary>
    public required int Divergences { get; init; }

    /// <summary>Decisions that did not arrive because lines were lost on the wire.</summary>
    public required int LostDecisions { get; init; }

    /// <summary>Blocks sent more than once.</summary>
    public required int Resent { get; init; }

    /// <summary>The first divergence.</summary>
    public Divergence? First { get; init; }

    /// <summary>The device's answers against the labels; null when no window has a label the model knows.</summary>
    public SideScores? Device { get; init; }

    /// <summary>The desktop's answers on the same windows.</summary>
    public SideScores? Desktop { get; init; }

    /// <summary>From sending a block that completes a window to the decision's line.</summary>
    public LatencySummary? Decision { get; init; }

    /// <summary>From sending a block that completes none to its acknowledgement: the way there and back.</summary>
    public LatencySummary? Echo { get; init; }
}
