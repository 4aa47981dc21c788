using System.CommandLine;
using System.Runtime.InteropServices;
using HarEdge.Cli.Capturing;
using HarEdge.Cli.Commands;
using HarEdge.Cli.Comparing;
using HarEdge.Cli.Output;
using HarEdge.Cli.Tables;
using HarEdge.Cli.Twin;

namespace HarEdge.Cli;

/// <summary>The table of verbs. A verb is in Commands, or beside the session it starts: Capturing, Comparing, Twin.</summary>
internal static class Program
{
    // What cannot be stopped sooner, such as a native library at work, is left behind: results are written at the end only.
    private static readonly TimeSpan StoppingTime = TimeSpan.FromSeconds(1);

    /// <summary>Runs one command line on the process's own console.</summary>
    /// <returns>0 done, 1 failed, 2 misused, 3 a parity check or another check failed, 130 stopped by Ctrl-C.</returns>
    public static async Task<int> Main(string[] args)
    {
        var terminal = Terminal.OfProcess();
        using var stop = new CancellationTokenSource();
        var stopped = new TaskCompletionSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            if (stopped.TrySetResult())
            {
                terminal.Say("Stopping. Ctrl-C again ends it at once.");
                stop.Cancel();
            }
            else
            {
                Environment.Exit(ErrorReport.Stopped);
            }
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var run = CommandLineRun.Of(args, terminal, stop.Token);
        var abandoned = stopped.Task.ContinueWith(_ => Task.Delay(StoppingTime), TaskScheduler.Default).Unwrap();
        return await Task.WhenAny(run, abandoned) == run ? await run : ErrorReport.Failed(terminal, new OperationCanceledException());
    }

    /// <summary>All verbs, writing to a terminal, in the order a newcomer meets them.</summary>
    public static RootCommand Verbs(Terminal terminal) => new(
        "Turns recordings of people moving into a fixed-point activity classifier for .NET nanoFramework wearables, "
        + "and checks bit for bit that desktop and device agree.")
    {
        DemoCommand.Create(terminal),
        PlayCommand.Create(terminal),
        DataCommand.Create(terminal),
        ExploreCommand.Create(terminal),
        TrainCommand.Create(terminal),
        SearchCommand.Create(terminal),
        AblateCommand.Create(terminal),
        TeachersCommand.Create(terminal),
        PredictCommand.Create(terminal),
        FeaturesCommand.Create(terminal),
        EvaluateCommand.Create(terminal),
        RobustnessCommand.Create(terminal),
        LosoCommand.Create(terminal),
        PersonalCommand.Create(terminal),
        ResultsCommand.Create(terminal),
        GenerateCommand.Create(terminal),
        SimulateCommand.Create(terminal),
        NewCommand.Create(terminal),
        WiringCommand.Create(terminal),
        FlashCommand.Create(terminal),
        DoctorCommand.Create(terminal),
        TwinCommand.Create(terminal),
        MonitorCommand.Create(terminal),
        RecordCommand.Create(terminal),
        CompareCommand.Create(terminal),
        CostCommand.Create(terminal),
        VerifyOnNanoClrCommand.Create(terminal),
        CheckFirmwareCommand.Create(terminal),
    };
}
