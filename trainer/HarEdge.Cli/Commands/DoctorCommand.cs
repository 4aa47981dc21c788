using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer;
using HarEdge.Trainer.Diagnosis;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge doctor</c>: everything a newcomer can get wrong, on the machine and on the device.</summary>
internal sealed class DoctorCommand
{
    private readonly ModelOption model = new();
    private readonly SourceOptions source = new();

    private readonly CommandPortOption commandPort = new("the device is asked at once, and where gravity points is examined");

    private readonly Option<int> seconds = NumberOption.Whole("--seconds", "Listen to the device for at most so long.", 75, 1, 3600);
    private readonly Option<bool> noDevice = new("--no-device") { Description = "Examine the machine only." };
    private readonly Option<bool> json = SharedOption.Json("Print the checks as JSON.");

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new DoctorCommand();
        var verb = new Verb(
            "doctor",
            "Looks for everything that can be wrong with machine, port, wiring and sensor, and says how to repair it. "
            + "Exit code 0 when you can go on, 3 when something you need next is missing or wrong; nanoff only counts when a board waits for its firmware.")
        {
            Examples =
            [
                new("the machine, and the device if there is one port", "haredge doctor"),
                new("a device that does not do what it should; press its reset button meanwhile", "haredge doctor --port /dev/ttyUSB0"),
                new("what a monitor has kept", "haredge doctor --file walk.log"),
                new("for a program", "haredge doctor --no-device --json"),
            ],
        };
        command.model.AddTo(verb);
        command.source.AddTo(verb);
        Option[] others = [command.seconds, command.noDevice, command.json];
        foreach (var option in others)
        {
            verb.Options.Add(option);
        }

        command.commandPort.AddTo(verb);
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var loaded = model.LoadForDevice(parsed);
        var ports = SerialPortList.Find();
        var hasDevice = !parsed.GetValue(noDevice) && (source.IsNamed(parsed) || ports.Count == 1);
        var (device, isFlashingNext, isBringUp) = hasDevice ? Examine(parsed, loaded, terminal, cancellation) : ([], false, false);
        List<CheckResult> results = [.. MachineChecks.Run(isFlashingNext), .. PortChecks.Run(), .. device];

        if (parsed.GetValue(json))
        {
            terminal.Out.Write(ReportJson.Format(new { checks = results }));
        }
        else
        {
            Show(terminal, results);
        }

        var bad = results.Count(result => result.State == CheckState.Bad);
        terminal.Next(
            bad > 0 ? $"repair the {bad} {(bad == 1 ? "thing" : "things")} above, the first one first, and run haredge doctor again."
            : isBringUp ? "wiring and sensor are right: haredge flash puts HarEdge on the board."
            : hasDevice ? "haredge compare asks whether the device decides as the desktop."
            : ports.Count > 1 ? $"haredge doctor --port {ports[0].Name} examines a device."
            : "haredge flash, with a board; haredge twin --pty, without one.");
        return bad > 0 ? InputException.CheckFailed : 0;
    }

    private (IReadOnlyList<CheckResult> Results, bool IsFlashingNext, bool IsBringUp) Examine(
        ParseResult parsed, IReadOnlyList<FixedPointModel> loaded, Terminal terminal, CancellationToken cancellation)
    {
        try
        {
            using var opened = source.Open(parsed, terminal);
            using var sink = commandPort.Open(parsed, opened);
            if (opened.IsPort)
            {
                terminal.Say($"Listening to {opened.Name} for up to {parsed.GetValue(seconds)} s. Press the board's reset button now: it reports most at boot.");
            }

            using var examination = new DeviceExamination(opened, loaded);
            var results = examination.Run(TimeSpan.FromSeconds(parsed.GetValue(seconds)), sink is null ? null : new DeviceCommands(sink), cancellation);
            return (results, opened.IsPort && !examination.HasDeviceRecords, examination.HasBringUpReport);
        }
        catch (InputException e) when (e.ExitCode == 1 && source.IsPort(parsed))
        {
            return ([new CheckResult(CheckState.Bad, "port", e.Message, "Every tool needs the port to itself.", e.Remedy)], false, false);
        }
    }

    /// <summary>Prints checks, each with its reason and remedy.</summary>
    internal static void Show(Terminal terminal, IEnumerable<CheckResult> results)
    {
        foreach (var result in results)
        {
            terminal.Out.WriteLine($"{Mark(result.State)} {result.Check}: {result.Finding}");
            if (result.Why is not null)
            {
                terminal.Out.WriteLine($"       why: {result.Why}");
                terminal.Out.WriteLine($"       fix: {result.Remedy}");
            }
        }
    }

    private static string Mark(CheckState state) => state switch
    {
        CheckState.Good => "[good]",
        CheckState.Bad => "[BAD] ",
        CheckState.Note => "[note]",
        _ => "[?]   ",
    };
}
