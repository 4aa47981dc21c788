using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using HarEdge.Cli.Monitoring;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Cli.Twin;
using HarEdge.Cli.Web;
using HarEdge.DeviceTwin;
using HarEdge.Trainer.CodeGeneration;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge play</c>: a wearer, a device and its page in one command.</summary>
internal sealed class PlayCommand
{
    private readonly ModelOption model = new();
    private readonly DataOptions data = new();

    private readonly Option<string?> port = new("--port")
    {
        Description = "Play the board on this serial port, instead of a simulated one.",
        HelpName = "PORT",
    };

    private readonly Option<int> webPort = NumberOption.Whole("--web-port", "TCP port of the page; 0 for any free one.", MonitorCommand.UsualPagePort, 0, 65535);
    private readonly Option<bool> noBrowser = new("--no-browser") { Description = "Only say where the page is, and open no browser." };
    private readonly Option<double?> seconds = NumberOption.Real("--seconds", "Stop after this long.", "N");

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new PlayCommand();
        var verb = new Verb("play", "Shows a device decide what its wearer does, on a page in the browser, with the truth beside it: nothing else is needed.")
        {
            Examples =
            [
                new("a simulated device on an invented person, and buttons that make it hard", "haredge play"),
                new("your own model on your own recording", "haredge play --model runs/hapt --data hapt.zip"),
                new("the board on a port", "haredge play --port /dev/ttyUSB0"),
            ],
        };
        command.model.AddTo(verb);
        command.data.AddTo(verb);
        Option[] others = [command.port, command.webPort, command.noBrowser, command.seconds];
        foreach (var option in others)
        {
            verb.Options.Add(option);
        }

        verb.Validators.Add(result =>
        {
            if (result.GetValue(command.port) is not null && command.data.IsNamed(result))
            {
                result.AddError("--port and --data cannot be combined: a real board feels what it feels.");
            }
        });
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        if (parsed.GetValue(port) is { } name)
        {
            using var board = new SerialPortSource(name);
            return Watch(parsed, terminal, board, model.LoadForDevice(parsed), null, cancellation);
        }

        var loaded = model.Load(parsed, data);
        var sets = data.ReadFor(parsed, loaded, terminal, cancellation);
        using var compiled = GeneratedSources.Of(loaded).Compile();
        using var device = new PlayedDevice(
            new SimulatedDevice(compiled.Classifier, compiled.KnownAnswers, TwinOptions.ForRecordings),
            new PlayedWearer([.. sets.SelectMany(set => set.Recordings)], data.IsNamed(parsed) ? null : AtTheWrist(sets, loaded)),
            label => label < 0 ? -1 : IndexOf(loaded.Classes, sets[0].Classes[label]),
            loaded.Signal.WindowSamples,
            WearersOf(sets));
        return Watch(parsed, terminal, device, [loaded], device, cancellation);
    }

    private static string WearersOf(IReadOnlyList<DataSet> sets)
    {
        var people = string.Join(", ", sets.SelectMany(set => set.Recordings).Select(recording => recording.Subject).Distinct());
        return sets.All(set => set.IsSynthetic)
            ? $"This is a simulated device on invented people ({people}) whom its model has never seen."
            : $"This is a simulated device, worn by people of {DataNames.Of(sets)}: {people}.";
    }

    // The same invented people, with the sensor elsewhere.
    private static List<Recording> AtTheWrist(IReadOnlyList<DataSet> sets, FixedPointModel model)
    {
        var people = sets.SelectMany(set => set.Recordings).Select(recording => recording.Subject).ToHashSet(StringComparer.Ordinal);
        var options = new SyntheticOptions { Placement = SyntheticPlacement.Wrist, Range = model.Signal.Range };
        return [.. SyntheticWearer.Create(options).Recordings.Where(recording => people.Contains(recording.Subject))];
    }

    private static int IndexOf(IReadOnlyList<string> classes, string name)
    {
        for (var c = 0; c < classes.Count; c++)
        {
            if (classes[c] == name)
            {
                return c;
            }
        }

        return -1;
    }

    private int Watch(
        ParseResult parsed, Terminal terminal, IByteSource source, IReadOnlyList<FixedPointModel> models, PlayedDevice? played, CancellationToken cancellation)
    {
        var session = new MonitorSession(source, terminal, isPort: true) { TellsAlarms = true, EndSeconds = parsed.GetValue(seconds) };
        using var page = new WebPage(
            parsed.GetValue(webPort),
            feed => new WebView(feed, source.Name, session.Clock, new ScoreWatch(models, session.Link))
            {
                Truth = played is null ? null : played.TruthAt,
                Play = played is null ? null : played.Snapshot,
            },
            played is null ? null : played.Press);
        terminal.Say($"Open {page.Address} in a browser on this machine. Ctrl-C ends it.");
        if (!parsed.GetValue(noBrowser))
        {
            OpenBrowser(page.Address);
        }

        session.Run(page.View, cancellation);
        terminal.Next("haredge demo makes such a model; haredge doctor shows what a real device needs.");
        return 0;
    }

    // Where there is no desktop the address that was told has to do.
    private static void OpenBrowser(Uri address)
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("DISPLAY") is null && Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is null)
        {
            return;
        }

        try
        {
            using var browser = Process.Start(new ProcessStartInfo(address.ToString()) { UseShellExecute = true });
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            // No browser is set up.
        }
    }
}
