using System.CommandLine;
using System.Globalization;
using HarEdge.Cli.Monitoring;
using HarEdge.Cli.Options;
using HarEdge.Cli.Output;
using HarEdge.Trainer.Telemetry.Sources;
using Spectre.Console;

namespace HarEdge.Cli.Commands;

/// <summary><c>haredge monitor</c>: what a device says, live.</summary>
internal sealed class MonitorCommand
{
    private readonly SourceOptions source = new();

    private readonly Option<string?> log = new("--log")
    {
        Description = "Keep every byte with its time in this new file, which --file reads again.",
        HelpName = "FILE",
    };

    private readonly Option<bool> csv = new("--csv") { Description = "Decisions as CSV." };
    private readonly Option<bool> json = new("--json") { Description = "Every record as a line of JSON." };
    private readonly Option<bool> teleplot = new("--teleplot") { Description = "Numbers for Teleplot; raw signals too when the device records." };
    private readonly Option<bool> plotter = new("--plotter") { Description = "Numbers for the plotter of the Arduino IDE." };
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
                new("what was kept, as CSV", "haredge monitor --file walk.log --csv"),
                new("from another program's output, which a pipe brings", "haredge monitor - --json"),
            ],
        };
        command.source.AddTo(verb);
        Option[] others = [command.log, command.csv, command.json, command.teleplot, command.plotter, command.seconds];
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
        using var opened = source.Open(parsed, terminal);
        using var kept = parsed.GetValue(log) is { } path ? new ByteLog(path) : null;
        var isLive = terminal.OutIsTerminal && Form(parsed, terminal) is PlainView;
        var session = new MonitorSession(opened, kept, terminal) { TellsAlarms = !isLive, EndSeconds = parsed.GetValue(seconds) };
        terminal.Say($"Reading {opened.Name}. Ctrl-C ends it.");
        if (isLive)
        {
            terminal.Pretty.Live(LiveView.Picture(session.Watch, session.Link, session.Trouble)).Start(context => session.Run(new LiveView(context), cancellation));
        }
        else
        {
            session.Run(Form(parsed, terminal), cancellation);
        }

        Close(session, terminal);
        if (kept is not null)
        {
            terminal.Next($"haredge monitor --file {parsed.GetValue(log)} shows it again, in any form.");
        }

        return 0;
    }

    private IMonitorView Form(ParseResult parsed, Terminal terminal) =>
        parsed.GetValue(csv) ? new CsvView(terminal.Out)
        : parsed.GetValue(json) ? new JsonView(terminal.Out)
        : parsed.GetValue(teleplot) || parsed.GetValue(plotter) ? new PlotView(terminal.Out, parsed.GetValue(teleplot))
        : new PlainView(terminal.Out);

    private static void Close(MonitorSession session, Terminal terminal)
    {
        var link = session.Link;
        terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{link.Records} records, {session.Watch.Decisions} decisions, link {link.QualityPercent:0.0} %, {link.Bytes} bytes."));
        foreach (var sentence in link.Explain())
        {
            terminal.Say("note: " + sentence);
        }
    }
}
