namespace HarEdge.Trainer.Diagnosis;

/// <summary>How a check came out.</summary>
internal enum CheckState
{
    /// <summary>All is well.</summary>
    Good,

    /// <summary>Worth knowing; nothing fails because of it.</summary>
    Note,

    /// <summary>Something will not work.</summary>
    Bad,

    /// <summary>It could not be checked.</summary>
    Skipped,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="State">How it came out.</param>
/// <param name="Check">What was looked at, two or three words.</param>
/// <param name="Finding">What was found, one sentence.</param>
/// <param name="Why">Why it matters, one sentence; null when all is well.</param>
/// <param name="Remedy">What to do, one sentence; null when all is well.</param>
internal sealed record CheckResult(CheckState State, string Check, string Finding, string? Why = null, string? Remedy = null)
{
    /// <summary>All is well.</summary>
    public static CheckResult Good(string check, string finding) => new(CheckState.Good, check, finding);
}
