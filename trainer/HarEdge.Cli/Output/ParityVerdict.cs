using HarEdge.Trainer.Evaluation;

namespace HarEdge.Cli.Output;

/// <summary>What a comparison means for the user, and its exit code.</summary>
internal static class ParityVerdict
{
    private const int ParityFailed = 3;

    /// <summary>Shows both sides of the first mismatch, if there is one.</summary>
    /// <returns>0, or 3 when anything differs.</returns>
    public static int Tell(Terminal terminal, ParityReport report)
    {
        if (report.Mismatches == 0)
        {
            return 0;
        }

        terminal.Say($"error: desktop and device disagree: {report.FirstMismatch}.");
        terminal.Say("  fix: This is a defect of HarEdge, not of your data: report it with the model and the command; do not flash this model.");
        return ParityFailed;
    }
}
