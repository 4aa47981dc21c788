using System.CommandLine;
using System.Globalization;
using HarEdge.Cli.Monitoring;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Cli.Web;
using HarEdge.Trainer.Telemetry;
using HarEdge.Trainer.Telemetry.Sources;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge monitor</c>: what a device says, live.</summary>
internal sealed class MonitorCommand
{
    /// <summary>TCP port of the page unless another is named.</summary>
    public const int UsualPagePort = 8077;

    private readonly SourceOptions source = new();
    private readonly ModelOption model = new();
    private readonly CommandPortOption commandPort = new("asks the device at once who it is and how it is");

    private readonly Option<bool> csv = new("--csv") { Description = "Decisions as CSV." };
    private readonly Option<bool> json = SharedOption.Json("Every record as a line of JSON.");
    private readonly Option<bool> teleplot = new("--teleplot") { Description = "Numbers for Teleplot; raw signals too when the device records." };
    private readonly Option<bool> plotter = new("--plotter") { Description = "Numbers for the plotter of the Arduino IDE." };
    private readonly Option<bool> web = new("--web") { Description = "Serve a page with everything, for browsers on this machine." };
    private readonly Option<int> webPort = NumberOption.Whole("--web-port", "TCP port of the page; 0 for any free one.", UsualPagePort, 0, 65535);
    private readonly Option<bool> paced = new("--paced") { Description = "Replay a log in its own time, instead of at once." };
    private readonly Option<double?> seconds = NumberOption.Real("--seconds", "Stop after this long.", "N");

    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new MonitorCommand();
        var verb = new Verb("monitor", "Shows what a device decides and how it is: from its serial port, a log, or another program.")
        {
            Examples =
            [
                new("the only board there is, live", "haredge monitor"),
                new("a port by name, with every byte kept", "haredge monitor --port /dev/ttyUSB0 --log walk.log"),
                new("a page with timeline, confidence and raw signals", "haredge monitor --web"),
                new("the same of a log, in its own time", "haredge monitor --file walk.log --paced --web"),
                new("what was kept, as CSV", "haredge monitor --file walk.log --csv"),
                new("from another program's output, which a pipe brings", "haredge monitor - --json"),
            ],
        };
        command.source.AddTo(verb);
        command.model.AddTo(verb);
        command.commandPort.AddTo(verb);
        Option[] others = [command.csv, command.json, command.teleplot, command.plotter, command.web, command.webPort, command.paced, command.seconds];
        foreach (var option in others)
        {
            verb.Options.Add(option);
        }

        verb.Validators.Add(result =>
        {
            Option[] forms = [command.csv, command.json, command.teleplot, command.plotter];
            if (forms.Count(form => result.GetResult(form) is { Implicit: false }) > 1)
            {
                result.AddError("--csv, --json, --teleplot and --plotter cannot be combined.");
            }
        });
        verb.Does((parsed, cancellation) => command.Execute(parsed, terminal, cancellation));
        return verb;
    }

    private int Execute(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        using var bytes = source.Open(parsed, terminal);
        using IByteSource opened = parsed.GetValue(paced) ? new PacedSource(bytes) : bytes;
        using var commands = commandPort.Open(parsed, bytes);
        var chipTime = new ChipTime(() => model.LoadForDevice(parsed));
        var form = Form(parsed, terminal, chipTime);
        var isLive = terminal.OutIsTerminal && form is PlainView;
        var session = new MonitorSession(opened, terminal, bytes.IsPort) { TellsAlarms = !isLive, EndSeconds = parsed.GetValue(seconds) };
        using var page = parsed.GetValue(web) || parsed.GetResult(webPort) is { Implicit: false }
            ? new WebPage(parsed.GetValue(webPort), feed => new WebView(feed, opened.Name, session.Clock, new ScoreWatch(model.LoadForDevice(parsed), session.Link)) { ChipTime = chipTime })
            : null;
        terminal.Say($"Reading {opened.Name}. Ctrl-C ends it.");
        if (page is not null)
        {
            terminal.Say($"Open {page.Address} in a browser on this machine.");
        }

        if (commands is not null)
        {
            new DeviceCommands(commands).Send("INFO");
        }

        if (isLive)
        {
            using var live = new LiveView(terminal, session.Clock) { ChipTime = chipTime };
            Run(session, live, page, terminal, cancellation);
        }
        else
        {
            Run(session, form, page, terminal, cancellation);
        }

        Close(session, terminal);
        if (source.LogPath(parsed) is { } kept)
        {
            terminal.Next($"haredge monitor --file {kept} shows it again, in any form.");
        }

        return 0;
    }

    private static void Run(MonitorSession session, IMonitorView view, WebPage? page, Terminal terminal, CancellationToken cancellation)
    {
        session.Run(page is null ? view : new SeveralViews([view, page.View]), cancellation);
        if (page is null || session.HasTimedOut || cancellation.IsCancellationRequested)
        {
            return;
        }

        page.View.IsEnded = true;
        page.View.Refresh(session.Watch, session.Link, null);
        terminal.Say("All is read. The page stays until Ctrl-C.");
        cancellation.WaitHandle.WaitOne();
    }

    private IMonitorView Form(ParseResult parsed, Terminal terminal, ChipTime chipTime) =>
        parsed.GetValue(csv) ? new CsvView(terminal.Out)
        : parsed.GetValue(json) ? new JsonView(terminal.Out, chipTime)
        : parsed.GetValue(teleplot) || parsed.GetValue(plotter) ? new PlotView(terminal.Out, parsed.GetValue(teleplot))
        : new PlainView(terminal.Out, chipTime);

    private static void Close(MonitorSession session, Terminal terminal)
    {
        var link = session.Link;
        terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{link.Records} records, {session.Watch.Decisions} decisions, link {link.Quality}, {link.Bytes} bytes."));
        terminal.Note(link.Explain());
    }
}
