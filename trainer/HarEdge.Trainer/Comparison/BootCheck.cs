using HarEdge.Trainer.Telemetry;

namespace HarEdge.Trainer.Comparison;

/// <summary>What is known about the self-test with known answers, which a device does once, when it boots.</summary>
internal enum BootOutcome
{
    /// <summary>The device was running before anyone listened.</summary>
    NotSeen,

    /// <summary>All known answers of the desktop's model agree.</summary>
    Passed,

    /// <summary>One differs.</summary>
    Failed,

    /// <summary>They agree, but there are not as many as the desktop's model has.</summary>
    Incomplete,
}

/// <summary>Watches for the outcome of the boot self-test.</summary>
/// <param name="knownAnswers">How many the desktop's model has; asked only when a self-test is seen.</param>
internal sealed class BootCheck(Func<int> knownAnswers)
{
    /// <summary>As far as known.</summary>
    public BootOutcome Outcome { get; private set; }

    /// <summary>Windows the device checked.</summary>
    public int Checks { get; private set; }

    /// <summary>Index of the first known answer that differs, or −1.</summary>
    public int FirstFailure { get; private set; } = -1;

    /// <summary>Takes the next record.</summary>
    public void Take(TelemetryRecord record)
    {
        if (record is SelfTestRecord { Test: "MODEL" } test)
        {
            Checks = test.Checks;
            FirstFailure = test.FirstFailure;
            Outcome = test.Outcome != "PASS" ? BootOutcome.Failed : test.Checks == knownAnswers() ? BootOutcome.Passed : BootOutcome.Incomplete;
        }
        else if (record is EventRecord { Code: "HALTED" })
        {
            Outcome = BootOutcome.Failed;
        }
    }
}
