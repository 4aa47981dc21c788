using System.CommandLine;
using HarEdge.Cli.Commands;
using HarEdge.Cli.Output;

namespace HarEdge.Cli;

/// <summary>The table of verbs. Each verb is one file in Commands.</summary>
public static class Program
{
    /// <summary>Runs one command line on the process's own console.</summary>
    /// <returns>0 done, 1 failed, 2 misused, 3 a parity check or another check failed, 130 stopped by Ctrl-C.</returns>
    public static Task<int> Main(string[] args) => CommandLineRun.Of(args, Terminal.OfProcess());

    /// <summary>All verbs, writing to a terminal, in the order a newcomer meets them.</summary>
    public static RootCommand Verbs(Terminal terminal) => new(
        "Turns recordings of people moving into a fixed-point activity classifier for .NET nanoFramework wearables, "
        + "and checks bit for bit that desktop and device agree.")
    {
        DemoCommand.Create(terminal),
        DataCommand.Create(terminal),
        TrainCommand.Create(terminal),
        SearchCommand.Create(terminal),
        AblateCommand.Create(terminal),
        TeachersCommand.Create(terminal),
        EvaluateCommand.Create(terminal),
        RobustnessCommand.Create(terminal),
        LosoCommand.Create(terminal),
        PersonalCommand.Create(terminal),
        ResultsCommand.Create(terminal),
        GenerateCommand.Create(terminal),
        SimulateCommand.Create(terminal),
        FlashCommand.Create(terminal),
        DoctorCommand.Create(terminal),
        TwinCommand.Create(terminal),
        MonitorCommand.Create(terminal),
        RecordCommand.Create(terminal),
        CompareCommand.Create(terminal),
        CostCommand.Create(terminal),
        VerifyOnNanoClrCommand.Create(terminal),
    };
}
