using System.CommandLine;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Twin;

/// <summary><c>haredge twin</c>: the simulated device as a device to talk to.</summary>
internal sealed class TwinCommand
{
    private const string Real = "real";
    private const string Fast = "fast";

    // A reader that has not read the rest by then reads no more.
    private const int LongestDrainMs = 2000;

    private readonly ModelOption model = new();
    private readonly DataOptions data = new();

    private readonly Option<bool> pty = new("--pty")
    {
        Description = "Offer a pseudo-terminal, to be opened as the board's port (Linux). Without it, the device's lines go to standard output.",
    };

    private readonly Option<string> speed = new("--speed")
    {
        Description = "As the board would, over and over; or as fast as possible, once through the data.",
        HelpName = $"{Real}|{Fast}",
        DefaultValueFactory = _ => Real,
    };

    private readonly Option<string?> fault = new("--fault")
    {
        Description = "Let this go wrong ten seconds after the start.",
        HelpName = string.Join('|', FaultNames.All),
    };

    private readonly Option<int> faultSeconds = NumberOption.Whole("--fault-seconds", "How long it goes wrong.", 5, 1, 3600);
    private readonly Option<bool> record = new("--record") { Description = "Hold the BOOT button after the start: recording mode, with raw samples." };
    private readonly Option<double?> seconds = NumberOption.Real("--seconds", "Stop after this long, in the device's time.", "N");

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new TwinCommand();
        var verb = new Verb("twin", "Runs the simulated device as a board to watch: on standard output, or as a serial port made of software.")
        {
            Examples =
            [
                new("the demo's model, worn by synthetic people, as its console would show it", "haredge twin --seconds 20"),
                new("a port to open with haredge monitor in another window", "haredge twin --pty"),
                new("the sensor falls off for five seconds", "haredge twin --pty --fault Detached"),
                new("an hour of your own recording in a moment", "haredge twin --data walks.csv --speed fast --seconds 3600"),
            ],
        };
        command.speed.AcceptOnly(Real, Fast);
        command.fault.AcceptOnly(FaultNames.All);
        command.model.AddTo(verb);
        command.data.AddTo(verb);
        Option[] others = [command.pty, command.speed, command.fault, command.faultSeconds, command.record, command.seconds];
        foreach (var option in others)
        {
            verb.Options.Add(option);
        }

        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        using var port = parsed.GetValue(pty) ? new PseudoTerminal() : null;
        var loaded = model.Load(parsed, data);
        var sets = data.ReadFor(parsed, loaded, terminal, cancellation);
        using var compiled = GeneratedSources.Of(loaded).Compile();
        var isFast = parsed.GetValue(speed) == Fast;
        var motion = new WornInTurn([.. sets.SelectMany(set => set.Recordings)], endless: !isFast);
        var options = TwinOptions.ForRecordings with
        {
            DetectsFrozenChannels = parsed.GetValue(fault) == nameof(DeviceFault.FrozenAxis),
            HasCommandPort = port is not null,
        };
        var session = new TwinSession(new SimulatedDevice(compiled.Classifier, compiled.KnownAnswers, options), motion)
        {
            IsPaced = !isFast,
            EndSeconds = parsed.GetValue(seconds),
            Fault = FaultNames.Parse(parsed.GetValue(fault)),
            FaultTime = TimeSpan.FromSeconds(parsed.GetValue(faultSeconds)),
            Records = parsed.GetValue(record),
        };
        terminal.Say($"Simulated device with model {loaded.Id}, worn by {DataNames.Of(sets)}. Ctrl-C switches it off.");
        if (port is null)
        {
            session.Run(terminal.Out.WriteLine, null, cancellation);
            terminal.Next("haredge twin --pty offers a port that haredge monitor reads.");
            return 0;
        }

        terminal.Out.WriteLine(port.PortName);
        terminal.Out.Flush();
        terminal.Next($"haredge monitor --port {port.PortName} in another window.");
        session.Run(new TwinPort(port, waits: isFast, cancellation).WriteLine, port.Read, cancellation);
        port.WaitUntilRead(LongestDrainMs, cancellation);
        return 0;
    }
}

/// <summary>Names of the faults a simulated device can have, as the command line takes them.</summary>
internal static class FaultNames
{
    /// <summary>All of them.</summary>
    public static string[] All { get; } = Enum.GetNames<DeviceFault>();

    /// <summary>The fault of a name; null for no name.</summary>
    public static DeviceFault? Parse(string? name) => name is null ? null : Enum.Parse<DeviceFault>(name);
}
