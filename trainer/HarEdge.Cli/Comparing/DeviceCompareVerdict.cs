using HarEdge.Cli.Output;
using HarEdge.Trainer.Comparison;
using HarEdge.Trainer.FixedPoint;

namespace HarEdge.Cli.Comparing;

/// <summary>What a comparison with a device means for the user, and its exit code.</summary>
internal static class DeviceCompareVerdict
{
    private const int Failed = 1;
    private const int CheckFailed = 3;

    /// <summary>Tells it.</summary>
    /// <returns>0 when everything compared is equal, 3 when anything differs, 1 when nothing was compared.</returns>
    public static int Tell(Terminal terminal, DeviceCompareReport report, FixedPointModel model)
    {
        foreach (var sentence in report.Link.Explain())
        {
            terminal.Say("note: " + sentence);
        }

        if ((report.Live.First ?? report.Replay?.First) is { } first)
        {
            return Refuse(
                terminal,
                $"Device and desktop disagree. {first.Describe(model.Classes)}.",
                "Update the board's runtime (haredge flash) and compare again; if it stays, report it with the log that haredge monitor --log keeps.",
                CheckFailed);
        }

        if (report.Differs)
        {
            return Refuse(
                terminal,
                report.Boot.Outcome == BootOutcome.Failed
                    ? $"The device failed its self-test at known answer {report.Boot.FirstFailure}, so it reports no activity."
                    : $"The device checked {report.Boot.Checks} known answers at boot, the desktop's model has another number.",
                "Generate both files of the model again (haredge generate), build, flash, and compare again.",
                CheckFailed);
        }

        if (report.IsEmpty)
        {
            return Refuse(
                terminal,
                "Nothing could be compared: no window came with all its raw samples.",
                "Hold BOOT for two seconds while this listens, or wire the second UART and give --command-port.",
                Failed);
        }

        terminal.Next("wear it, and watch it with haredge monitor.");
        return 0;
    }

    private static int Refuse(Terminal terminal, string message, string remedy, int exitCode)
    {
        terminal.Say("error: " + message);
        terminal.Say("  fix: " + remedy);
        return exitCode;
    }
}
